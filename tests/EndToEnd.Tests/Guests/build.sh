#!/usr/bin/env bash
# Builds the guests that are committed beside their sources. Needs clang and wasm-ld (Debian: clang-14, lld-14).
set -euo pipefail
cd "$(dirname "$0")"
clang=$(command -v clang || command -v clang-14)
"$clang" --target=wasm32 -O2 -Wall -Wextra -nostdlib -fuse-ld="$(command -v wasm-ld || command -v wasm-ld-14)" \
  -Wl,--no-entry -Wl,--strip-all -Wl,-z,stack-size=16384 -o values.c.wasm values.c
