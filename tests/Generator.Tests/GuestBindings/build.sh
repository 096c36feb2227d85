#!/usr/bin/env bash
# Compiles the files of this folder, as guests would: clang (Debian: clang-14), rustc 1.63 or later with the target wasm32-unknown-unknown
# (Debian: libstd-rust-dev-wasm32; RUSTC names another one), npm for AssemblyScript.
set -euo pipefail
cd "$(dirname "$0")"
for header in *.h; do
  for language in c c++; do
    clang --target=wasm32 -Wall -Wextra -Werror -Wno-pragma-once-outside-header -fsyntax-only -x $language "$header"
  done
done
for module in *.rs; do
  "${RUSTC:-rustc}" --target wasm32-unknown-unknown --edition 2021 --crate-type lib -D warnings --emit=metadata -o /dev/null "$module"
done
for module in *.ts; do
  npx --yes --package=assemblyscript@0.28.20 asc "$module" --noEmit --enable simd,reference-types
done
