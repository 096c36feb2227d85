// Written by WasmBindgen from the C# classes Demo.C, Demo.CGuest: changes will be lost.

#ifndef CONVENTIONS_H
#define CONVENTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct {
    int32_t x;
    uint8_t y;
} conventions_spot_t;
_Static_assert(sizeof(conventions_spot_t) == 8, "conventions_spot_t has another size for the host");

typedef int32_t (*conventions_comparison_t)(int32_t left, int32_t right);

typedef int16_t conventions_level_t;
#define CONVENTIONS_LEVEL_LOW ((conventions_level_t)-5)
#define CONVENTIONS_LEVEL_HIGH ((conventions_level_t)700)

typedef uint64_t conventions_wide_t;
#define CONVENTIONS_WIDE_ONE ((conventions_wide_t)1)
#define CONVENTIONS_WIDE_LAST ((conventions_wide_t)9223372036854775808u)

typedef int64_t conventions_deep_t;
#define CONVENTIONS_DEEP_LOWEST ((conventions_deep_t)INT64_MIN)

typedef struct {
    uint8_t *data;
    size_t len;
} conventions_string_t;
_Static_assert(sizeof(conventions_string_t) == 8, "conventions_string_t has another size for the host");

// What the host has in module "c.\"d\"".

// Demo.C.Home
__attribute__((import_module("c.\"d\""), import_name("home")))
char *c_d_home(const char *name);

// Demo.C.Texts
__attribute__((import_module("c.\"d\""), import_name("texts")))
void c_d_texts(
    const uint16_t *wide,
    size_t wide_len,
    const uint8_t *narrow,
    size_t narrow_len,
    bool none_is_some,
    const uint16_t *none,
    size_t none_len);

// Demo.C.Read
__attribute__((import_module("c.\"d\""), import_name("read")))
uint64_t c_d_read(int32_t register_);

// Demo.C.Sum
__attribute__((import_module("c.\"d\""), import_name("sum")))
int32_t c_d_sum(conventions_spot_t *spots, uint8_t *bytes, void *others);

// Demo.C.Change
__attribute__((import_module("c.\"d\""), import_name("change")))
void c_d_change(conventions_spot_t *spot, double *half, int32_t *view, size_t view_len);

// Demo.C.Sort
__attribute__((import_module("c.\"d\""), import_name("sort")))
int32_t c_d_sort(
    conventions_comparison_t compare,
    const int32_t *compare_len,
    size_t compare_len_len);

// Demo.C.Levels
__attribute__((import_module("c.\"d\""), import_name("levels")))
conventions_level_t c_d_levels(
    conventions_level_t level,
    conventions_wide_t wide,
    conventions_deep_t deep);

// Demo.C.Fail
__attribute__((import_module("c.\"d\""), import_name("fail")))
int32_t c_d_fail(const conventions_string_t *names, size_t names_len);

// Demo.C.Odd
__attribute__((import_module("c.\"d\""), import_name("Odd name!")))
void c_d_odd_name(int16_t *result, size_t result_len, int32_t int_);

// Demo.C.Index
__attribute__((import_module("c.\"d\""), import_name("index")))
int32_t c_d_index(uint32_t compare);

// What the guest exports, and defines.

// Demo.CGuest.Home
__attribute__((export_name("home")))
const char *conventions_home(char *name);

// Demo.CGuest.Change
__attribute__((export_name("change")))
void conventions_change(conventions_spot_t *spot);

// By these the host allocates and frees in the guest, which defines them too.

__attribute__((export_name("malloc")))
void *malloc(size_t size);

__attribute__((export_name("free")))
void free(void *address);

#ifdef __cplusplus
}
#endif

#endif
