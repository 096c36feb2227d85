// A command like any other: counts the lines and words of its input, and exits with 3 when there is none.
// clang --target=wasm32-wasi -O2 -Wl,--strip-all -o wc.wasm wc.c
#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>

int main(int argc, char **argv) {
  int lines = 0, words = 0, c;
  bool in_word = false;
  while ((c = getchar()) != EOF) {
    if (c == '\n') lines++;
    if (!isspace(c) && !in_word) words++;
    in_word = !isspace(c);
  }
  if (words == 0) {
    fprintf(stderr, "%s: nothing to count\n", argv[0]);
    return 3;
  }
  printf("%s: %d lines, %d words\n", argc > 1 ? argv[1] : "stdin", lines, words);
  return 0;
}
