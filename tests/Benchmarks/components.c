// What the engine's own component API takes in C: the other half of `components` (see Comparison/Floor.cs).
// usage: components COMPONENT.wat COMPOSED.wat CPU        prints a line "NAME NANOSECONDS" for each figure
#include "floor.h"

// Layouts are those of Wasmtime 50; nothing fails at load if they are wrong.
typedef struct value value_t;
typedef struct { size_t size; union { char *text; value_t *items; struct entry *entries; } data; } vec_t;
struct value { uint8_t kind; union { int32_t s32; uint32_t u32; vec_t vec; void *resource; uint64_t words[3]; } of; };
struct entry { vec_t name; value_t value; };
typedef struct { uint64_t words[4]; } component_func_t;
typedef void *(*component_callback_t)(
    void *env, void *context, void *type, value_t *args, size_t arg_count, value_t *results, size_t result_count);
enum { S32 = 5, U32 = 6, STRING = 12, RESOURCE = 21 };

void wasmtime_config_wasm_component_model_set(void *config, bool value);
void wasmtime_config_concurrency_support_set(void *config, bool value);
void *wasmtime_component_new(void *engine, const uint8_t *wasm, size_t length, void **out);
void *wasmtime_component_linker_new(void *engine);
void *wasmtime_component_linker_root(void *linker);
void *wasmtime_component_linker_instance_add_instance(void *parent, const char *name, size_t length, void **out);
void *wasmtime_component_linker_instance_add_func(
    void *parent, const char *name, size_t length, component_callback_t callback, void *data,
    void (*finalizer)(void *));
void *wasmtime_component_linker_instance_add_resource(
    void *parent, const char *name, size_t length, const void *type, void *(*drop)(void *, void *, uint32_t),
    void *data, void (*finalizer)(void *));
void wasmtime_component_linker_instance_delete(void *instance);
void *wasmtime_component_linker_instantiate(void *linker, void *context, void *component, instance_t *out);
void *wasmtime_component_instance_get_export_index(
    const instance_t *instance, void *context, const void *parent, const char *name, size_t length);
bool wasmtime_component_instance_get_func(
    const instance_t *instance, void *context, const void *index, component_func_t *out);
void *wasmtime_component_func_call(
    const component_func_t *func, void *context, const value_t *args, size_t arg_count, value_t *results,
    size_t result_count);
void *wasmtime_component_resource_type_new_host(uint32_t type);
void *wasmtime_component_resource_host_new(bool is_owned, uint32_t rep, uint32_t type);
void *wasmtime_component_resource_host_to_any(void *context, void *host, void **out);
void *wasmtime_component_resource_any_to_host(void *context, void *any, void **out);
void wasmtime_component_resource_host_delete(void *host);

void *wasmtime_instance_new(
    void *context, const void *module, const extern_t *imports, size_t count, instance_t *out, void **trap);
void wasmtime_func_new_unchecked(
    void *context, const void *type, callback_t callback, void *data, void (*finalizer)(void *), func_t *out);

static void *engine, *linker, *component, *context;
static instance_t instance;

static void *return_s32(value_t *results, int32_t value) {
  results[0].kind = S32;
  results[0].of.s32 = value;
  return NULL;
}

static void *take_vec(void *env, void *store, void *type, value_t *args, size_t n, value_t *results, size_t m) {
  return return_s32(results, args[0].of.vec.size);
}

static void *take_item(void *env, void *store, void *type, value_t *args, size_t n, value_t *results, size_t m) {
  return return_s32(results, args[0].of.vec.data.entries[1].value.of.s32);
}

static void *add(void *env, void *store, void *type, value_t *args, size_t n, value_t *results, size_t m) {
  return return_s32(results, args[0].of.s32 + args[1].of.s32);
}

