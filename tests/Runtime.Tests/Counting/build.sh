#!/bin/sh
# Builds the committed library anew. Needs a C compiler for linux-x64. The engine's library is found by its name when
# the program runs, so an empty one will do here.
set -e
cd "$(dirname "$0")"
empty=$(mktemp -d)
trap 'rm -rf "$empty"' EXIT
cc -shared -x c -o "$empty/libwasmtime.so" /dev/null
cc -shared -fPIC -Os -s -Wall -Wextra -Werror -o libcounting.so counting.c \
  -Wl,--no-as-needed -L"$empty" -lwasmtime -ldl -lpthread
