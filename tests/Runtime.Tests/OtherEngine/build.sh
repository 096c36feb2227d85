#!/bin/sh
# Builds the committed library anew. Needs a C compiler for linux-x64.
cd "$(dirname "$0")" && cc -shared -fPIC -Os -s -o libwasmtime51.so wasmtime51.c
