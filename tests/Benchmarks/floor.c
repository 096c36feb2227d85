// What the engine itself takes, as little as C can add to it: the other half of `compare` (see Comparison.cs).
// usage: floor GUEST.wat CPU        prints a line "NAME NANOSECONDS" for each figure
#define _GNU_SOURCE
#include <sched.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

// The few declarations of Wasmtime's C API that are used here.
typedef struct { size_t size; uint8_t *data; } bytes_t;
typedef struct { size_t size; void **data; } types_t;
typedef union { int32_t i32; int64_t i64; uint8_t v128[16]; } slot_t;
typedef struct { uint64_t store_id; void *index; } func_t;
typedef struct { uint64_t store_id; size_t index; } instance_t;
typedef struct { uint8_t kind; union { func_t func; uint64_t words[3]; } of; } extern_t;
typedef void *(*callback_t)(void *env, void *caller, slot_t *slots, size_t count);

void *wasm_config_new(void);
void wasmtime_config_epoch_interruption_set(void *config, bool value);
void wasmtime_context_set_epoch_deadline(void *context, uint64_t ticks);
void *wasm_engine_new_with_config(void *config);
void *wasm_valtype_new(uint8_t kind);
void wasm_valtype_vec_new(types_t *out, size_t size, void *const types[]);
void *wasm_functype_new(types_t *params, types_t *results);
void *wasmtime_wat2wasm(const char *wat, size_t length, bytes_t *out);
void *wasmtime_module_new(void *engine, const uint8_t *wasm, size_t length, void **out);
void *wasmtime_store_new(void *engine, void *data, void (*finalizer)(void *));
void *wasmtime_store_context(void *store);
void *wasmtime_linker_new(void *engine);
void *wasmtime_linker_define_func_unchecked(
    void *linker, const char *module, size_t module_length, const char *name, size_t name_length,
    const void *type, callback_t callback, void *data, void (*finalizer)(void *));
void *wasmtime_linker_instantiate(void *linker, void *context, void *module, instance_t *out, void **trap);
bool wasmtime_instance_export_get(void *context, const instance_t *instance, const char *name, size_t length, extern_t *out);
void *wasmtime_func_call_unchecked(void *context, const func_t *func, slot_t *slots, size_t count, void **trap);
void *wasmtime_trap_new(const char *message, size_t length);
void wasmtime_error_delete(void *error);

static void *context, *linker;
static instance_t instance;

static void check(bool ok, const char *what) {
  if (!ok) {
    fprintf(stderr, "floor: %s failed\n", what);
    exit(1);
  }
}

static void *add(void *env, void *caller, slot_t *slots, size_t count) {
  slots[0].i64 = (uint32_t)slots[0].i32 + (uint32_t)slots[1].i32;
  return NULL;
}

static void *stop(void *env, void *caller, slot_t *slots, size_t count) {
  static const char message[] = "interrupted by the host";
  return wasmtime_trap_new(message, sizeof message - 1);
}

static void *nothing(void *env, void *caller, slot_t *slots, size_t count) { return NULL; }

static void define(const char *module, const char *name, int params, int results, callback_t callback) {
  void *types[2];
  types_t in, out;
  for (int i = 0; i < params; i++) types[i] = wasm_valtype_new(0);
  wasm_valtype_vec_new(&in, params, types);
  for (int i = 0; i < results; i++) types[i] = wasm_valtype_new(0);
  wasm_valtype_vec_new(&out, results, types);
  void *error = wasmtime_linker_define_func_unchecked(
      linker, module, strlen(module), name, strlen(name), wasm_functype_new(&in, &out), callback, NULL, NULL);
  check(!error, name);
}

static func_t find(const char *name) {
  extern_t item;
  check(wasmtime_instance_export_get(context, &instance, name, strlen(name), &item), name);
  return item.of.func;
}

static int64_t now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1000000000LL + time.tv_nsec;
}

// The three bodies that are measured; each makes `count` calls.
static func_t f, call_add, call_stop;

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

// The best of the batches that fit into 40 ms, as Comparison.Measure does it.
static void measure(const char *name, void (*calls)(int), int count) {
  double best = 1e18;
  calls(count);
  for (int64_t end = now() + 40000000; now() < end;) {
    int64_t start = now();
    calls(count);
    double time = (double)(now() - start) / count;
    if (time < best) best = time;
  }
  printf("%s %.3f\n", name, best);
}

int main(int argc, char **argv) {
  check(argc == 3, "usage");
  cpu_set_t cpus;
  CPU_ZERO(&cpus);
  CPU_SET(atoi(argv[2]), &cpus);
  check(!sched_setaffinity(0, sizeof cpus, &cpus), "sched_setaffinity");

  static char text[1 << 16];
  FILE *file = fopen(argv[1], "rb");
  check(file, argv[1]);
  size_t length = fread(text, 1, sizeof text, file);
  check(length < sizeof text, argv[1]);
  bytes_t wasm;
  check(!wasmtime_wat2wasm(text, length, &wasm), "wasmtime_wat2wasm");

  // Guests that can be stopped from outside, as the bindings make them unless told otherwise.
  void *config = wasm_config_new();
  wasmtime_config_epoch_interruption_set(config, true);
  void *engine = wasm_engine_new_with_config(config), *module, *trap = NULL;
  check(!wasmtime_module_new(engine, wasm.data, wasm.size, &module), "wasmtime_module_new");
  linker = wasmtime_linker_new(engine);
  define("env", "add", 2, 1, add);
  define("env", "stop", 0, 0, stop);
  define("env", "stop_again", 0, 0, stop);
  define("env", "stop_by_value", 0, 0, stop);
  define("env", "with_memory", 0, 0, nothing);
  define("env", "first_byte", 2, 1, nothing);
  define("tenant", "add", 2, 1, add);
  context = wasmtime_store_context(wasmtime_store_new(engine, NULL, NULL));
  wasmtime_context_set_epoch_deadline(context, (uint64_t)1 << 62);
  check(!wasmtime_linker_instantiate(linker, context, module, &instance, &trap) && !trap, "wasmtime_linker_instantiate");
  f = find("f");
  call_add = find("call_add");
  call_stop = find("call_stop");

  measure("host_to_guest", host_to_guest, 50000);
  measure("guest_to_host", guest_to_host, 100000);
  measure("interrupt", interrupt, 1000);
  return 0;
}
