// What the programs in C have in common: Wasmtime's C API as far as they use it, and how they measure.
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
typedef union { int32_t i32; int64_t i64; double f64; uint8_t v128[16]; } slot_t;
typedef struct { uint64_t store_id; void *index; } func_t;
typedef struct { uint64_t store_id; size_t index; } instance_t;
typedef struct { uint8_t kind; union { func_t func; uint64_t words[3]; } of; } extern_t;
typedef void *(*callback_t)(void *env, void *caller, slot_t *slots, size_t count);

void *wasm_config_new(void);
void wasmtime_config_epoch_interruption_set(void *config, bool value);
void *wasmtime_pooling_allocation_config_new(void);
void wasmtime_pooling_allocation_config_total_stacks_set(void *pool, uint32_t count);
void wasmtime_pooling_allocation_strategy_set(void *config, const void *pool);
void wasmtime_store_delete(void *store);
void *wasmtime_linker_instantiate_pre(const void *linker, const void *module, void **out);
void *wasmtime_instance_pre_instantiate(const void *pre, void *context, instance_t *out, void **trap);
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
bool wasmtime_instance_export_get(
    void *context, const instance_t *instance, const char *name, size_t length, extern_t *out);
bool wasmtime_caller_export_get(void *caller, const char *name, size_t length, extern_t *out);
void *wasmtime_caller_context(void *caller);
uint8_t *wasmtime_memory_data(void *context, const void *memory);
size_t wasmtime_memory_data_size(void *context, const void *memory);
void *wasmtime_func_call_unchecked(void *context, const func_t *func, slot_t *slots, size_t count, void **trap);
void *wasmtime_trap_new(const char *message, size_t length);
void wasmtime_error_delete(void *error);

static void check(bool ok, const char *what) {
  if (!ok) {
    fprintf(stderr, "floor: %s failed\n", what);
    exit(1);
  }
}

static int64_t now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1000000000LL + time.tv_nsec;
}

// The best of the batches that fit into 40 ms, as Figure.Column.Measure does it.
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

static void pin_to(const char *cpu) {
  cpu_set_t cpus;
  CPU_ZERO(&cpus);
  CPU_SET(atoi(cpu), &cpus);
  check(!sched_setaffinity(0, sizeof cpus, &cpus), "sched_setaffinity");
}

// The binary of a module or component that is written as text.
static bytes_t read_wat(const char *path) {
  static char text[1 << 16];
  FILE *file = fopen(path, "rb");
  check(file, path);
  size_t length = fread(text, 1, sizeof text, file);
  check(length < sizeof text, path);
  fclose(file);
  bytes_t wasm;
  check(!wasmtime_wat2wasm(text, length, &wasm), "wasmtime_wat2wasm");
  return wasm;
}

static void *compile(void *engine, const char *path) {
  bytes_t wasm = read_wat(path);
  void *module;
  check(!wasmtime_module_new(engine, wasm.data, wasm.size, &module), "wasmtime_module_new");
  return module;
}
