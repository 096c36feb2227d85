// What a plugin in C shares with the host. A string is an address and a number of bytes.
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct { const char *bytes; size_t length; } text;
typedef struct { uint8_t is_some; text value; } optional_text;
typedef struct { int32_t findings; text advice; } summary;
typedef void reporter(int32_t line, const char *message, size_t length);

#define TEXT(literal) (text){literal, sizeof literal - 1}
#define HOST(name) __attribute__((import_module("host"), import_name(name)))
#define EXPORT(name) __attribute__((export_name(name)))

HOST("log") void host_log(const char *message, size_t length);
HOST("setting") void host_setting(const char *name, size_t length, optional_text *value);

EXPORT("review")
const summary *review(const char *name, size_t name_length, const char *body, size_t length, reporter *report);

// The host allocates here what it passes to the plugin. It frees arguments itself, and the plugin what it asked for.
// There is no C library in this plugin: the heap is a stack that starts again once everything has been freed.
extern unsigned char __heap_base;
static uintptr_t heap_top;
static int heap_blocks;

EXPORT("allocate") void *allocate(size_t size, size_t alignment) {
  uintptr_t bottom = heap_blocks ? heap_top : (uintptr_t)&__heap_base;
  uintptr_t address = (bottom + alignment - 1) & -alignment;
  while (address + size > __builtin_wasm_memory_size(0) * 65536) {
    if (__builtin_wasm_memory_grow(0, 1) == SIZE_MAX) return NULL;
  }
  heap_top = address + size;
  heap_blocks++;
  return (void *)address;
}

EXPORT("release") void release(void *address, size_t size, size_t alignment) {
  (void)address, (void)size, (void)alignment;
  heap_blocks--;
}
