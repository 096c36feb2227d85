// Stands in for the engine's library, and counts what is made and freed. Functions that neither make nor free anything
// are not here: who loads this library finds them in the engine's, which it depends on.
//
// When the process ends, the file that WASMBINDGEN_COUNTS names gets a line for each kind: its name, how many were
// made, how many were freed or handed over to the engine, and how often one was freed that was not there (any more).
//
// Not counted: the errors and traps that a callback makes, because it returns them to the engine in the same statement.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

typedef void *ptr;
typedef struct { size_t size; ptr data; } vec;
typedef void (*finalizer)(ptr);

#define KINDS(K) \
  K(config) K(engine) K(module) K(store) K(linker) K(instance_pre) K(error) K(trap) K(wasi_config) K(bytes) K(frames) \
  K(imports) K(exports) K(valtype) K(valtypes) K(read_valtype) K(functype) K(globaltype) K(tabletype) K(memorytype) \
  K(tagtype) K(reference) K(shared_memory) K(pool) K(host_data)

#define ENUM(name) name##_k,
enum kind { KINDS(ENUM) kinds };
#define NAME(name) #name,
static const char *const names[] = {KINDS(NAME)};

// What is there: an entry for each object, in lists by its address. Host data may be handed over several times.
struct entry { struct entry *next; ptr object; finalizer finalize; enum kind kind; };
static struct entry *table[1 << 16];
static long made_count[kinds], freed_count[kinds], wrong_count[kinds];
static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;

static struct entry **list_of(ptr object) { return &table[((uintptr_t)object * 0x9e3779b97f4a7c15u) >> 48]; }

static void made_with(enum kind kind, ptr object, finalizer finalize) {
  if (!object) return;
  struct entry *entry = malloc(sizeof *entry);
  pthread_mutex_lock(&gate);
  struct entry **list = list_of(object);
  *entry = (struct entry){*list, object, finalize, kind};
  *list = entry;
  made_count[kind]++;
  pthread_mutex_unlock(&gate);
}

static void made(enum kind kind, ptr object) { made_with(kind, object, NULL); }

static finalizer freed(enum kind kind, ptr object) {
  if (!object) return NULL;
  finalizer result = NULL;
  pthread_mutex_lock(&gate);
  struct entry **at = list_of(object);
  while (*at && ((*at)->object != object || (*at)->kind != kind)) at = &(*at)->next;
  struct entry *entry = *at;
  if (entry) {
    *at = entry->next;
    result = entry->finalize;
    freed_count[kind]++;
    free(entry);
  } else {
    wrong_count[kind]++;
  }
  pthread_mutex_unlock(&gate);
  return result;
}

static void finalize_host_data(ptr data) {
  finalizer original = freed(host_data_k, data);
  if (original) original(data);
}

// Notes host data, and what to give the engine as its finalizer.
static finalizer counted(ptr data, finalizer original) {
  if (!data || !original) return original;
  made_with(host_data_k, data, original);
  return finalize_host_data;
}

__attribute__((destructor)) static void report(void) {
  const char *path = getenv("WASMBINDGEN_COUNTS");
  FILE *file = path ? fopen(path, "w") : NULL;
  if (!file) return;
  for (int k = 0; k < kinds; k++)
    fprintf(file, "%s %ld %ld %ld\n", names[k], made_count[k], freed_count[k], wrong_count[k]);
  fclose(file);
}

static ptr find(const char *name) {
  static ptr engine;
  if (!engine) engine = dlopen("libwasmtime.so", RTLD_NOW); // loaded already
  ptr result = engine ? dlsym(engine, name) : NULL;
  if (!result) { fprintf(stderr, "counting: no %s\n", name); abort(); }
  return result;
}

