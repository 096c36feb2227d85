// Written by WasmBindgen from the C# classes Demo.Counter, Demo.Env, Demo.Guest, Demo.SameGuest, Demo.Store: changes will be lost.

#ifndef CANONICAL_H
#define CANONICAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// A handle: an object of the host's.
typedef uint32_t canonical_counter_t;

typedef uint8_t canonical_color_t;
#define CANONICAL_COLOR_RED ((canonical_color_t)0)
#define CANONICAL_COLOR_GREEN ((canonical_color_t)1)
#define CANONICAL_COLOR_DARK_BLUE ((canonical_color_t)2)

typedef uint8_t canonical_rights_t;
#define CANONICAL_RIGHTS_NONE ((canonical_rights_t)0)
#define CANONICAL_RIGHTS_READ ((canonical_rights_t)1)
#define CANONICAL_RIGHTS_WRITE ((canonical_rights_t)2)
#define CANONICAL_RIGHTS_ALL ((canonical_rights_t)3)

typedef struct {
    uint8_t *data;
    size_t len;
} canonical_string_t;
_Static_assert(sizeof(canonical_string_t) == 8, "canonical_string_t has another size for the host");

typedef struct {
    int32_t x;
    double y;
} canonical_point_t;
_Static_assert(sizeof(canonical_point_t) == 16, "canonical_point_t has another size for the host");

typedef struct {
    bool is_some;
    canonical_point_t value;
} canonical_option_point_t;
_Static_assert(sizeof(canonical_option_point_t) == 24, "canonical_option_point_t has another size for the host");

typedef struct {
    canonical_color_t *data;
    size_t len;
} canonical_list_color_t;
_Static_assert(sizeof(canonical_list_color_t) == 8, "canonical_list_color_t has another size for the host");

typedef struct {
    canonical_string_t name;
    canonical_option_point_t home;
    canonical_list_color_t colors;
    canonical_rights_t rights;
} canonical_person_t;
_Static_assert(sizeof(canonical_person_t) == 48, "canonical_person_t has another size for the host");

typedef struct {
    bool is_some;
    canonical_person_t value;
} canonical_option_person_t;
_Static_assert(sizeof(canonical_option_person_t) == 56, "canonical_option_person_t has another size for the host");

typedef struct {
    canonical_point_t from;
    canonical_point_t to;
} canonical_shape_line_t;
_Static_assert(sizeof(canonical_shape_line_t) == 32, "canonical_shape_line_t has another size for the host");

typedef struct {
    uint8_t tag;
    union {
        float circle;
        canonical_shape_line_t line;
    } payload;
} canonical_shape_t;
_Static_assert(sizeof(canonical_shape_t) == 40, "canonical_shape_t has another size for the host");
#define CANONICAL_SHAPE_CIRCLE 0
#define CANONICAL_SHAPE_LINE 1
#define CANONICAL_SHAPE_NOTHING 2

typedef struct {
    bool is_error;
    union {
        canonical_point_t value;
        canonical_string_t error;
    } payload;
} canonical_result_point_string_t;
_Static_assert(sizeof(canonical_result_point_string_t) == 24, "canonical_result_point_string_t has another size for the host");

typedef struct {
    canonical_point_t a;
    canonical_point_t b;
    canonical_point_t c;
    canonical_point_t d;
    canonical_point_t e;
    canonical_point_t f;
    canonical_point_t g;
    canonical_point_t h;
    canonical_string_t last;
} canonical_many_arguments_t;
_Static_assert(sizeof(canonical_many_arguments_t) == 136, "canonical_many_arguments_t has another size for the host");

typedef struct {
    canonical_point_t *data;
    size_t len;
} canonical_list_point_t;
_Static_assert(sizeof(canonical_list_point_t) == 8, "canonical_list_point_t has another size for the host");

// What the host has in module "demo:plugin/counters".

// Demo.Counter.Counter
__attribute__((import_module("demo:plugin/counters"), import_name("[constructor]counter")))
canonical_counter_t demo_plugin_counters_counter_new(int32_t start);

// Demo.Counter.Increment
__attribute__((import_module("demo:plugin/counters"), import_name("[method]counter.increment")))
int32_t demo_plugin_counters_counter_increment(canonical_counter_t self, int32_t by);

// Demo.Counter.Merge
__attribute__((import_module("demo:plugin/counters"), import_name("[static]counter.merge")))
canonical_counter_t demo_plugin_counters_counter_merge(
    canonical_counter_t left,
    canonical_counter_t right);

