// Written by WasmBindgen from the C# classes WasmBindgen.EndToEnd.Tests.Plugin, WasmBindgen.EndToEnd.Tests.PluginCounter, WasmBindgen.EndToEnd.Tests.PluginHost: changes will be lost.

#ifndef PLUGIN_H
#define PLUGIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// A handle: an object of the host's.
typedef uint32_t plugin_plugin_counter_t;

typedef struct {
    int32_t x;
    double y;
} plugin_plugin_point_t;
_Static_assert(sizeof(plugin_plugin_point_t) == 16, "plugin_plugin_point_t has another size for the host");

typedef struct {
    bool is_some;
    plugin_plugin_point_t value;
} plugin_option_plugin_point_t;
_Static_assert(sizeof(plugin_option_plugin_point_t) == 24, "plugin_option_plugin_point_t has another size for the host");

typedef struct {
    uint8_t *data;
    size_t len;
} plugin_string_t;
_Static_assert(sizeof(plugin_string_t) == 8, "plugin_string_t has another size for the host");

typedef struct {
    bool is_error;
    union {
        uint64_t value;
        plugin_string_t error;
    } payload;
} plugin_result_u64_string_t;
_Static_assert(sizeof(plugin_result_u64_string_t) == 16, "plugin_result_u64_string_t has another size for the host");

typedef struct {
    plugin_plugin_point_t center;
    float radius;
} plugin_plugin_shape_circle_t;
_Static_assert(sizeof(plugin_plugin_shape_circle_t) == 24, "plugin_plugin_shape_circle_t has another size for the host");

typedef uint8_t plugin_plugin_color_t;
#define PLUGIN_PLUGIN_COLOR_RED ((plugin_plugin_color_t)0)
#define PLUGIN_PLUGIN_COLOR_GREEN ((plugin_plugin_color_t)1)
#define PLUGIN_PLUGIN_COLOR_DARK_BLUE ((plugin_plugin_color_t)2)

typedef struct {
    plugin_string_t content;
    plugin_plugin_color_t color;
} plugin_plugin_shape_text_t;
_Static_assert(sizeof(plugin_plugin_shape_text_t) == 12, "plugin_plugin_shape_text_t has another size for the host");

typedef struct {
    uint8_t tag;
    union {
        plugin_plugin_shape_circle_t circle;
        plugin_plugin_shape_text_t text;
    } payload;
} plugin_plugin_shape_t;
_Static_assert(sizeof(plugin_plugin_shape_t) == 32, "plugin_plugin_shape_t has another size for the host");
#define PLUGIN_PLUGIN_SHAPE_CIRCLE 0
#define PLUGIN_PLUGIN_SHAPE_TEXT 1
#define PLUGIN_PLUGIN_SHAPE_NOTHING 2

typedef struct {
    plugin_string_t *data;
    size_t len;
} plugin_list_string_t;
_Static_assert(sizeof(plugin_list_string_t) == 8, "plugin_list_string_t has another size for the host");

// What the host has in module "demo:plugin/counters".

// WasmBindgen.EndToEnd.Tests.PluginCounter.PluginCounter
__attribute__((import_module("demo:plugin/counters"), import_name("[constructor]plugin-counter")))
plugin_plugin_counter_t demo_plugin_counters_plugin_counter_new(int32_t start);

// WasmBindgen.EndToEnd.Tests.PluginCounter.Increment
__attribute__((import_module("demo:plugin/counters"), import_name("[method]plugin-counter.increment")))
int32_t demo_plugin_counters_plugin_counter_increment(plugin_plugin_counter_t self, int32_t by);

// WasmBindgen.EndToEnd.Tests.PluginCounter.Dispose
__attribute__((import_module("demo:plugin/counters"), import_name("[resource-drop]plugin-counter")))
void demo_plugin_counters_plugin_counter_drop(plugin_plugin_counter_t handle);

// What the host has in module "demo:plugin/host".

// WasmBindgen.EndToEnd.Tests.PluginHost.RejectAll
__attribute__((import_module("demo:plugin/host"), import_name("reject-all"), noreturn))
void demo_plugin_host_reject_all(int32_t code);

// WasmBindgen.EndToEnd.Tests.PluginHost.Log
__attribute__((import_module("demo:plugin/host"), import_name("log")))
void demo_plugin_host_log(const uint8_t *message, size_t message_len);

// WasmBindgen.EndToEnd.Tests.PluginHost.Find
__attribute__((import_module("demo:plugin/host"), import_name("find")))
void demo_plugin_host_find(
    const uint8_t *name,
    size_t name_len,
    plugin_option_plugin_point_t *result);

// WasmBindgen.EndToEnd.Tests.PluginHost.Parse
__attribute__((import_module("demo:plugin/host"), import_name("parse")))
void demo_plugin_host_parse(
    const uint8_t *text,
    size_t text_len,
    plugin_result_u64_string_t *result);

// WasmBindgen.EndToEnd.Tests.PluginHost.Sum
__attribute__((import_module("demo:plugin/host"), import_name("sum")))
double demo_plugin_host_sum(const double *values, size_t values_len, bool is_negative);

// WasmBindgen.EndToEnd.Tests.PluginHost.Describe
__attribute__((import_module("demo:plugin/host"), import_name("describe")))
void demo_plugin_host_describe(
    const plugin_plugin_shape_t *shapes,
    size_t shapes_len,
    plugin_list_string_t *result);

// What the guest exports, and defines.
// When the host has read a result from memory, it calls cabi_post_ and the function's name, if that is exported.

// WasmBindgen.EndToEnd.Tests.Plugin.Run
__attribute__((export_name("run")))
const plugin_string_t *plugin_run(uint8_t *text, size_t text_len, int32_t at_x, double at_y);

// WasmBindgen.EndToEnd.Tests.Plugin.Grow
__attribute__((export_name("grow")))
const plugin_plugin_shape_t *plugin_grow(
    uint8_t shape_case,
    uint32_t shape_payload0,
    uint64_t shape_payload1,
    uint32_t shape_payload2);

// WasmBindgen.EndToEnd.Tests.Plugin.Fail
__attribute__((export_name("fail")))
int32_t plugin_fail(int32_t code);

// WasmBindgen.EndToEnd.Tests.Plugin.CountTo
__attribute__((export_name("count-to")))
uint64_t plugin_count_to(int32_t end);

// By these the host allocates and frees in the guest, which defines them too.

__attribute__((export_name("cabi_realloc")))
void *cabi_realloc(void *old_address, size_t old_size, size_t alignment, size_t size);

#ifdef __cplusplus
}
#endif

#endif