static void *make_thing(void *env, void *store, void *type, value_t *args, size_t n, value_t *results, size_t m) {
  void *host = wasmtime_component_resource_host_new(true, 7, 1);
  results[0].kind = RESOURCE;
  check(!wasmtime_component_resource_host_to_any(store, host, &results[0].of.resource), "resource_host_to_any");
  wasmtime_component_resource_host_delete(host);
  return NULL;
}

static void *number(void *env, void *store, void *type, value_t *args, size_t n, value_t *results, size_t m) {
  void *host;
  check(!wasmtime_component_resource_any_to_host(store, args[0].of.resource, &host), "resource_any_to_host");
  wasmtime_component_resource_host_delete(host);
  results[0].kind = U32;
  results[0].of.u32 = 1;
  return NULL;
}

static void *drop_thing(void *env, void *store, uint32_t rep) { return NULL; }

static void link_host(void) {
  static const struct { const char *name; component_callback_t callback; } functions[] = {
      {"text", take_vec}, {"bytes", take_vec}, {"many", take_vec}, {"one", take_item}, {"add", add},
      {"[constructor]thing", make_thing}, {"[method]thing.number", number}};
  linker = wasmtime_component_linker_new(engine);
  void *root = wasmtime_component_linker_root(linker), *values;
  check(!wasmtime_component_linker_instance_add_instance(root, "values", 6, &values), "values");
  check(!wasmtime_component_linker_instance_add_resource(
      values, "thing", 5, wasmtime_component_resource_type_new_host(1), drop_thing, NULL, NULL), "thing");
  for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) {
    const char *name = functions[i].name;
    check(!wasmtime_component_linker_instance_add_func(
        values, name, strlen(name), functions[i].callback, NULL, NULL), name);
  }
  wasmtime_component_linker_instance_delete(values);
  wasmtime_component_linker_instance_delete(root);
}

static void *new_store(void) {
  void *store = wasmtime_store_new(engine, NULL, NULL);
  context = wasmtime_store_context(store);
  wasmtime_context_set_epoch_deadline(context, (uint64_t)1 << 62);
  return store;
}

static component_func_t find(const char *name) {
  component_func_t func;
  void *index = wasmtime_component_instance_get_export_index(&instance, context, NULL, name, strlen(name));
  check(index && wasmtime_component_instance_get_func(&instance, context, index, &func), name);
  return func;
}

static component_func_t f, length, call_text, call_bytes, call_one, call_many, call_add, call_thing;

static void use(const char *path) {
  bytes_t wasm = read_wat(path);
  check(!wasmtime_component_new(engine, wasm.data, wasm.size, &component), path);
  new_store();
  check(!wasmtime_component_linker_instantiate(linker, context, component, &instance), path);
  component_func_t prepare = find("prepare");
  check(!wasmtime_component_func_call(&prepare, context, NULL, 0, NULL, 0), "prepare");
  call_text = find("call-text");
  call_bytes = find("call-bytes");
  call_one = find("call-one");
  call_many = find("call-many");
  call_add = find("call-add");
  call_thing = find("call-thing");
}

static void host_to_guest(int count) {
  for (int i = 0; i < count; i++) {
    value_t arg = {S32, {i}}, result = {0};
    check(!wasmtime_component_func_call(&f, context, &arg, 1, &result, 1) && result.of.s32 == i + 1, "f");
  }
}

static void length_16(int count) {
  static char text[] = "0123456789abcdef";
  for (int i = 0; i < count; i++) {
    value_t arg = {STRING, {.vec = {16, {text}}}}, result = {0};
    check(!wasmtime_component_func_call(&length, context, &arg, 1, &result, 1) && result.of.s32 == 16, "length");
  }
}

static void loop(component_func_t *call, int count) {
  value_t arg = {U32, {count}};
  check(!wasmtime_component_func_call(call, context, &arg, 1, NULL, 0), "loop");
}

static void loop_of(component_func_t *call, int count, uint32_t size) {
  value_t args[] = {{U32, {count}}, {U32, {.u32 = size}}};
  check(!wasmtime_component_func_call(call, context, args, 2, NULL, 0), "loop");
}

