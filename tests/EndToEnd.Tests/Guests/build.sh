#!/usr/bin/env bash
# Builds the guests that are committed beside their sources. Needs clang and wasm-ld (Debian: clang-14, lld-14), and rustc with
# the target wasm32-unknown-unknown (Debian: rustc, libstd-rust-dev-wasm32), RUSTC names another one; npm for AssemblyScript;
# emcc 3.1.6 (Debian: emscripten; NODE_PATH=/usr/share/nodejs if another node is installed); and go 1.19 (Debian: golang-go).
set -euo pipefail
cd "$(dirname "$0")"
clang=$(command -v clang || command -v clang-14)
linker=$(command -v wasm-ld || command -v wasm-ld-14)
"$clang" --target=wasm32 -O2 -Wall -Wextra -nostdlib -fuse-ld="$linker" \
  -Wl,--no-entry -Wl,--strip-all -Wl,-z,stack-size=16384 -o values.c.wasm values.c
"${RUSTC:-rustc}" --target wasm32-unknown-unknown --crate-type cdylib --edition 2021 -C opt-level=s -C strip=symbols -C panic=abort \
  -C linker="$linker" -o values.rs.wasm values.rs
"$clang" --target=wasm32 -O2 -Wall -Wextra -nostdlib -mbulk-memory -fuse-ld="$linker" \
  -Wl,--no-entry -Wl,--strip-all -Wl,-z,stack-size=16384 -o shapes.c.wasm shapes.c
"${RUSTC:-rustc}" --target wasm32-unknown-unknown --crate-type cdylib --edition 2021 -C opt-level=s -C strip=symbols -C panic=abort \
  -C linker="$linker" -C link-arg=-zstack-size=16384 -o shapes.rs.wasm shapes.rs
# These export their table, and the one in C has several results at once.
"$clang" --target=wasm32 -O2 -Wall -Wextra -nostdlib -fno-builtin -mbulk-memory -mmultivalue -Xclang -target-abi -Xclang experimental-mv \
  -fuse-ld="$linker" -Wl,--no-entry -Wl,--strip-all -Wl,--export-table -Wl,-z,stack-size=16384 -o conventions.c.wasm conventions.c
"${RUSTC:-rustc}" --target wasm32-unknown-unknown --crate-type cdylib --edition 2021 -C opt-level=s -C strip=symbols -C panic=abort \
  -C linker="$linker" -C link-arg=--export-table -C link-arg=-zstack-size=16384 -o conventions.rs.wasm conventions.rs
# These are against bindings that the build of the tests has written from their classes.
cp ../obj/Release/net10.0/bindings/plugin.* plugin
"$clang" --target=wasm32 -O2 -Wall -Wextra -nostdlib -fno-builtin -fuse-ld="$linker" \
  -Wl,--no-entry -Wl,--strip-all -Wl,-z,stack-size=16384 -o plugin.c.wasm plugin.c
"${RUSTC:-rustc}" --target wasm32-unknown-unknown --crate-type cdylib --edition 2021 -C opt-level=s -C strip=symbols -C panic=abort \
  -C linker="$linker" -C link-arg=-zstack-size=16384 -o plugin.rs.wasm plugin.rs
for guest in values arrays plugin; do
  npx --yes --package=assemblyscript@0.28.20 asc "$guest.ts" --outFile "$guest.ts.wasm" --exportRuntime -O --noAssert
done
# Commands for WASI preview 1: wasi-libc and libclang-rt-14-dev-wasm32 for C, the target wasm32-wasi (wasm32-wasip1 in later versions) for Rust.
for guest in program files; do
  "$clang" --target=wasm32-wasi -O2 -Wall -Wextra -fuse-ld="$linker" -Wl,--strip-all -o "$guest.c.wasm" "$guest.c"
done
"${RUSTC:-rustc}" --target "${WASI_TARGET:-wasm32-wasi}" --edition 2021 -C opt-level=s -C strip=symbols -C panic=abort \
  -C linker="$linker" -o program.rs.wasm program.rs
# Guests with debug information, of Rust without its library's. Paths of this machine stay out of it.
"$clang" --target=wasm32 -O1 -gdwarf-5 -Wall -Wextra -nostdlib -fuse-ld="$linker" -ffile-prefix-map="$PWD"=guests \
  -Wl,--no-entry -Wl,-z,stack-size=16384 -o lines.c.wasm lines.c
object=$(mktemp)
"${RUSTC:-rustc}" --target wasm32-unknown-unknown --crate-type lib --edition 2021 -g -C opt-level=1 -C panic=abort -C codegen-units=1 \
  --remap-path-prefix "$PWD"=guests --emit=obj -o "$object" lines.rs
"$linker" --no-entry --export=run --export=quotient -z stack-size=16384 -o lines.rs.wasm "$object"
rm "$object"
# By emscripten: with glue in JavaScript, which is not kept; the same with short names in place of imports and exports; and without glue.
glue=$(mktemp -d)
settings=(-Wall -Wextra --no-entry -sTOTAL_STACK=64KB -sINITIAL_MEMORY=256KB -sMAXIMUM_MEMORY=64MB -sALLOW_MEMORY_GROWTH -sMALLOC=emmalloc
  -sERROR_ON_UNDEFINED_SYMBOLS=0)
emcc -O2 --profiling-funcs "${settings[@]}" -o "$glue/guest.js" emscripten.c
mv "$glue/guest.wasm" emscripten.c.wasm
emcc -O3 "${settings[@]}" -o "$glue/guest.js" emscripten.c
mv "$glue/guest.wasm" emscripten.c.minified.wasm
emcc -O3 --profiling-funcs "${settings[@]}" -o emscripten.c.reactor.wasm emscripten.c
emcc -O2 -fexceptions "${settings[@]}" -o "$glue/guest.js" emscripten.cpp
mv "$glue/guest.wasm" emscripten.cpp.wasm
rm -r "$glue"
# By Go 1.19 for GOOS=js (Debian: golang-go), which is large: it is committed compressed.
program=$(mktemp)
CGO_ENABLED=0 GOOS=js GOARCH=wasm GO111MODULE=off go build -trimpath -ldflags="-s -w" -o "$program" hosted.go
node -e '
  const { constants, brotliCompressSync } = require("zlib");
  const [from, to] = process.argv.slice(1);
  const params = { [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS };
  require("fs").writeFileSync(to, brotliCompressSync(require("fs").readFileSync(from), { params }));
' "$program" hosted.go.wasm.br
rm "$program"
# With a component-type section, and as a component, by jco.
npm install --no-save --silent @bytecodealliance/jco
node world.mjs
