/* Functions of another file, one of them inlined and one never used. */
static inline int scale(int value) {
  return value * 3;
}

__attribute__((noinline)) static int divide(int value, int by) {
  return scale(value) / by;
}

__attribute__((noinline, unused)) static int unused(int value) {
  return value + 1;
}
