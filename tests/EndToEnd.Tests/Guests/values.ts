// What AssemblyScript's own compiler makes of strings and arrays: asc values.ts --exportRuntime, see build.sh.
@external("as", "join") declare function join(left: string, right: string | null): string;
@external("as", "total") declare function total(values: Array<i32>): i64;
@external("as", "mean") declare function mean(values: Float64Array): f64;
@external("as", "bytes") declare function bytes(length: i32): ArrayBuffer;

export function greet(name: string): string {
  return "Hello, " + name + "!";
}

export function joined(left: string, right: string | null): string {
  return join(left, right);
}

export function lengthOf(text: string | null): i32 {
  return text === null ? -1 : text.length;
}

export function nothing(): string | null {
  return null;
}

export function sum(buffer: ArrayBuffer): i32 {
  let values = Int32Array.wrap(buffer);
  let result = 0;
  for (let i = 0; i < values.length; i++) result += values[i];
  return result;
}

export function totalTo(n: i32): i64 {
  let values = new Array<i32>();
  for (let i = 1; i <= n; i++) values.push(i);
  return total(values);
}

export function meanOf(first: f64, second: f64): f64 {
  let values = new Float64Array(4);
  values[1] = first;
  values[2] = second;
  return mean(values.subarray(1, 3));
}

export function squares(n: i32): Uint16Array {
  let values = new Uint16Array(n);
  for (let i = 0; i < n; i++) values[i] = <u16>(i * i);
  return values;
}

export function received(length: i32): i32 {
  let values = Uint8Array.wrap(bytes(length));
  let result = 0;
  for (let i = 0; i < values.length; i++) result += values[i];
  return result;
}

// Both arguments must still be there after all that this allocates.
export function churn(left: string, right: string): i32 {
  let result = 0;
  for (let i = 0; i < 2000; i++) result += (left + right + i.toString()).length;
  __collect();
  return left.length + right.length + (result > 0 ? 0 : 1);
}

export function fail(message: string): void {
  throw new Error(message);
}

export function address(text: string): usize {
  return changetype<usize>(text);
}

class Point { x: i32 = 1; y: i32 = 2; z: i32 = 3; }

export function point(): Point {
  return new Point();
}