// Demo.Counter.Dispose
__attribute__((import_module("demo:plugin/counters"), import_name("[resource-drop]counter")))
void demo_plugin_counters_counter_drop(canonical_counter_t handle);

// What the host has in module "env".

// Demo.Env.EarlyExit
__attribute__((import_module("env"), import_name("early-exit"), noreturn))
void env_early_exit(int32_t code);

// Demo.Env.Log
__attribute__((import_module("env"), import_name("log")))
void env_log(const uint8_t *message, size_t message_len, bool is_error);

// Demo.Env.Scalars
__attribute__((import_module("env"), import_name("scalars")))
uint32_t env_scalars(
    int8_t a,
    uint8_t b,
    int16_t c,
    uint16_t d,
    uint32_t e,
    int64_t f,
    uint64_t g,
    float h,
    double i,
    uint32_t j);

// Demo.Env.Colors
__attribute__((import_module("env"), import_name("colors")))
canonical_color_t env_colors(canonical_color_t one, canonical_rights_t rights);

// Demo.Env.Name
__attribute__((import_module("env"), import_name("name")))
void env_name(canonical_string_t *result);

// Demo.Env.Wait
__attribute__((import_module("env"), import_name("wait")))
int32_t env_wait(int32_t milliseconds);

// What the host has in module "demo:plugin/store".

// Demo.Store.Find
__attribute__((import_module("demo:plugin/store"), import_name("find")))
void demo_plugin_store_find(
    const uint8_t *name,
    size_t name_len,
    const uint8_t *key,
    size_t key_len,
    canonical_option_person_t *result);

// Demo.Store.Put
__attribute__((import_module("demo:plugin/store"), import_name("put")))
void demo_plugin_store_put(
    const uint8_t *person_name,
    size_t person_name_len,
    bool person_home_is_some,
    int32_t person_home_x,
    double person_home_y,
    const canonical_color_t *person_colors,
    size_t person_colors_len,
    canonical_rights_t person_rights,
    int32_t pair_item1,
    const uint8_t *pair_item2,
    size_t pair_item2_len,
    const canonical_shape_t *shapes,
    size_t shapes_len);

// Demo.Store.Move
__attribute__((import_module("demo:plugin/store"), import_name("move")))
void demo_plugin_store_move(
    int32_t point_x,
    double point_y,
    bool by_is_some,
    int32_t by,
    canonical_result_point_string_t *result);

// Demo.Store.Try
__attribute__((import_module("demo:plugin/store"), import_name("try")))
bool demo_plugin_store_try(void);

// Demo.Store.Many
__attribute__((import_module("demo:plugin/store"), import_name("many")))
void demo_plugin_store_many(const canonical_many_arguments_t *arguments);

// Demo.Store.Draw
__attribute__((import_module("demo:plugin/store"), import_name("draw")))
void demo_plugin_store_draw(
    uint8_t shape_case,
    uint32_t shape_payload0,
    double shape_payload1,
    uint32_t shape_payload2,
    double shape_payload3,
    bool either_is_error,
    uint32_t either_payload0,
    bool message_is_error,
    const uint8_t *message_error,
    size_t message_error_len,
    canonical_shape_t *result);

// Demo.Store.Open
__attribute__((import_module("demo:plugin/store"), import_name("open")))
canonical_counter_t demo_plugin_store_open(
    canonical_counter_t counter,
    canonical_counter_t given);

// What the guest exports, and defines.
// When the host has read a result from memory, it calls cabi_post_ and the function's name, if that is exported.

// Demo.Guest.Run
__attribute__((export_name("run")))
int32_t canonical_run(int32_t a, int32_t b);

// Demo.Guest.Greet
__attribute__((export_name("greet")))
const canonical_string_t *canonical_greet(
    uint8_t *name,
    size_t name_len,
    int32_t at_x,
    double at_y);

// Demo.Guest.Corners
__attribute__((export_name("corners")))
const canonical_list_point_t *canonical_corners(
    uint8_t shape_case,
    uint32_t shape_payload0,
    double shape_payload1,
    uint32_t shape_payload2,
    double shape_payload3);

// Demo.Guest.Stop
__attribute__((export_name("stop")))
void canonical_stop(void);

// By these the host allocates and frees in the guest, which defines them too.

__attribute__((export_name("cabi_realloc")))
void *cabi_realloc(void *old_address, size_t old_size, size_t alignment, size_t size);

#ifdef __cplusplus
}
#endif

#endif
