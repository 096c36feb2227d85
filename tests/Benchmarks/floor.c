// What the engine itself takes, as little as C can add to it: the other half of `compare` (see Comparison/Floor.cs).
// usage: floor GUEST.wat VALUES.wat CPU        prints a line "NAME NANOSECONDS" for each figure
#include "floor.h"

static void *context, *linker, *pooled_engine, *pre, *pooled_pre;
static instance_t instance;

static void *add(void *env, void *caller, slot_t *slots, size_t count) {
  slots[0].i64 = (uint32_t)slots[0].i32 + (uint32_t)slots[1].i32;
  return NULL;
}

static void *stop(void *env, void *caller, slot_t *slots, size_t count) {
  static const char message[] = "interrupted by the host";
  return wasmtime_trap_new(message, sizeof message - 1);
}

// What a careful host does with an address and a length: it looks where the caller's memory is, and checks.
static uint8_t *view(void *caller, const slot_t *slots, uint32_t *length) {
  extern_t item;
  check(wasmtime_caller_export_get(caller, "memory", 6, &item), "memory");
  void *store = wasmtime_caller_context(caller);
  uint32_t address = slots[0].i32;
  *length = slots[1].i32;
  check((uint64_t)address + *length <= wasmtime_memory_data_size(store, &item.of), "bounds");
  return wasmtime_memory_data(store, &item.of) + address;
}

static void *take_bytes(void *env, void *caller, slot_t *slots, size_t count) {
  uint32_t length;
  view(caller, slots, &length);
  slots[0].i64 = length;
  return NULL;
}

// C keeps UTF-8 as it is: a copy is all that it makes of a string, and nobody checks it.
static void *take_text(void *env, void *caller, slot_t *slots, size_t count) {
  uint32_t length;
  uint8_t *bytes = view(caller, slots, &length);
  char *text = malloc(length + 1);
  memcpy(text, bytes, length);
  text[length] = 0;
  __asm__ volatile("" : : "r"(text) : "memory"); // or the compiler leaves the copy out
  free(text);
  slots[0].i64 = length;
  return NULL;
}

struct item { char *name; int32_t id; double weight; bool is_on; uint64_t amount; };

static void *take_item(void *env, void *caller, slot_t *slots, size_t count) {
  uint32_t length;
  uint8_t *bytes = view(caller, slots, &length);
  struct item *item = malloc(sizeof *item);
  item->name = malloc(length + 1);
  memcpy(item->name, bytes, length);
  item->name[length] = 0;
  item->id = slots[2].i32;
  item->weight = slots[3].f64;
  item->is_on = slots[4].i32 != 0;
  item->amount = slots[5].i64;
  __asm__ volatile("" : : "r"(item) : "memory");
  slots[0].i64 = (uint32_t)item->id;
  free(item->name);
  free(item);
  return NULL;
}

static void *nothing(void *env, void *caller, slot_t *slots, size_t count) { return NULL; }

// Parameters are i32 but for those that `kinds` names otherwise.
static void define_kinds(const char *module, const char *name, int params, const uint8_t *kinds, int results, callback_t callback) {
  void *types[8];
  types_t in, out;
  for (int i = 0; i < params; i++) types[i] = wasm_valtype_new(kinds ? kinds[i] : 0);
  wasm_valtype_vec_new(&in, params, types);
  for (int i = 0; i < results; i++) types[i] = wasm_valtype_new(0);
  wasm_valtype_vec_new(&out, results, types);
  void *error = wasmtime_linker_define_func_unchecked(
      linker, module, strlen(module), name, strlen(name), wasm_functype_new(&in, &out), callback, NULL, NULL);
  check(!error, name);
}

static void define(const char *module, const char *name, int params, int results, callback_t callback) {
  define_kinds(module, name, params, NULL, results, callback);
}

static void link_host(void *engine) {
  linker = wasmtime_linker_new(engine);
  define("env", "add", 2, 1, add);
  define("env", "stop", 0, 0, stop);
  define("env", "stop_again", 0, 0, stop);
  define("env", "stop_by_value", 0, 0, stop);
  define("env", "with_memory", 0, 0, nothing);
  define("env", "first_byte", 2, 1, nothing);
  define("tenant", "add", 2, 1, add);
}

static func_t find(const char *name) {
  extern_t item;
  check(wasmtime_instance_export_get(context, &instance, name, strlen(name), &item), name);
  return item.of.func;
}

// The bodies that are measured; each makes `count` calls.
static func_t f, call_add, call_stop, call_text, call_bytes, call_one;

static void host_to_guest(int count) {
  for (int i = 0; i < count; i++) {
    slot_t slot = {.i64 = i};
    void *trap = NULL;
    void *error = wasmtime_func_call_unchecked(context, &f, &slot, 1, &trap);
    check(!error && !trap && slot.i32 == i + 1, "f");
  }
}

