#!/bin/sh
# Builds plugin.wasm anew. Needs clang and wasm-ld (of LLVM 14 or later; Debian and Ubuntu: packages clang and lld).
set -eu
cd "$(dirname "$0")"
clang --target=wasm32 -O2 -Wall -Wextra -nostdlib -fno-builtin -Wl,--no-entry -Wl,--strip-all -Wl,-z,stack-size=16384 \
  -o plugin.wasm plugin.c
