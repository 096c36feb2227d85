#!/usr/bin/env bash
# Builds the plugins, which are committed. Needs clang and wasm-ld; rustc with its target wasm32-unknown-unknown
# (RUSTC names another one); and npm for AssemblyScript.
set -euo pipefail
cd "$(dirname "$0")"

c() { # source, output, further options: with debug information, in which no path of this machine is
  clang --target=wasm32 -nostdlib -O1 -g -Wall -Wextra \
    -ffile-prefix-map="$PWD"=guests -ffile-prefix-map="$(clang -print-resource-dir)"=clang \
    -Wl,--no-entry,-z,stack-size=16384,--export-table,--growable-table -o "$2" "$1" "${@:3}"
}
c long_lines.c ../plugins/long_lines.wasm
c repeats.c ../plugins/repeats.wasm -DBUG
c repeats.c ../fixed/repeats.wasm

"${RUSTC:-rustc}" --target wasm32-unknown-unknown --crate-type cdylib --edition 2021 \
  -C opt-level=s -C panic=abort -C strip=debuginfo -C linker="$(command -v wasm-ld)" \
  -C link-args='--export-table --growable-table -z stack-size=65536' \
  --remap-path-prefix "$PWD"=guests -o ../plugins/banned_words.wasm banned_words.rs

npx --yes --package=assemblyscript@0.28.20 asc capitals.ts --outFile ../plugins/capitals.wasm -O --debug \
  --use abort= --exportTable --transform ./table.mjs
