// Every kind of array, to and from the host: asc arrays.ts --exportRuntime, see build.sh.
@external("as", "words") declare function words(count: i32): Array<string>;
@external("as", "numbers") declare function numbers(count: i32): Array<i32>;
@external("as", "views") declare function views(count: i32): Float64Array;
@external("as", "statics") declare function statics(count: i32): StaticArray<string>;
@external("as", "bytes") declare function bytes(values: Uint8Array, rest: Array<u8>): i32;

export function arrayOf(count: i32): Array<i32> {
  let result = new Array<i32>();
  for (let i = 0; i < count; i++) result.push(i * i);
  return result;
}

export function arrayWithRoom(count: i32): Array<i32> {
  let result = new Array<i32>(count + 100);
  for (let i = 0; i < count; i++) result[i] = i * i;
  result.length = count;
  return result;
}

export function staticOf(count: i32): StaticArray<i32> {
  return StaticArray.fromArray(arrayOf(count));
}

export function typedOf(count: i32): Int32Array {
  let result = new Int32Array(count + 2);
  for (let i = 0; i < count; i++) result[i + 1] = i * i;
  return result.subarray(1, count + 1);
}

export function bufferOf(count: i32): ArrayBuffer {
  return typedOf(count).slice().buffer;
}

export function wordsOf(count: i32): string[] {
  return arrayOf(count).map<string>(value => "n" + value.toString());
}

export function perhaps(count: i32): Array<string | null> | null {
  if (count < 0) return null;
  let result = new Array<string | null>(count);
  for (let i = 0; i < count; i += 2) result[i] = i.toString();
  return result;
}

export function holes(): Array<string> {
  return new Array<string>(2);
}

export function not(values: bool[]): bool[] {
  return values.map<bool>(value => !value);
}

export function negated(values: Array<f32>): Array<f32> {
  return values.map<f32>(value => -value);
}

export function sumOfArray(values: Array<i32>): i32 {
  let result = 0;
  for (let i = 0; i < values.length; i++) result += values[i];
  values.push(1); // which may grow its buffer
  return result;
}

export function sumOfStatic(values: StaticArray<i32>): i32 {
  let result = 0;
  for (let i = 0; i < values.length; i++) result += values[i];
  return result;
}

export function sumOfTyped(values: Int32Array): i32 {
  return values.reduce((sum: i32, value: i32) => sum + value, 0);
}

export function sumOfBuffer(buffer: ArrayBuffer): i32 {
  return sumOfTyped(Int32Array.wrap(buffer));
}

export function joined(values: string[]): string {
  __collect();
  return values.join(",");
}

export function joinedStatic(values: StaticArray<string>): string {
  __collect();
  return values.join(",");
}

export function joinedPerhaps(values: Array<string | null> | null): string {
  if (values == null) return "nothing";
  let result = "";
  for (let i = 0; i < values.length; i++) {
    let value = values[i];
    result += value == null ? "-" : value;
  }
  return result;
}

// What the host makes must outlive the collections that its own allocations set off.
export function hosts(count: i32): i32 {
  let result = 0;
  for (let i = 0; i < 200; i++) {
    let texts = words(count);
    let fixed = statics(count);
    let values = numbers(count);
    let floats = views(count);
    for (let j = 0; j < count; j++) {
      if (texts[j] == "word " + j.toString() && fixed[j] == texts[j] && values[j] == j && floats[j] == <f64>j / 2) result++;
    }
  }
  __collect();
  return result;
}

export function passed(): i32 {
  let values = new Uint8Array(3);
  values.fill(7);
  let rest = new Array<u8>();
  rest.push(8);
  return bytes(values, rest);
}

export function unsigned(): Array<u32> {
  return [1, 2];
}
