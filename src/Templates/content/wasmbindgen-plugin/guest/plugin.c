// A plug-in without any library. Strings cross as an address and a number of bytes (UTF-8); what the host passes lies where
// cabi_realloc says, and a string is returned by the address of such a pair.
#define IMPORT(name) __attribute__((import_module("host"), import_name(name)))
#define EXPORT(name) __attribute__((export_name(name)))

typedef unsigned char byte;
typedef unsigned long size;

IMPORT("log") void host_log(const char *text, size length);
IMPORT("fail") _Noreturn void host_fail(const char *text, size length);

typedef struct { const byte *text; size length; } string;

extern byte __heap_base;
static byte *heap = &__heap_base;

// All that a call allocates is given back when its result has been read.
EXPORT("cabi_realloc") void *cabi_realloc(void *old, size old_size, size alignment, size new_size) {
  byte *block = (byte *)(((size)heap + alignment - 1) & -alignment);
  size needed = (size)block + new_size;
  size available = __builtin_wasm_memory_size(0) * 65536;
  if (needed > available && __builtin_wasm_memory_grow(0, (needed - available + 65535) / 65536) == (size)-1) __builtin_trap();
  heap = block + new_size;
  for (size i = 0; i < old_size && i < new_size; i++) block[i] = ((byte *)old)[i];
  return block;
}

EXPORT("cabi_post_greet") void cabi_post_greet(string *result) {
  (void)result;
  heap = &__heap_base;
}

EXPORT("greet") string *greet(const byte *name, size length) {
  static const char hello[] = "Hello, ", started[] = "greeting", nobody[] = "there is nobody to greet";
  static string result;
  host_log(started, sizeof started - 1);
  if (length == 0) host_fail(nobody, sizeof nobody - 1);

  size prefix = sizeof hello - 1;
  byte *text = cabi_realloc(0, 0, 1, prefix + length);
  for (size i = 0; i < prefix; i++) text[i] = (byte)hello[i];
  for (size i = 0; i < length; i++) text[prefix + i] = name[i];
  result = (string){text, prefix + length};
  return &result;
}
