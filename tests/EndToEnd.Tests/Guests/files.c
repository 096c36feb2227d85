// A command: files DIRECTORY. Uses files as programs do, and tells what it sees.
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void tell(const char *what, int result) { printf("%s: %d\n", what, result < 0 ? -errno : result); }

static int compare(const void *a, const void *b) { return strcmp(*(char *const *)a, *(char *const *)b); }

// The names come in any order.
static void list(const char *path) {
  DIR *directory = opendir(path);
  if (!directory) {
    tell(path, -1);
    return;
  }
  char *names[1000];
  int count = 0;
  for (struct dirent *entry; count < 1000 && (entry = readdir(directory));) names[count++] = strdup(entry->d_name);
  closedir(directory);
  qsort(names, count, sizeof names[0], compare);
  printf("%s: %d entries, first %s, last %s\n", path, count, names[0], names[count - 1]);
  for (int i = 0; i < count; i++) free(names[i]);
}

static long size(const char *path) {
  struct stat status;
  return stat(path, &status) ? -errno : S_ISDIR(status.st_mode) ? 0 : (long)status.st_size;
}

int main(int argc, char **argv) {
  if (argc < 2 || chdir(argv[1])) return 1;
  char text[100];
  FILE *file = fopen("config.json", "r");
  if (!file || !fgets(text, sizeof text, file)) return 2;
  printf("config: %s\n", text);
  fclose(file);

  tell("mkdir", mkdir("out", 0777));
  tell("mkdir again", mkdir("out", 0777));
  tell("mkdir in none", mkdir("none/out", 0777));
  file = fopen("out/result.txt", "w+");
  for (int i = 0; i < 1000; i++) fprintf(file, "line %d\n", i);
  fseek(file, 5, SEEK_SET);
  printf("%s", fgets(text, sizeof text, file));
  fseek(file, -9, SEEK_END);
  long place = ftell(file);
  printf("%ld: %s", place, fgets(text, sizeof text, file));
  fclose(file);
  file = fopen("out/result.txt", "a");
  fputs("end\n", file);
  fclose(file);
  printf("size: %ld\n", size("out/result.txt"));

  int sparse = open("out/sparse", O_RDWR | O_CREAT | O_EXCL, 0666);
  tell("pwrite", pwrite(sparse, "xyz", 3, 1000));
  tell("pread", pread(sparse, text, 10, 998));
  printf("bytes: %d %d %d\n", text[0], text[1], text[2]);
  tell("ftruncate", ftruncate(sparse, 1001));
  tell("lseek", lseek(sparse, 0, SEEK_END));
  tell("read at end", read(sparse, text, 10));
  tell("close", close(sparse));
  tell("read closed", read(sparse, text, 10));
  tell("exclusive", open("out/sparse", O_RDWR | O_CREAT | O_EXCL, 0666));
  tell("open none", open("out/none", O_RDONLY));
  tell("open below file", open("out/sparse/x", O_RDONLY));
  int reader = open("out/sparse", O_RDONLY);
  tell("write to reader", write(reader, "x", 1));
  close(reader);
  tell("write to directory", open("out", O_RDWR));

  struct stat status;
  struct timespec times[2] = {{.tv_sec = 1000}, {.tv_sec = 2000, .tv_nsec = 500}};
  tell("utimens", utimensat(AT_FDCWD, "out/sparse", times, 0));
  stat("out/sparse", &status);
  printf("times: %lld %lld.%ld\n", status.st_atim.tv_sec, status.st_mtim.tv_sec, status.st_mtim.tv_nsec);

  for (int i = 0; i < 300; i++) {
    snprintf(text, sizeof text, "out/a file with a long name, number %03d", i);
    fclose(fopen(text, "w"));
  }
  list("out");
  list(".");
  list("none");
  for (int i = 0; i < 300; i++) {
    snprintf(text, sizeof text, "out/a file with a long name, number %03d", i);
    if (unlink(text)) tell(text, -1);
  }
  list("out");

  tell("rename", rename("out/sparse", "moved"));
  printf("sizes: %ld %ld\n", size("out/sparse"), size("moved"));
  tell("rmdir full", rmdir("out"));
  tell("rename into itself", rename("out", "out/in"));
  tell("rename directory", rename("out", "output"));
  tell("unlink directory", unlink("output"));
  tell("rmdir file", rmdir("moved"));
  tell("unlink", unlink("moved"));
  tell("unlink again", unlink("moved"));
  tell("out of the directory", open("../../etc/passwd", O_RDONLY));

  FILE *gone = fopen("output/gone", "w+");
  tell("unlink open", unlink("output/gone"));
  fputs("still here", gone);
  rewind(gone);
  printf("%s\n", fgets(text, sizeof text, gone));
  fclose(gone);
  list("output");
  return 0;
}
