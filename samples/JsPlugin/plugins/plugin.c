// A plugin in C: a core module with the names and values of plugin.wit, which build.mjs makes a component.
// clang --target=wasm32 -O2 -mbulk-memory -nostdlib -Wl,--no-entry -o plugin.c.core plugin.c

typedef unsigned int u32;

#define IMPORT(name) __attribute__((import_module("samples:drawing/canvas@1.0.0"), import_name(name)))
#define EXPORT(name) __attribute__((export_name(name)))

typedef struct { const char *text; u32 length; } string;
typedef struct { double x, y; } point;
typedef struct { unsigned char tag; union { double radius; struct { point *points; u32 count; }; }; } shape;
typedef struct { unsigned char is_error; union { u32 value; string error; }; } drawn;   // result<sheet, string>
typedef struct { unsigned char is_some; shape value; } some_shape;                      // option<shape>

IMPORT("log") void log_line(const char *text, u32 length);
IMPORT("early-exit") void early_exit(u32 code);
IMPORT("[constructor]sheet") int new_sheet(const char *title, u32 length);
IMPORT("[resource-drop]sheet") void drop_sheet(int sheet);

// A shape in slots: its case, then the radius, or address and number of points; then the area of the result.
struct sheet_drawn { unsigned char is_error; union { u32 count; unsigned char problem; }; };
IMPORT("[method]sheet.draw")
void draw_shape(int sheet, u32 tag, unsigned long long payload, u32 more, struct sheet_drawn *result);

// What the host passes lies here until the call ends.
static char heap[1 << 16];
static u32 used;

EXPORT("cabi_realloc") void *cabi_realloc(void *old, u32 old_size, u32 alignment, u32 size) {
  u32 start = (used + alignment - 1) & ~(alignment - 1);
  if (size > sizeof heap - start) __builtin_trap();
  used = start + size;
  return heap + start;
}

static u32 copy(char *to, const char *from, u32 length) {
  __builtin_memcpy(to, from, length);
  return length;
}

#define TEXT(to, text) copy(to, text, sizeof text - 1)

EXPORT("describe") string *describe(const char *language, u32 length) {
  static char text[256];
  static string result;
  if (length > 200) length = 200;
  u32 at = TEXT(text, "drawn by C, for ");
  result = (string){text, at + copy(text + at, language, length)};
  return &result;
}

EXPORT("cabi_post_describe") void post_describe(string *result) { used = 0; }

EXPORT("draw") drawn *draw(const double *sizes, u32 count) {
  static const string problems[] = {{"full", 4}, {"too-large", 9}};
  static drawn result;
  int sheet = new_sheet("circles", 7);
  for (u32 i = 0; i < count; i++) {
    struct sheet_drawn one;
    draw_shape(sheet, 0, __builtin_bit_cast(unsigned long long, sizes[i]), 0, &one);
    if (one.is_error) {
      drop_sheet(sheet);
      result = (drawn){.is_error = 1, .error = problems[one.problem & 1]};
      return &result;
    }
    char line[] = "shape 0";
    line[6] += one.count;
    log_line(line, 7);
  }
  result = (drawn){.value = sheet};
  return &result;
}

EXPORT("cabi_post_draw") void post_draw(drawn *result) { used = 0; }

static double size_of(const shape *one) {
  if (!one->tag) return one->radius;
  double most = 0;
  for (u32 i = 0; i < one->count; i++) {
    double size = __builtin_sqrt(one->points[i].x * one->points[i].x + one->points[i].y * one->points[i].y);
    if (size > most) most = size;
  }
  return most;
}

EXPORT("largest") some_shape *largest(const shape *shapes, u32 count) {
  static some_shape result;
  result.is_some = 0;
  for (u32 i = 0; i < count; i++)
    if (!result.is_some || size_of(&shapes[i]) > size_of(&result.value)) result = (some_shape){1, shapes[i]};
  return &result;
}

EXPORT("cabi_post_largest") void post_largest(some_shape *result) { used = 0; }

EXPORT("leave") void leave(u32 code) { early_exit(code); }

EXPORT("spin") void spin(void) { for (volatile int i = 0;; i++); }
