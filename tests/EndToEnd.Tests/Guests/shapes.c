// The shapes of docs/values.md as a C compiler lays them out and passes them: each export changes what it gets, has the host
// change it, and changes that once more. Built by build.sh.
#include <stddef.h>
#include <stdint.h>

#define FROM(module, name) __attribute__((import_module(module), import_name(name)))
#define IMPORT(name) FROM("shapes", name)
#define EXPORT(name) __attribute__((export_name(name)))
#define LIST(type) struct { type *items; size_t length; }

typedef LIST(char) string;
typedef LIST(int32_t) row;
typedef LIST(row) matrix;
typedef struct { int32_t x, y; } spot;
typedef struct { uint8_t channel; double value; spot at; } sample;

extern uint8_t __heap_base;
static uintptr_t next;

EXPORT("cabi_realloc") void *cabi_realloc(void *old, size_t old_size, size_t alignment, size_t size) {
    (void)old, (void)old_size;
    if (next == 0) next = (uintptr_t)&__heap_base;
    next = (next + alignment - 1) & -alignment;
    void *result = (void *)next;
    next += size;
    while (next > __builtin_wasm_memory_size(0) * 65536)
        if (__builtin_wasm_memory_grow(0, 1) == (size_t)-1) __builtin_trap();
    return result;
}

#define NEW(type, count) ((type *)cabi_realloc(0, 0, _Alignof(type), (count) * sizeof(type)))

