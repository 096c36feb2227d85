// What emscripten makes of C with setjmp, a heap that grows, and constructors.
#include <setjmp.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define EXPORT(name) __attribute__((export_name(#name)))
#define IMPORT(name) __attribute__((import_module("env"), import_name(#name)))

IMPORT(check) extern int check(int value);

static jmp_buf outer, inner;
static volatile int ready, sink;

__attribute__((constructor)) static void construct(void) { ready = 42; }

EXPORT(is_ready) int is_ready(void) { return ready; }

__attribute__((noinline)) static void jump(int depth, int value) {
  volatile char frame[64];
  frame[depth & 63] = 1;
  if (depth == 0) longjmp(outer, value);
  jump(depth - 1, value);
  sink = frame[0];
}

// Jumps out of a recursion.
EXPORT(jump_from) int jump_from(int depth, int value) {
  int result = setjmp(outer);
  if (result == 0) jump(depth, value);
  return result;
}

EXPORT(jump_often) int jump_often(int count) {
  volatile int jumps = 0;
  for (volatile int i = 0; i < count; i++) jumps += jump_from(3, 1);
  return jumps;
}

__attribute__((noinline)) static int jump_over(int value) {
  if (setjmp(inner) == 0) jump(2, value); // to the outer one, whatever is set here
  return -1;
}

// An inner function with a setjmp of its own is jumped over.
EXPORT(jump_twice) int jump_twice(int value) {
  int result = setjmp(outer);
  return result == 0 ? jump_over(value) : result;
}

// Calls a function below a setjmp.
EXPORT(guarded) int guarded(int (*call)(int), int value) {
  int result = setjmp(outer);
  return result == 0 ? call(value) : result;
}

static int spin(int value) { for (;;) sink = value; }
static int fault(int value) { (void)value; __builtin_trap(); }
static int add(int value) { return value + 5; }
static int check_twice(int value) { return guarded(check, value) + 1; }

// Function pointers for it.
EXPORT(function) int (*function(int which))(int) {
  static int (*const functions[])(int) = {add, fault, spin, check, check_twice};
  return functions[which];
}

__attribute__((noinline)) static double sum(int32_t a, float b, double c) {
  if (a < 0) longjmp(outer, 1);
  return a + b + c;
}

EXPORT(sum_or_nothing) double sum_or_nothing(int a, float b, double c) {
  return setjmp(outer) == 0 ? sum(a, b, c) : -1;
}

// Jumps to where no function waits any more: the jump leaves the guest.
EXPORT(jump_out) void jump_out(void) { longjmp(outer, 9); }

// Fills a new block.
EXPORT(fill) int fill(int size, int value) {
  char *block = malloc(size);
  if (block == NULL) return -1;
  memset(block, value, size);
  return block[size - 1];
}

EXPORT(copy) int copy(int size) {
  char *from = malloc(size), *to = malloc(size);
  memset(from, 7, size);
  memcpy(to, from, size);
  int result = to[size - 1];
  free(from);
  free(to);
  return result;
}