static void text_16(int count) { loop_of(&call_text, count, 16); }
static void bytes_16k(int count) { loop_of(&call_bytes, count, 16000); }
static void one(int count) { loop(&call_one, count); }
static void many(int count) { loop(&call_many, count); }
static void numbers(int count) { loop(&call_add, count); }
static void thing(int count) { loop(&call_thing, count); }

static void live(int count) {
  for (int i = 0; i < count; i++) {
    void *store = new_store();
    check(!wasmtime_component_linker_instantiate(linker, context, component, &instance), "instantiate");
    wasmtime_store_delete(store);
  }
}

// The core instances of the component, and the functions that they import, without a component. The kernel's part is
// most of it, and that depends on the process: this is called in that of .NET.
static void *memory_module, *main_module;

static void *nothing(void *env, void *caller, slot_t *slots, size_t count) { return NULL; }

static void *type_of(const char *params, bool has_result) {
  void *kinds[8];
  types_t in, out;
  size_t count = strlen(params);
  for (size_t i = 0; i < count; i++) kinds[i] = wasm_valtype_new(params[i] - '0');
  wasm_valtype_vec_new(&in, count, kinds);
  if (has_result) kinds[0] = wasm_valtype_new(0);
  wasm_valtype_vec_new(&out, has_result, kinds);
  return wasm_functype_new(&in, &out);
}

void cores(int count) {
  static void *types[8];
  if (!types[0]) { // in the order of the module's imports: text, bytes, one, many, add, new, number, drop
    static const char *const params[] = {"00", "00", "000301", "00", "00", "", "0", "0"};
    for (int i = 0; i < 8; i++) types[i] = type_of(params[i], i < 7);
  }
  for (int i = 0; i < count; i++) {
    void *store = new_store(), *trap = NULL;
    instance_t memory;
    extern_t imports[9];
    check(!wasmtime_instance_new(context, memory_module, NULL, 0, &memory, &trap) && !trap, "memory");
    for (int j = 0; j < 8; j++) {
      imports[j].kind = 0;
      wasmtime_func_new_unchecked(context, types[j], nothing, NULL, NULL, &imports[j].of.func);
    }
    check(wasmtime_instance_export_get(context, &memory, "memory", 6, &imports[8]), "memory");
    check(!wasmtime_instance_new(context, main_module, imports, 9, &instance, &trap) && !trap, "main");
    wasmtime_store_delete(store);
  }
}

static void make_engine(void) {
  void *config = wasm_config_new();
  wasmtime_config_epoch_interruption_set(config, true);
  wasmtime_config_wasm_component_model_set(config, true);
  wasmtime_config_concurrency_support_set(config, false); // calls are faster without it
  engine = wasm_engine_new_with_config(config);
}

void prepare_cores(const char *memory, const char *main) {
  make_engine();
  memory_module = compile(engine, memory);
  main_module = compile(engine, main);
}

int main(int argc, char **argv) {
  check(argc == 4, "usage");
  pin_to(argv[3]);
  make_engine();
  link_host();
  use(argv[1]);
  f = find("f");
  length = find("length");
  measure("host_to_guest", host_to_guest, 20000);
  measure("length_16", length_16, 10000);
  measure("add", numbers, 20000);
  measure("text_16", text_16, 10000);
  measure("one", one, 10000);
  measure("many", many, 20);
  measure("bytes_16k", bytes_16k, 200);
  measure("thing", thing, 5000);

  use(argv[2]);
  measure("fused_add", numbers, 20000);
  measure("fused_text_16", text_16, 10000);
  measure("fused_one", one, 10000);
  measure("fused_many", many, 20);
  measure("fused_bytes_16k", bytes_16k, 200);
  measure("fused_thing", thing, 5000);

  use(argv[1]);
  measure("live", live, 200);
  return 0;
}
