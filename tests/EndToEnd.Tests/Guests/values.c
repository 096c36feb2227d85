// A guest in plain C, without a library: the shapes of docs/values.md as a C compiler lays them out. Built by build.sh.
#include <stddef.h>
#include <stdint.h>

#define IMPORT(name) __attribute__((import_module("shop"), import_name(name)))
#define EXPORT(name) __attribute__((export_name(name)))

typedef struct { const char *bytes; size_t length; } string;

// record item { name: string, price: f64, count: u16, tags: list<string>, discount: option<s32> }
typedef struct {
    string name;
    double price;
    uint16_t count;
    struct { string *items; size_t length; } tags;
    struct { uint8_t is_some; int32_t value; } discount;
} item;

typedef struct { item *items; size_t length; } item_list;

// variant payment { cash, card(string), points(u64) }
typedef struct {
    uint8_t kind;
    union { string card; uint64_t points; } of;
} payment;

IMPORT("log") void host_log(const char *bytes, size_t length);
IMPORT("find") void host_find(const char *bytes, size_t length, item *result);
IMPORT("pay") int host_pay(int32_t kind, int64_t first, size_t second, double amount); // payment is flattened, and joined

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

// total: func(items: list<item>) -> f64
EXPORT("total") double total(item *items, size_t length) {
    double sum = 0;
    for (size_t i = 0; i < length; i++) {
        sum += items[i].price * items[i].count;
        if (items[i].discount.is_some) sum -= items[i].discount.value;
        host_log(items[i].name.bytes, items[i].name.length);
    }
    return sum;
}

// split: func(item: item) -> list<item>, each tag in an item of its own. The parameter is 8 slots, and so flattened.
EXPORT("split") item_list *split(
    const char *name, size_t name_length, double price, int32_t count, string *tags, size_t tag_count, int32_t is_some, int32_t value) {
    (void)name_length;
    static item_list result;
    result.items = cabi_realloc(0, 0, _Alignof(item), tag_count * sizeof(item));
    result.length = tag_count;
    for (size_t i = 0; i < tag_count; i++) {
        item *one = &result.items[i];
        one->name = tags[i];
        one->price = price;
        one->count = (uint16_t)count;
        one->tags.items = (string *)name;
        one->tags.length = 0;
        one->discount.is_some = (uint8_t)is_some;
        one->discount.value = value;
    }
    return &result;
}

// buy: func(name: string) -> payment
EXPORT("buy") payment *buy(const char *bytes, size_t length) {
    static item found;
    static payment result;
    host_find(bytes, length, &found);
    if (found.price > 100) {
        result.kind = 1;
        result.of.card = found.name;
        host_pay(1, (int64_t)(uintptr_t)found.name.bytes, found.name.length, found.price);
    } else if (found.price > 10) {
        result.kind = 2;
        result.of.points = (uint64_t)found.price * 1000000000000ull;
        host_pay(2, (int64_t)result.of.points, 0, found.price);
    } else {
        result.kind = 0;
        host_pay(0, 0, 0, found.price);
    }
    return &result;
}
