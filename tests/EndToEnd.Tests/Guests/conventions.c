// The plain C conventions of docs/values.md as a C compiler has them. Built by build.sh.
#include <stddef.h>
#include <stdint.h>

#define IMPORT(name) __attribute__((import_module("conventions"), import_name(name)))
#define EXPORT(name) __attribute__((export_name(name)))

typedef struct { int32_t x, y; } spot;
typedef struct { uint8_t channel; double value; spot at; } sample;
typedef struct { uint16_t *units; size_t length; } wide;
typedef struct { uint8_t *bytes; size_t length; } narrow;

extern uint8_t __heap_base;
static uintptr_t next;
static int32_t live;

// Every block knows its size; what is freed twice, or is none, is a trap.
typedef struct { uint32_t size, mark; } header;

#define MARK 0x6d616c63

EXPORT("malloc") void *malloc(size_t size) {
    if (next == 0) next = ((uintptr_t)&__heap_base + 7) & -8;
    header *block = (header *)next;
    next += sizeof(header) + ((size + 7) & -8);
    while (next > __builtin_wasm_memory_size(0) * 65536)
        if (__builtin_wasm_memory_grow(0, 1) == (size_t)-1) return NULL;
    block->size = size;
    block->mark = MARK;
    live++;
    return block + 1;
}

EXPORT("free") void free(void *address) {
    if (!address) return;
    header *block = (header *)address - 1;
    if (block->mark != MARK) __builtin_trap();
    block->mark = 0;
    live--;
}

EXPORT("live") int32_t count_of_live(void) { return live; }

// Text.
IMPORT("home") char *host_home(const char *name);
IMPORT("wide") void host_wide(const uint16_t *units, size_t length, wide *result);
IMPORT("narrow") void host_narrow(const uint8_t *bytes, size_t length, narrow *result);

EXPORT("home") char *home(char *name) {
    if (name && *name) name++;
    char *result = host_home(name);
    if (result) result[0] = '~';
    return result;
}

EXPORT("wide") wide *guest_wide(uint16_t *units, size_t length) {
    static wide result;
    for (size_t i = 0; i < length; i++) units[i]++;
    host_wide(units, length, &result);
    if (result.length) result.units[0]++;
    return &result;
}

EXPORT("narrow") narrow *guest_narrow(uint8_t *bytes, size_t length) {
    static narrow result;
    for (size_t i = 0; i < length; i++) bytes[i] ^= 0x20;
    host_narrow(bytes, length, &result);
    if (result.length) result.bytes[0] ^= 0x20;
    return &result;
}

// Pointers, in any order, and buffers that the caller provides.
IMPORT("checksum") uint32_t host_checksum(size_t length, uint32_t seed, const uint8_t *bytes);
IMPORT("read") int32_t host_read(uint8_t *buffer, int32_t capacity);
IMPORT("step") int32_t host_step(int32_t by_x, int32_t by_y, spot *at, double *distance); // in C#, `in` is a value

EXPORT("checksum") uint32_t checksum(int32_t capacity) {
    uint8_t buffer[64];
    int32_t count = host_read(buffer + 1, capacity);
    buffer[0] = (uint8_t)count;
    return host_checksum((size_t)count + 1, 7, buffer);
}

EXPORT("find") int32_t *find(int32_t *from, int32_t length, int32_t value) {
    for (; length > 0; from++, length--)
        if (*from == value) return from;
    return NULL;
}

EXPORT("walk") double walk(int32_t steps, int32_t x, int32_t y) {
    spot at = {0, 0};
    double distance = 0, sum = 0;
    for (int32_t i = 0; i < steps && host_step(x, y, &at, &distance); i++) sum += distance, x++;
    return sum * 1000 + at.x * 10 + at.y;
}

EXPORT("div_mod") void div_mod(int32_t a, int32_t b, int32_t *quotient, int64_t *remainder) {
    *quotient = a / b;
    *remainder = a % b;
}

EXPORT("move") int32_t move(spot *by, const char *text, size_t length, sample *at) {
    (void)text;
    at->at.x += by->x, at->at.y += by->y, at->value *= 2, at->channel++;
    *by = (spot){-by->x, -by->y};
    return (int32_t)length;
}

// Errors and results.
IMPORT("open") int32_t host_open(int32_t what);
IMPORT("close") int32_t host_close(int32_t what);
IMPORT("bytes") uint64_t host_bytes(int32_t count);

EXPORT("open") int32_t open_and_close(int32_t what) { return host_open(what) * 1000 + host_close(what); }

EXPORT("bytes") uint64_t bytes(int32_t count) {
    uint64_t packed = host_bytes(count);
    uint8_t *first = (uint8_t *)(uintptr_t)(packed >> 32);
    uint32_t length = (uint32_t)packed;
    for (uint32_t i = 0; i < length; i++) first[i] *= 2;
    return length ? ((uint64_t)(uintptr_t)(first + 1) << 32) | (length - 1) : 0;
}

#ifdef __wasm_multivalue__
typedef struct { int32_t quotient; int64_t remainder; double exact; } division;

IMPORT("divide") division host_divide(int32_t a, int32_t b);

EXPORT("divide") division divide(int32_t a, int32_t b) {
    division result = host_divide(b, a);
    result.quotient++, result.remainder = -result.remainder, result.exact *= 2;
    return result;
}
#endif

// Functions by their index in the table.
typedef int32_t comparison(int32_t, int32_t);

IMPORT("sort") void host_sort(int32_t *values, size_t length, comparison *compare);
IMPORT("integrate") double host_integrate(double (*function)(double), double from, double to);
IMPORT("each") void host_each(int32_t count, void (*visit)(int32_t, int64_t));

static int32_t ascending(int32_t a, int32_t b) { return (a > b) - (a < b); }
static int32_t by_last_digit(int32_t a, int32_t b) { return a % 10 - b % 10; }
static double square(double x) { return x * x; }
static double half(double x) { return x / 2; }
static int64_t visited;
static void visit(int32_t index, int64_t value) { visited = visited * 10 + value + index; }

EXPORT("sort") int32_t *sort(int32_t *values, int32_t length, int32_t order) {
    host_sort(values, (size_t)length, order ? by_last_digit : ascending);
    return values;
}

EXPORT("integrate") double integrate(int32_t which, double from, double to) {
    return host_integrate(which == 0 ? NULL : which == 1 ? square : half, from, to);
}

EXPORT("each") int64_t each(int32_t count) {
    visited = 0;
    host_each(count, visit);
    return visited;
}
