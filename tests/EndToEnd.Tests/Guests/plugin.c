// A plug-in against plugin/plugin.h, which is written from C# classes. Built by build.sh.
#include "plugin/plugin.h"

extern uint8_t __heap_base;
static uintptr_t next;

void *cabi_realloc(void *old_address, size_t old_size, size_t alignment, size_t size) {
    (void)old_address, (void)old_size;
    if (next == 0) next = (uintptr_t)&__heap_base;
    uintptr_t block = (next + alignment - 1) & -alignment;
    next = block + size;
    while (next > __builtin_wasm_memory_size(0) * 65536)
        if (__builtin_wasm_memory_grow(0, 1) == (size_t)-1) __builtin_trap();
    return (void *)block;
}

static uint8_t text_of[256];
static plugin_string_t answer = { text_of, 0 };

static void append(const void *text, size_t length) {
    for (size_t i = 0; i < length && answer.len < sizeof text_of; i++) text_of[answer.len++] = ((const uint8_t *)text)[i];
}

const plugin_string_t *plugin_run(uint8_t *text, size_t text_len, int32_t at_x, double at_y) {
    answer.len = 0;
    demo_plugin_host_log(text, text_len);

    static uint8_t hi[] = "hi";
    plugin_plugin_shape_t shapes[] = {
        { PLUGIN_PLUGIN_SHAPE_CIRCLE, { .circle = { { at_x, at_y }, 1.5f } } },
        { PLUGIN_PLUGIN_SHAPE_TEXT, { .text = { { hi, 2 }, PLUGIN_PLUGIN_COLOR_DARK_BLUE } } },
        { .tag = PLUGIN_PLUGIN_SHAPE_NOTHING },
    };
    plugin_list_string_t descriptions;
    demo_plugin_host_describe(shapes, 3, &descriptions);
    for (size_t i = 0; i < descriptions.len; i++) {
        append(descriptions.data[i].data, descriptions.data[i].len);
        append(";", 1);
    }

    plugin_option_plugin_point_t home;
    demo_plugin_host_find((const uint8_t *)"home", 4, &home);
    if (home.is_some && home.value.x == -3 && home.value.y == 0.5) append("home;", 5);
    demo_plugin_host_find((const uint8_t *)"away", 4, &home);
    if (!home.is_some) append("away;", 5);

    double values[] = { 1.5, 2.25 };
    if (demo_plugin_host_sum(values, 2, true) == -3.75) append("sum;", 4);

    plugin_result_u64_string_t number;
    demo_plugin_host_parse(text, text_len, &number);
    if (number.is_error) append(number.payload.error.data, number.payload.error.len);
    else if (number.payload.value == 18000000000000000000u) append("18", 2);
    return &answer;
}

const plugin_plugin_shape_t *plugin_grow(
    uint8_t shape_case, uint32_t shape_payload0, uint64_t shape_payload1, uint32_t shape_payload2) {
    static plugin_plugin_shape_t shape;
    union { uint64_t bits; double value; } y = { shape_payload1 };
    union { uint32_t bits; float value; } radius = { shape_payload2 };
    shape.tag = shape_case;
    if (shape_case == PLUGIN_PLUGIN_SHAPE_CIRCLE)
        shape.payload.circle = (plugin_plugin_shape_circle_t){ { shape_payload0 + 1, y.value }, radius.value * 2 };
    else if (shape_case == PLUGIN_PLUGIN_SHAPE_TEXT)
        shape.payload.text = (plugin_plugin_shape_text_t){
            { (uint8_t *)shape_payload0, shape_payload1 }, shape_payload2 + 1 };
    return &shape;
}

int32_t plugin_fail(int32_t code) { demo_plugin_host_reject_all(code); }

uint64_t plugin_count_to(int32_t end) {
    plugin_plugin_counter_t counter = demo_plugin_counters_plugin_counter_new(0);
    int32_t count = 0;
    while (count < end) count = demo_plugin_counters_plugin_counter_increment(counter, 1);
    demo_plugin_counters_plugin_counter_drop(counter);
    return count;
}