// The engine's function under the same name.
#define REAL(type, name, ...) \
  static type (*real)(__VA_ARGS__); \
  if (!real) real = (type (*)(__VA_ARGS__))find(#name)

static ptr noted(ptr error) { made(error_k, error); return error; }

// Functions of three shapes: one that frees its argument, one that returns something new, one that may return an error.
#define FREES(name, kind) \
  void name(ptr a) { REAL(void, name, ptr); freed(kind, a); real(a); }
#define FREES_VEC(name, kind) \
  void name(vec *a) { REAL(void, name, vec *); if (a->size) freed(kind, a->data); real(a); }
#define MAKES(name, kind, parameters, arguments) \
  ptr name parameters { \
    REAL(ptr, name, ptr, ...); \
    ptr r = ((ptr(*) parameters)(ptr)real)arguments; \
    made(kind, r); \
    return r; \
  }
#define FAILS(name, parameters, arguments, onSuccess) \
  ptr name parameters { \
    REAL(ptr, name, ptr, ...); \
    ptr r = ((ptr(*) parameters)(ptr)real)arguments; \
    if (!r) { onSuccess; } \
    return noted(r); \
  }

MAKES(wasm_config_new, config_k, (void), ())
ptr wasm_engine_new_with_config(ptr config) {
  REAL(ptr, wasm_engine_new_with_config, ptr);
  freed(config_k, config); // the engine's now
  ptr r = real(config);
  made(engine_k, r);
  return r;
}
FREES(wasm_config_delete, config_k)
FAILS(wasmtime_config_cache_config_load, (ptr a, ptr b), (a, b), )
MAKES(wasmtime_pooling_allocation_config_new, pool_k, (void), ())
FREES(wasmtime_pooling_allocation_config_delete, pool_k)
MAKES(wasmtime_engine_clone, engine_k, (ptr a), (a))
FREES(wasm_engine_delete, engine_k)
void wasmtime_config_host_memory_creator_set(ptr config, ptr *creator) {
  REAL(void, wasmtime_config_host_memory_creator_set, ptr, ptr *);
  ptr copy[] = {creator[0], creator[1], (ptr)counted(creator[0], (finalizer)creator[2])};
  real(config, copy);
}

FAILS(wasmtime_wat2wasm, (ptr a, size_t n, vec *out), (a, n, out), if (out->size) made(bytes_k, out->data))
FAILS(wasmtime_module_new, (ptr a, ptr b, size_t n, ptr *out), (a, b, n, out), made(module_k, *out))
FAILS(wasmtime_module_validate, (ptr a, ptr b, size_t n), (a, b, n), )
FAILS(wasmtime_module_serialize, (ptr a, vec *out), (a, out), if (out->size) made(bytes_k, out->data))
FAILS(wasmtime_module_deserialize, (ptr a, ptr b, size_t n, ptr *out), (a, b, n, out), made(module_k, *out))
FAILS(wasmtime_module_deserialize_file, (ptr a, ptr b, ptr *out), (a, b, out), made(module_k, *out))
FREES(wasmtime_module_delete, module_k)
FREES_VEC(wasm_byte_vec_delete, bytes_k)

#define FILLS(name, kind, parameters, arguments, out) \
  void name parameters { \
    REAL(void, name, ptr, ...); \
    ((void(*) parameters)(ptr)real)arguments; \
    if (out->size) made(kind, out->data); \
  }
FILLS(wasmtime_module_imports, imports_k, (ptr a, vec *out), (a, out), out)
FILLS(wasmtime_module_exports, exports_k, (ptr a, vec *out), (a, out), out)
FREES_VEC(wasm_importtype_vec_delete, imports_k)
FREES_VEC(wasm_exporttype_vec_delete, exports_k)

ptr wasmtime_store_new(ptr engine, ptr data, finalizer finalize) {
  REAL(ptr, wasmtime_store_new, ptr, ptr, finalizer);
  ptr r = real(engine, data, counted(data, finalize));
  made(store_k, r);
  return r;
}
FREES(wasmtime_store_delete, store_k)
void wasmtime_store_epoch_deadline_callback(ptr store, ptr callback, ptr data, finalizer finalize) {
  REAL(void, wasmtime_store_epoch_deadline_callback, ptr, ptr, ptr, finalizer);
  real(store, callback, data, counted(data, finalize));
}
FAILS(wasmtime_context_set_fuel, (ptr a, uint64_t b), (a, b), )
FAILS(wasmtime_context_get_fuel, (ptr a, ptr b), (a, b), )
FAILS(wasmtime_context_gc, (ptr a), (a), )

MAKES(wasmtime_linker_new, linker_k, (ptr a), (a))
MAKES(wasmtime_linker_clone, linker_k, (ptr a), (a))
FREES(wasmtime_linker_delete, linker_k)
FAILS(wasmtime_linker_define, (ptr a, ptr b, ptr c, size_t d, ptr e, size_t f, ptr g), (a, b, c, d, e, f, g), )
FAILS(wasmtime_linker_define_instance, (ptr a, ptr b, ptr c, size_t d, ptr e), (a, b, c, d, e), )
FAILS(wasmtime_linker_define_func_unchecked,
  (ptr a, ptr b, size_t c, ptr d, size_t e, ptr f, ptr callback, ptr data, finalizer finalize),
  (a, b, c, d, e, f, callback, data, counted(data, finalize)), )
FAILS(wasmtime_linker_define_wasi, (ptr a), (a), )
FAILS(wasmtime_linker_instantiate, (ptr a, ptr b, ptr c, ptr d, ptr *trap), (a, b, c, d, trap), made(trap_k, *trap))
FAILS(wasmtime_linker_instantiate_pre, (ptr a, ptr b, ptr *out), (a, b, out), made(instance_pre_k, *out))
FAILS(wasmtime_instance_pre_instantiate, (ptr a, ptr b, ptr c, ptr *trap), (a, b, c, trap), made(trap_k, *trap))
FREES(wasmtime_instance_pre_delete, instance_pre_k)
FAILS(wasmtime_instance_new,
  (ptr a, ptr b, ptr c, size_t d, ptr e, ptr *trap), (a, b, c, d, e, trap), made(trap_k, *trap))
FAILS(wasmtime_func_call_unchecked, (ptr a, ptr b, ptr c, size_t d, ptr *trap), (a, b, c, d, trap), made(trap_k, *trap))

FREES(wasmtime_error_delete, error_k)
FREES(wasm_trap_delete, trap_k)
FILLS(wasmtime_error_message, bytes_k, (ptr a, vec *out), (a, out), out)
FILLS(wasmtime_error_wasm_trace, frames_k, (ptr a, vec *out), (a, out), out)
FILLS(wasm_trap_trace, frames_k, (ptr a, vec *out), (a, out), out)
FREES_VEC(wasm_frame_vec_delete, frames_k)

MAKES(wasm_valtype_new, valtype_k, (uint8_t a), (a))
MAKES(wasmtime_wasm_valtype_v128, valtype_k, (void), ())
void wasm_valtype_vec_new(vec *out, size_t count, ptr *elements) {
  REAL(void, wasm_valtype_vec_new, vec *, size_t, ptr *);
  for (size_t i = 0; i < count; i++) freed(valtype_k, elements[i]);
  real(out, count, elements);
  if (out->size) made(valtypes_k, out->data);
}
ptr wasm_functype_new(vec *parameters, vec *results) {
  REAL(ptr, wasm_functype_new, vec *, vec *);
  if (parameters->size) freed(valtypes_k, parameters->data);
  if (results->size) freed(valtypes_k, results->data);
  ptr r = real(parameters, results);
  made(functype_k, r);
  return r;
}
MAKES(wasmtime_func_type, functype_k, (ptr a, ptr b), (a, b))
FREES(wasm_functype_delete, functype_k)
// A wasmtime_valtype_t is the caller's memory, whose content is owned.
void wasmtime_valtype_new(ptr type, ptr out) {
  REAL(void, wasmtime_valtype_new, ptr, ptr);
  real(type, out);
  made(read_valtype_k, out);
}
FREES(wasmtime_valtype_delete, read_valtype_k)
ptr wasm_globaltype_new(ptr type, uint8_t mutability) {
  REAL(ptr, wasm_globaltype_new, ptr, uint8_t);
  freed(valtype_k, type);
  ptr r = real(type, mutability);
  made(globaltype_k, r);
  return r;
}
ptr wasm_tabletype_new(ptr type, ptr limits) {
  REAL(ptr, wasm_tabletype_new, ptr, ptr);
  freed(valtype_k, type);
  ptr r = real(type, limits);
  made(tabletype_k, r);
  return r;
}
FAILS(wasmtime_memorytype_new,
  (uint64_t a, uint8_t b, uint64_t c, uint8_t d, uint8_t e, uint8_t f, ptr *out), (a, b, c, d, e, f, out),
  made(memorytype_k, *out))
MAKES(wasmtime_global_type, globaltype_k, (ptr a, ptr b), (a, b))
MAKES(wasmtime_table_type, tabletype_k, (ptr a, ptr b), (a, b))
MAKES(wasmtime_memory_type, memorytype_k, (ptr a, ptr b), (a, b))
ptr wasm_tagtype_new(ptr type) {
  REAL(ptr, wasm_tagtype_new, ptr);
  freed(functype_k, type);
  ptr r = real(type);
  made(tagtype_k, r);
  return r;
}
MAKES(wasmtime_sharedmemory_type, memorytype_k, (ptr a), (a))
MAKES(wasmtime_tag_type, tagtype_k, (ptr a, ptr b), (a, b))
FREES(wasm_globaltype_delete, globaltype_k)
FREES(wasm_tabletype_delete, tabletype_k)
FREES(wasm_memorytype_delete, memorytype_k)
FREES(wasm_tagtype_delete, tagtype_k)

FAILS(wasmtime_memory_new, (ptr a, ptr b, ptr c), (a, b, c), )
FAILS(wasmtime_memory_grow, (ptr a, ptr b, uint64_t c, ptr d), (a, b, c, d), )
FAILS(wasmtime_table_new, (ptr a, ptr b, ptr c, ptr d), (a, b, c, d), )
FAILS(wasmtime_table_set, (ptr a, ptr b, uint64_t c, ptr d), (a, b, c, d), )
FAILS(wasmtime_table_grow, (ptr a, ptr b, uint64_t c, ptr d, ptr e), (a, b, c, d, e), )
FAILS(wasmtime_global_new, (ptr a, ptr b, ptr c, ptr d), (a, b, c, d), )
FAILS(wasmtime_tag_new, (ptr a, ptr b, ptr c), (a, b, c), )
FAILS(wasmtime_sharedmemory_new, (ptr a, ptr b, ptr *out), (a, b, out), made(shared_memory_k, *out))
FREES(wasmtime_sharedmemory_delete, shared_memory_k)
// An item owns something if it is a shared memory.
typedef struct { uint8_t kind; ptr of; ptr more[2]; } item;
#define FINDS(name, parameters, arguments) \
  uint8_t name parameters { \
    REAL(uint8_t, name, ptr, ...); \
    uint8_t r = ((uint8_t(*) parameters)(ptr)real)arguments; \
    if (r && out->kind == 4) made(shared_memory_k, out->of); \
    return r; \
  }
FINDS(wasmtime_instance_export_get, (ptr a, ptr b, ptr c, size_t d, item *out), (a, b, c, d, out))
FINDS(wasmtime_instance_export_nth, (ptr a, ptr b, size_t c, ptr d, ptr e, item *out), (a, b, c, d, e, out))
FINDS(wasmtime_caller_export_get, (ptr a, ptr b, size_t c, item *out), (a, b, c, out))
FINDS(wasmtime_linker_get, (ptr a, ptr b, ptr c, size_t d, ptr e, size_t f, item *out), (a, b, c, d, e, f, out))
void wasmtime_extern_delete(item *a) {
  REAL(void, wasmtime_extern_delete, item *);
  if (a->kind == 4) freed(shared_memory_k, a->of);
  real(a);
}
FAILS(wasmtime_sharedmemory_grow, (ptr a, uint64_t b, ptr c), (a, b, c), )
FAILS(wasmtime_global_set, (ptr a, ptr b, ptr c), (a, b, c), )

// A root of a reference has a flag of its own in the engine's memory, at the end of the struct. A store of 0 is null.
typedef struct { uint64_t store; uint32_t a, b; ptr flag; } reference;
static void root(reference *r) { if (r->store) made(reference_k, r->flag); }
uint8_t wasmtime_externref_new(ptr context, ptr data, finalizer finalize, reference *out) {
  REAL(uint8_t, wasmtime_externref_new, ptr, ptr, finalizer, reference *);
  uint8_t r = real(context, data, counted(data, finalize), out);
  if (r) root(out);
  return r;
}
void wasmtime_externref_from_raw(ptr context, uint32_t raw, reference *out) {
  REAL(void, wasmtime_externref_from_raw, ptr, uint32_t, reference *);
  real(context, raw, out);
  root(out);
}
FAILS(wasmtime_exnref_new, (ptr a, ptr b, ptr c, size_t d, reference *out), (a, b, c, d, out), root(out))
FAILS(wasmtime_exnref_tag, (ptr a, ptr b, ptr c), (a, b, c), )

// A value holds a root if it is an externref, an anyref or an exnref.
typedef struct { uint8_t kind; reference of; } value;
static void hold(value *v) { if (v->kind >= 6) root(&v->of); }
FAILS(wasmtime_exnref_field, (ptr a, ptr b, size_t c, value *out), (a, b, c, out), hold(out))
uint8_t wasmtime_table_get(ptr context, ptr table, uint64_t index, value *out) {
  REAL(uint8_t, wasmtime_table_get, ptr, ptr, uint64_t, value *);
  uint8_t r = real(context, table, index, out);
  if (r) hold(out);
  return r;
}
void wasmtime_global_get(ptr context, ptr global, value *out) {
  REAL(void, wasmtime_global_get, ptr, ptr, value *);
  real(context, global, out);
  hold(out);
}
void wasmtime_val_unroot(value *v) {
  REAL(void, wasmtime_val_unroot, value *);
  if (v->kind >= 6 && v->of.store) freed(reference_k, v->of.flag);
  real(v);
}
uint8_t wasmtime_context_take_exception(ptr context, reference *out) {
  REAL(uint8_t, wasmtime_context_take_exception, ptr, reference *);
  uint8_t r = real(context, out);
  if (r) root(out);
  return r;
}
#define UNROOTS(name) \
  void name(reference *a) { REAL(void, name, reference *); if (a->store) freed(reference_k, a->flag); real(a); }
UNROOTS(wasmtime_externref_unroot)
UNROOTS(wasmtime_exnref_unroot)

MAKES(wasi_config_new, wasi_config_k, (void), ())
FREES(wasi_config_delete, wasi_config_k)
ptr wasmtime_context_set_wasi(ptr context, ptr config) {
  REAL(ptr, wasmtime_context_set_wasi, ptr, ptr);
  freed(wasi_config_k, config);
  return noted(real(context, config));
}
