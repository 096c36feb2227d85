#!/usr/bin/env bash
# Proves that the engine arrives by itself, on throw-away copies of native/. Last line: N passed, N failed.
set -euo pipefail

root=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
dotnet=$(command -v dotnet)
export DOTNET_CLI_UI_LANGUAGE=en # what the builds print is searched
export MSBUILDDISABLENODEREUSE=1 # every process of a build must belong to it, for the check that kills one
passed=0 failed=0

check() { # check <what> <command...>
  local what=$1; shift
  if "$@"; then echo "ok    $what"; passed=$((passed + 1))
  else echo "FAIL  $what"; failed=$((failed + 1)); sed 's/^/      | /' "$work"/*.log | tail -n 40; fi
}

# The tree: two programs and a library that import the targets, as samples and tests do.
cp "$root/global.json" "$root/Directory.Packages.props" "$work"
mkdir "$work/native" && (cd "$root/native" && cp ./*.json .npmrc ./*.mjs ./*.proj ./*.targets "$work/native")
for project in one two library; do
  mkdir "$work/$project"
  type=Exe; if [ $project = library ]; then type=Library; fi
  cat >"$work/$project/$project.csproj" <<XML
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup><OutputType>$type</OutputType><TargetFramework>net10.0</TargetFramework></PropertyGroup>
  <Import Project="../native/Wasmtime.Native.targets" />
</Project>
XML
  echo 'internal static class Program { private static void Main() { } }' >"$work/$project/Program.cs"
done
cat >"$work/all.proj" <<'XML'
<Project><Target Name="Build"><MSBuild Projects="one/one.csproj;two/two.csproj" BuildInParallel="true" /></Target></Project>
XML

# npm as the builds see it: counts its runs, can be made slow, can be made to hang in the middle.
mkdir "$work/bin"
cat >"$work/bin/npm" <<SH
#!/bin/sh
echo run >>"$work/runs"
if [ -e "$work/hang" ]; then mkdir node_modules && echo half >node_modules/half && mv "$work/hang" "$work/hanging" && exec sleep 60; fi
sleep 1
exec "$(command -v npm)" "\$@"
SH
chmod +x "$work/bin/npm"
export PATH="$work/bin:$PATH"
: >"$work/runs"

# A PATH with nothing of Node.js in it; MSBuild itself needs the shell.
mkdir "$work/bare" && ln -s "$(command -v sh)" "$work/bare/sh"

# Without network, and without npm's cache, which would hide that.
offline=(env npm_config_registry=http://127.0.0.1:9 npm_config_offline=true "npm_config_cache=$work/no-cache")
if unshare -n true 2>/dev/null; then offline+=(unshare -n); fi

native=runtimes/linux-x64/native
engine=$work/native/engine
lib=$engine/$native/libwasmtime.so
good=$work/good/libwasmtime.so
size=22247920

build() { "$dotnet" build "$work/$1" "${@:2}" >"$work/$1.log" 2>&1; }
forget() { rm -rf "$engine" "$work"/*.log; : >"$work/runs"; }
runs() { [ "$(wc -l <"$work/runs")" = "$1" ]; }
whole() { [ "$(stat -c %s "$1")" = $size ] && cmp -s "$1" "${2:-$lib}"; }
output_whole() { whole "$work/$1/bin/Debug/net10.0/$native/libwasmtime.so"; }
one_error() { # one_error <code> <build that must fail...>
  local code=$1; shift
  ! "$@" && [ "$(grep -o 'error [A-Z]*[0-9]*' "$work/one.log" | sort -u)" = "error $code" ] && grep -q ' 1 Error(s)' "$work/one.log"
}

first() { build one && runs 1 && output_whole one && [ -s "$work/one/bin/Debug/net10.0/$native/LICENSE-wasmtime" ]; }
check "the first build fetches the library, and its licence" first

second() { "${offline[@]}" "$dotnet" build "$work/one" >"$work/one.log" 2>&1 && runs 1; }
check "the second build needs no network and runs no npm" second

without_node() { PATH=$work/bare build one; }
check "a build with the library in place needs no node either" without_node

library() { build library && [ ! -e "$work/library/bin/Debug/net10.0/runtimes" ]; }
check "a class library gets none" library

publish() { "$dotnet" publish "$work/one" -o "$work/published" >"$work/one.log" 2>&1 && whole "$work/published/$native/libwasmtime.so"; }
check "dotnet publish takes it along" publish

truncated() { mkdir "$work/good" && cp "$lib" "$good" && truncate -s 1000000 "$lib" && build one && runs 2 && whole "$lib" "$good" && output_whole one; }
check "a truncated library is fetched anew" truncated

changed() { printf x | dd of="$lib" bs=1 seek=5000000 conv=notrunc status=none && touch -r "$good" "$lib" && build one && runs 3 && whole "$lib" "$good"; }
check "so is one with a wrong byte, whatever its size and time" changed

half_copy() { truncate -s 1000000 "$work/one/bin/Debug/net10.0/$native/libwasmtime.so" && build one && runs 3 && output_whole one; }
check "an incomplete copy beside the program is replaced" half_copy

build two # restores it, for the next two checks

watch_sizes() { while [ ! -e "$work/stop" ]; do stat -c %s "$lib" 2>/dev/null || true; done | sort -u >"$work/sizes"; }
two_builds() {
  forget; rm -rf "$work"/{one,two}/bin; watch_sizes & local watcher=$!
  build one & local a=$!; build two & local b=$!
  local good=true; wait $a || good=false; wait $b || good=false
  touch "$work/stop"; wait $watcher
  $good && runs 1 && [ "$(cat "$work/sizes")" = $size ] && output_whole one && output_whole two
}
check "two builds at the same moment fetch once, and nobody sees half a file" two_builds

parallel_projects() {
  forget; rm -rf "$work"/{one,two}/bin
  "$dotnet" msbuild "$work/all.proj" -m:2 >"$work/all.log" 2>&1 && runs 1 && output_whole one && output_whole two
}
check "projects that build in parallel fetch once" parallel_projects

killed() {
  forget; touch "$work/hang"
  set -m; build one & local group=$!; set +m # a process group of its own
  for _ in $(seq 300); do if [ -e "$work/hanging" ]; then break; fi; sleep 0.1; done
  [ -e "$work/hanging" ] && kill -9 -- -$group; wait $group 2>/dev/null || true
  [ -n "$(ls -d "$engine"/.fetch-*)" ] && build one && runs 2 && whole "$lib" "$good" && ! ls -d "$engine"/.fetch-* 2>/dev/null
}
check "a fetch killed in the middle heals at the next build" killed

forget
check "without node: error WBGN001" one_error WBGN001 without_node
ln -s "$(command -v node)" "$work/bare/node"
check "with node but without npm: the same" one_error WBGN001 without_node

offline_build() { "${offline[@]}" "$dotnet" build "$work/one" >"$work/one.log" 2>&1; }
check "without network and with nothing fetched: error WBGN002" one_error WBGN002 offline_build

check "another hash than the pinned one: error WBGN003, and no file" one_error WBGN003 build one -p:WasmtimeSha256=00
nothing_left() { [ ! -e "$lib" ] && ! ls -d "$engine"/.fetch-* 2>/dev/null; }
check "... which leaves nothing behind" nothing_left

forget
unsupported() { build one -p:NETCoreSdkPortableRuntimeIdentifier=osx-arm64 && runs 0 && grep -q WBGN005 "$work/one.log" && grep -q ' 0 Warning(s)' "$work/one.log"; }
check "an unsupported platform builds, with a message and no warning" unsupported

own_library() { WASMBINDGEN_WASMTIME=$good build one && runs 0 && [ ! -e "$lib" ]; }
check "WASMBINDGEN_WASMTIME: nothing to fetch" own_library

# A package as Wasmtime's, with an assembly and build targets that must not arrive.
mkdir "$work/package"
cat >"$work/package/package.csproj" <<XML
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <TargetFramework>net10.0</TargetFramework><AssemblyName>Wasmtime.Dotnet</AssemblyName><PackageId>Wasmtime</PackageId>
    <Version>$(sed -n 's/.*Include="Wasmtime" Version="\[\{0,1\}\([0-9.]*\).*/\1/p' "$work/Directory.Packages.props")</Version>
  </PropertyGroup>
  <ItemGroup>
    <None Include="$good" Pack="true" PackagePath="$native/" />
    <None Include="Wasmtime.targets" Pack="true" PackagePath="build/" />
  </ItemGroup>
</Project>
XML
echo '<Project><Target Name="No" BeforeTargets="Build"><Error Text="the build targets of the package arrived" /></Target></Project>' >"$work/package/Wasmtime.targets"
nuget() {
  rm -rf "$work/one/"{bin,obj} "$work/published"
  "$dotnet" pack "$work/package" -o "$work/feed" >"$work/package.log" 2>&1 &&
    NUGET_PACKAGES=$work/packages "$dotnet" publish "$work/one" -o "$work/published" -p:WasmtimeNative=nuget -p:RestoreSources="$work/feed" >"$work/one.log" 2>&1 &&
    runs 0 && whole "$work/published/$native/libwasmtime.so" "$good" && ! grep -rq 'Wasmtime.Dotnet' "$work/published"
}
check "WasmtimeNative=nuget: the native library of the package, and nothing else of it" nuget

echo "$passed passed, $failed failed"
[ $failed = 0 ]