// One slot each.
#define FLAT(name, type, turn) \
    FROM("flat", #name) type host_##name(type); \
    EXPORT(#name) type guest_##name(type v) { v = turn; v = host_##name(v); return turn; }

FLAT(bool, int, v ? 0 : 42)
FLAT(s8, int8_t, ~(v / 2))
FLAT(u8, uint8_t, ~(v / 2))
FLAT(s16, int16_t, ~(v / 2))
FLAT(u16, uint16_t, ~(v / 2))
FLAT(s32, int32_t, ~(v / 2))
FLAT(u32, uint32_t, ~(v / 2))
FLAT(s64, int64_t, ~(v / 2))
FLAT(u64, uint64_t, ~(v / 2))
FLAT(f32, float, -v)
FLAT(f64, double, -v)
FLAT(rune, uint32_t, v + 1)
FLAT(suit, uint8_t, 3 - v)
FLAT(status, int32_t, v == 200 ? 404 : v == 404 ? 500 : 200)
FLAT(letter, uint16_t, 259 - v)
FLAT(huge, int64_t, ~v)
FLAT(few, uint8_t, v ^ 5)
FLAT(some, uint16_t, v ^ 0x101)
FLAT(lots, uint32_t, v ^ 0x10001)

// All of them in one record.
typedef struct {
    uint8_t is_on; int8_t s8; uint8_t u8; int16_t s16; uint16_t u16; int32_t s32; uint32_t u32; int64_t s64; uint64_t u64;
    float f32; double f64; uint32_t rune; uint8_t suit; int32_t status; uint16_t letter; int64_t huge; uint8_t few; uint16_t some; uint32_t lots;
} gamut;

typedef LIST(gamut) gamut_list;

IMPORT("gamut") void host_gamut(gamut *value, gamut *result);
IMPORT("gamuts") void host_gamuts(gamut *items, size_t length, gamut_list *result);

static void turn_gamut(gamut *g) {
    g->is_on = g->is_on ? 0 : 2;
    g->s8 = ~g->s8, g->u8 = ~g->u8, g->s16 = ~g->s16, g->u16 = ~g->u16, g->s32 = ~g->s32, g->u32 = ~g->u32, g->s64 = ~g->s64, g->u64 = ~g->u64;
    g->f32 = -g->f32, g->f64 = -g->f64, g->rune++, g->suit = 3 - g->suit, g->letter = 259 - g->letter, g->huge = ~g->huge;
    g->status = g->status == 200 ? 404 : g->status == 404 ? 500 : 200;
    g->few ^= 5, g->some ^= 0x101, g->lots ^= 0x10001;
}

EXPORT("gamut") gamut *guest_gamut(gamut *value) {
    static gamut result;
    turn_gamut(value);
    host_gamut(value, &result);
    turn_gamut(&result);
    return &result;
}

EXPORT("gamuts") gamut_list *gamuts(gamut *items, size_t length) {
    static gamut_list result;
    for (size_t i = 0; i < length; i++) turn_gamut(&items[i]);
    host_gamuts(items, length, &result);
    for (size_t i = 0; i < result.length; i++) turn_gamut(&result.items[i]);
    return &result;
}

// Text, tuples, and lists of lists.
typedef struct { string text; spot at; } labelled;

IMPORT("text") void host_text(const char *bytes, size_t length, string *result);
IMPORT("tuple") void host_tuple(int32_t x, int32_t y, const char *bytes, size_t length, labelled *result);
IMPORT("matrix") void host_matrix(const row *rows, size_t length, matrix *result);

static uint32_t releases;
static string text_result;

EXPORT("text") string *text(const char *bytes, size_t length) {
    char *twice = NEW(char, 2 * length);
    for (size_t i = 0; i < length; i++) twice[i] = twice[i + length] = bytes[i];
    host_text(twice, 2 * length, &text_result);
    text_result.length--;
    return &text_result;
}

EXPORT("cabi_post_text") void release_text(string *result) {
    if (result != &text_result) __builtin_trap();
    releases++;
}

EXPORT("releases") uint32_t count_of_releases(void) { return releases; }

EXPORT("tuple") labelled *tuple(int32_t x, int32_t y, const char *bytes, size_t length) {
    static labelled result;
    host_tuple(y, x, bytes, length, &result);
    result.at.x++;
    return &result;
}

EXPORT("matrix") matrix *transpose(const row *rows, size_t length) {
    static matrix result;
    size_t width = length ? rows[0].length : 0;
    row *turned = NEW(row, width);
    for (size_t x = 0; x < width; x++) {
        turned[x].items = NEW(int32_t, length);
        turned[x].length = length;
        for (size_t y = 0; y < length; y++) turned[x].items[y] = rows[y].items[x];
    }
    host_matrix(turned, width, &result);
    for (size_t y = 0; y < result.length; y++) result.items[y].items[0]++;
    return &result;
}

// Options.
typedef struct { uint8_t is_some; int32_t value; } maybe;
typedef struct { uint8_t is_some; maybe value; } maybe_maybe;
typedef struct { uint8_t is_some; string value; } maybe_text;

IMPORT("step") void host_step(int32_t is_some, int32_t inner, int32_t value, maybe_maybe *result);
IMPORT("name") void host_name(int32_t is_some, const char *bytes, size_t length, maybe_text *result);

static void step(maybe_maybe *m) {
    if (m->is_some) {
        m->value.value = m->value.is_some ? m->value.value + 1 : 7;
        m->value.is_some = 1;
    } else {
        m->is_some = 1;
        m->value.is_some = 0;
    }
}

EXPORT("step") maybe_maybe *guest_step(int32_t is_some, int32_t inner, int32_t value) {
    static maybe_maybe result;
    maybe_maybe sent = {is_some, {inner, value}};
    step(&sent);
    host_step(sent.is_some, sent.value.is_some, sent.value.value, &result);
    step(&result);
    return &result;
}

EXPORT("name") maybe_text *name(int32_t is_some, const char *bytes, size_t length) {
    static maybe_text result;
    host_name(is_some, bytes, length, &result);
    if (!result.is_some) {
        result.is_some = 1;
        result.value = (string){(char *)"nil", 3};
    } else if (result.value.items[0] == '-') {
        result.is_some = 0;
    }
    return &result;
}

// Results: their two cases share slots.
typedef struct { uint8_t is_error; union { uint64_t ok; string error; } of; } parsed;
typedef struct { uint8_t is_error; uint8_t error; } outcome;
typedef struct { uint8_t is_error; float ok; } root;
typedef struct { uint8_t is_error; union { float ok; int32_t error; } of; } ratio;

IMPORT("parse") void host_parse(int32_t is_error, int64_t first, size_t second, parsed *result);
IMPORT("bare") int32_t host_bare(int32_t is_error);
IMPORT("outcome") void host_outcome(int32_t is_error, int32_t error, outcome *result);
IMPORT("root") void host_root(int32_t is_error, float ok, root *result);
IMPORT("ratio") void host_ratio(int32_t is_error, int32_t either, ratio *result);

EXPORT("parse") parsed *parse(const char *bytes, size_t length) {
    static parsed result;
    uint64_t number = 0;
    size_t i = 0;
    for (; i < length && bytes[i] >= '0' && bytes[i] <= '9'; i++) number = number * 10 + (uint64_t)(bytes[i] - '0');
    if (i < length) host_parse(1, (int64_t)(uintptr_t)(bytes + i), length - i, &result);
    else host_parse(0, (int64_t)number, 0, &result);
    if (!result.is_error) result.of.ok--;
    return &result;
}

EXPORT("bare") int32_t bare(int32_t is_error) { return !host_bare(!is_error); }

EXPORT("outcome") outcome *guest_outcome(int32_t is_error, int32_t error) {
    static outcome result;
    if (is_error) host_outcome(error != 0, error - 1, &result);
    else host_outcome(1, 3, &result);
    if (result.is_error) result.error ^= 1;
    return &result;
}

EXPORT("root") root *guest_root(int32_t is_error, float ok) {
    static root result;
    host_root(is_error, ok * 4, &result);
    result.ok++;
    return &result;
}

EXPORT("ratio") ratio *guest_ratio(int32_t is_error, int32_t either) {
    static ratio result;
    union { float ok; int32_t error; } sent = {.error = either};
    if (is_error) sent.ok = (float)either / 2;
    else sent.error = (int32_t)sent.ok;
    host_ratio(!is_error, sent.error, &result);
    return &result;
}

// variant measure { nothing, ratio(f32), exact(f64), named(tuple<string, suit>), marks(option<u32>) }
typedef struct {
    uint8_t kind;
    union {
        float ratio;
        double exact;
        struct { string text; uint8_t suit; } named;
        struct { uint8_t is_some; uint32_t value; } marks;
    } of;
} measure;

typedef LIST(measure) measure_list;

IMPORT("measure") void host_measure(int32_t kind, int64_t first, int32_t second, int32_t third, measure *result);
IMPORT("measures") void host_measures(measure *items, size_t length, measure_list *result);

static void turn(measure *m) {
    switch (m->kind) {
    case 0: m->of.ratio = 0.5f; m->kind = 1; break;
    case 1: m->of.exact = (double)m->of.ratio * 3; m->kind = 2; break;
    case 2: m->of.named.suit = (uint8_t)((int)m->of.exact & 3); m->of.named.text = (string){(char *)"exact", 5}; m->kind = 3; break;
    case 3: m->of.marks.value = (uint32_t)m->of.named.text.length * 10 + m->of.named.suit; m->of.marks.is_some = 1; m->kind = 4; break;
    default: if (m->of.marks.is_some) m->of.marks.is_some = 0; else m->kind = 0;
    }
}

static void send(const measure *m, measure *result) {
    union { float f32; double f64; uint32_t u32; uint64_t bits; } first = {.bits = 0};
    switch (m->kind) {
    case 1: first.f32 = m->of.ratio; break;
    case 2: first.f64 = m->of.exact; break;
    case 3:
        host_measure(3, (int64_t)(uintptr_t)m->of.named.text.items, (int32_t)m->of.named.text.length, m->of.named.suit, result);
        return;
    case 4:
        host_measure(4, m->of.marks.is_some, (int32_t)m->of.marks.value, 0, result);
        return;
    }
    host_measure(m->kind, (int64_t)first.bits, 0, 0, result);
}

EXPORT("measure") measure *guest_measure(int32_t kind, int64_t first, int32_t second, int32_t third) {
    static measure value, result;
    union { int64_t bits; float f32; double f64; } joined = {.bits = first};
    value.kind = (uint8_t)kind;
    switch (kind) {
    case 1: value.of.ratio = joined.f32; break;
    case 2: value.of.exact = joined.f64; break;
    case 3: value.of.named.text = (string){(char *)(uintptr_t)first, (size_t)second}; value.of.named.suit = (uint8_t)third; break;
    case 4: value.of.marks.is_some = (uint8_t)first; value.of.marks.value = (uint32_t)second; break;
    }
    turn(&value);
    send(&value, &result);
    turn(&result);
    return &result;
}

EXPORT("measures") measure_list *measures(measure *items, size_t length) {
    static measure_list result;
    for (size_t i = 0; i < length; i++) turn(&items[i]);
    host_measures(items, length, &result);
    for (size_t i = 0; i < result.length; i++) turn(&result.items[i]);
    return &result;
}

// list<tuple<string, result<list<option<measure>>, suit>>>
typedef struct { uint8_t is_some; measure value; } maybe_measure;
typedef struct { string name; struct { uint8_t is_error; union { LIST(maybe_measure) ok; uint8_t error; } of; } result; } entry;
typedef LIST(entry) entry_list;

IMPORT("deep") void host_deep(entry *items, size_t length, entry_list *result);

static void turn_entries(entry *items, size_t length) {
    for (size_t i = 0; i < length; i++) {
        items[i].name.length--;
        if (items[i].result.is_error) {
            items[i].result.of.error ^= 3;
        } else for (size_t j = 0; j < items[i].result.of.ok.length; j++) {
            maybe_measure *one = &items[i].result.of.ok.items[j];
            if (one->is_some) turn(&one->value);
        }
    }
}

EXPORT("deep") entry_list *deep(entry *items, size_t length) {
    static entry_list result;
    turn_entries(items, length);
    host_deep(items, length, &result);
    turn_entries(result.items, result.length);
    return &result;
}

// 16 slots still are parameters, 17 are a struct.
typedef struct { int64_t low, high; } ends;
typedef struct {
    uint8_t a; int64_t b; uint16_t c; double d; uint8_t e; string f; float g; int8_t h; uint32_t i;
    uint8_t j; uint32_t k; spot l; uint16_t m; int16_t n; uint64_t o;
} seventeen;

IMPORT("sixteen") void host_sixteen(
    int a, int b, int c, int d, int e, int f, int g, int h, int i, int j, int k, int l, int m, int n, int64_t o, float p, ends *result);
IMPORT("seventeen") double host_seventeen(seventeen *parameters);

EXPORT("sixteen") ends *sixteen(
    int a, int b, int c, int d, int e, int f, int g, int h, int i, int j, int k, int l, int m, int n, int64_t o, float p) {
    static ends result;
    host_sixteen(n, m, l, k, j, i, h, g, f, e, d, c, b, a, -o, p * 2, &result);
    result.low--;
    return &result;
}

EXPORT("seventeen") double guest_seventeen(seventeen *s) {
    s->a++, s->b++, s->c++, s->d++, s->e = !s->e, s->f.length--, s->g++, s->h++, s->i++;
    s->j ^= 1, s->k++, s->l.x++, s->l.y--, s->m ^= 0x100, s->n++, s->o++;
    return host_seventeen(s) * 2;
}

// Views: the host looks at these where they lie.
IMPORT("mean") double host_mean(const sample *items, size_t length);
IMPORT("mirror") void host_mirror(spot *items, size_t length);
IMPORT("send") int32_t host_send(const uint8_t *items, size_t length);
IMPORT("fill") void host_fill(uint16_t *items, size_t length);

EXPORT("mean") double mean(sample *items, size_t length) {
    for (size_t i = 0; i < length; i++) items[i].at.y += items[i].channel;
    return host_mean(items, length) + 1;
}

EXPORT("mirror") LIST(spot) *mirror(spot *items, size_t length) {
    static LIST(spot) result;
    host_mirror(items + 1, length - 1);
    result.items = items;
    result.length = length;
    return (void *)&result;
}

EXPORT("send") int32_t send_halves(const uint8_t *items, size_t length) {
    int32_t second = host_send(items + length / 2, length - length / 2);
    return second * 1000 + host_send(items, length / 2);
}

EXPORT("fill") LIST(uint16_t) *fill(size_t length) {
    static LIST(uint16_t) result;
    result.items = NEW(uint16_t, length);
    result.length = length;
    for (size_t i = 0; i < length; i++) result.items[i] = (uint16_t)i;
    host_fill(result.items, length);
    return (void *)&result;
}

// Resources of the host's.
#define TALLY(name) FROM("demo:shapes/tallies", name)
TALLY("[constructor]tally") int32_t tally_new(int32_t start);
TALLY("[method]tally.add") int32_t tally_add(int32_t self, int32_t by);
TALLY("[method]tally.describe") void tally_describe(int32_t self, const char *bytes, size_t length, string *result);
TALLY("[static]tally.merge") int32_t tally_merge(int32_t owned, int32_t borrowed);
TALLY("[resource-drop]tally") void tally_drop(int32_t handle);
IMPORT("inspect") int32_t host_inspect(int32_t borrowed);
IMPORT("take") void host_take(int32_t is_some, int32_t owned);
IMPORT("issue") void host_issue(int32_t count, row *result);

EXPORT("run") int32_t run(int32_t start) {
    int32_t a = tally_new(start);
    tally_add(a, 5);
    int32_t merged = tally_merge(tally_new(100), a);
    tally_drop(a);
    tally_add(merged, host_inspect(merged));
    return merged;
}

EXPORT("absorb") int32_t absorb(int32_t owned) {
    int32_t count = tally_add(owned, 1);
    host_take(1, owned);
    host_take(0, 0);
    return count;
}

EXPORT("peek") string *peek(int32_t borrowed, int32_t drops) {
    static string result;
    tally_describe(borrowed, "peek ", 5, &result);
    if (drops) tally_drop(borrowed);
    return &result;
}

EXPORT("last") maybe *last(int32_t count) {
    static maybe result;
    static row handles;
    host_issue(count, &handles);
    result.is_some = count > 0;
    for (size_t i = 0; i < handles.length; i++) {
        if (i > 0) tally_drop(result.value);
        result.value = handles.items[i];
    }
    return &result;
}
