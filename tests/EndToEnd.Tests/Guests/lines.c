/* A guest with its debug information, DWARF 5: where it ends is checked by the lines below. */
#include "lines/checked.h"

__attribute__((import_module("env"), import_name("stop"))) void stop(int code);

int never_called(int value) {
  return value - 1;
}

__attribute__((noinline)) static void inner(int code) {
  stop(code);
  stop(code + 1);
}

__attribute__((export_name("run"))) int run(int code) {
  inner(code);
  return code;
}

__attribute__((export_name("quotient"))) int quotient(int value, int by) {
  int result = divide(value, by);
  return result + 1;
}