static void guest_to_host(int count) {
  slot_t slot = {.i64 = count};
  void *trap = NULL;
  void *error = wasmtime_func_call_unchecked(context, &call_add, &slot, 1, &trap);
  check(!error && !trap, "call_add");
}

static void interrupt(int count) {
  for (int i = 0; i < count; i++) {
    void *trap = NULL;
    void *error = wasmtime_func_call_unchecked(context, &call_stop, NULL, 0, &trap);
    check(error && !trap, "call_stop");
    wasmtime_error_delete(error);
  }
}

static void call_values(func_t *call, int count, int length) {
  slot_t slots[2] = {{.i64 = count}, {.i64 = length}};
  void *trap = NULL;
  void *error = wasmtime_func_call_unchecked(context, call, slots, 2, &trap);
  check(!error && !trap, "values");
}

static void text_16(int count) { call_values(&call_text, count, 16); }
static void text_1k(int count) { call_values(&call_text, count, 1024); }
static void text_64k(int count) { call_values(&call_text, count, 65536); }
static void bytes_1k(int count) { call_values(&call_bytes, count, 1024); }
static void one(int count) { call_values(&call_one, count, 0); }

// The life of a tenant: a store with one instance, which it does not use.
static void tenants(int count, void *engine, void *from) {
  for (int i = 0; i < count; i++) {
    void *store = wasmtime_store_new(engine, NULL, NULL);
    void *own = wasmtime_store_context(store);
    wasmtime_context_set_epoch_deadline(own, (uint64_t)1 << 62);
    instance_t guest;
    void *trap = NULL;
    check(!wasmtime_instance_pre_instantiate(from, own, &guest, &trap) && !trap, "wasmtime_instance_pre_instantiate");
    wasmtime_store_delete(store);
  }
}

static void *plain_engine;
static void tenant(int count) { tenants(count, plain_engine, pre); }
static void tenant_pooled(int count) { tenants(count, pooled_engine, pooled_pre); }

// A store of its own for each guest, as a memory is looked up fastest.
static void instantiate(void *engine, const char *path) {
  void *module = compile(engine, path), *trap = NULL;
  context = wasmtime_store_context(wasmtime_store_new(engine, NULL, NULL));
  wasmtime_context_set_epoch_deadline(context, (uint64_t)1 << 62);
  check(!wasmtime_linker_instantiate(linker, context, module, &instance, &trap) && !trap, "wasmtime_linker_instantiate");
}

int main(int argc, char **argv) {
  check(argc == 4, "usage");
  pin_to(argv[3]);

  // Guests that can be stopped from outside, as the bindings make them unless told otherwise.
  void *config = wasm_config_new(), *pooled = wasm_config_new(), *pool = wasmtime_pooling_allocation_config_new();
  wasmtime_config_epoch_interruption_set(config, true);
  wasmtime_config_epoch_interruption_set(pooled, true);
  wasmtime_pooling_allocation_config_total_stacks_set(pool, 0);
  wasmtime_pooling_allocation_strategy_set(pooled, pool);
  pooled_engine = wasm_engine_new_with_config(pooled);
  link_host(pooled_engine);
  check(!wasmtime_linker_instantiate_pre(linker, compile(pooled_engine, argv[1]), &pooled_pre), "pooled");
  void *engine = plain_engine = wasm_engine_new_with_config(config);
  link_host(engine);
  check(!wasmtime_linker_instantiate_pre(linker, compile(engine, argv[1]), &pre), "pre");
  measure("tenant", tenant, 200);
  measure("tenant_pooled", tenant_pooled, 200);
  instantiate(engine, argv[1]);
  f = find("f");
  call_add = find("call_add");
  call_stop = find("call_stop");
  measure("host_to_guest", host_to_guest, 50000);
  measure("guest_to_host", guest_to_host, 100000);
  measure("interrupt", interrupt, 1000);

  static const uint8_t item[] = {0, 0, 0, 3, 0, 1};
  define("values", "text", 2, 1, take_text);
  define("values", "bytes", 2, 1, take_bytes);
  define("values", "give", 1, 0, nothing);
  define_kinds("values", "one", 6, item, 1, take_item);
  define("values", "many", 2, 1, nothing);
  instantiate(engine, argv[2]);
  call_text = find("call_text");
  call_bytes = find("call_bytes");
  call_one = find("call_one");

  measure("text_16", text_16, 20000);
  measure("text_1k", text_1k, 20000);
  measure("text_64k", text_64k, 500);
  measure("bytes_1k", bytes_1k, 20000);
  measure("one", one, 20000);
  return 0;
}
