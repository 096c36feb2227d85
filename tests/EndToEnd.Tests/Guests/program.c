// A command: program CODE [FILE]. Tells what it sees, copies its input in capitals, and exits with CODE.
#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int main(int argc, char **argv) {
  printf("%d arguments, GREETING=%s\n", argc, getenv("GREETING") ? getenv("GREETING") : "(none)");
  char line[256];
  while (fgets(line, sizeof line, stdin)) {
    for (char *c = line; *c; c++) *c = toupper(*c);
    fputs(line, stdout);
  }
  fprintf(stderr, "to stderr\n");
  if (argc > 2) {
    FILE *file = fopen(argv[2], "a+");
    if (!file) {
      printf("cannot open %s: %d\n", argv[2], errno);
      return 1;
    }
    fputs("appended\n", file);
    rewind(file);
    while (fgets(line, sizeof line, file)) printf("file: %s", line);
    fclose(file);
  }
  int code = argc > 1 ? atoi(argv[1]) : 0;
  if (code == 1000) exit(0);
  return code;
}
