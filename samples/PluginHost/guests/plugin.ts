// What a plugin in AssemblyScript shares with the host. A string is an address and a number of bytes of UTF-8.
@external("host", "log") declare function hostLog(message: usize, length: usize): void;

export function log(message: string): void {
  const bytes = String.UTF8.encode(message);
  hostLog(changetype<usize>(bytes), bytes.byteLength);
}

// The host's function, by its number in the table.
export function report(reporter: u32, line: i32, message: string): void {
  const bytes = String.UTF8.encode(message);
  call_indirect<void>(reporter, line, changetype<usize>(bytes), bytes.byteLength);
}

const area = memory.data(12);
let adviceBytes = new ArrayBuffer(0); // kept, for the host reads it after the call

export function summary(findings: i32, advice: string): usize {
  adviceBytes = String.UTF8.encode(advice);
  store<i32>(area, findings);
  store<usize>(area, changetype<usize>(adviceBytes), 4);
  store<usize>(area, adviceBytes.byteLength, 8);
  return area;
}

// The host allocates here what it passes to the plugin, and frees it after the call.
export function allocate(size: usize, alignment: usize): usize {
  return heap.alloc(size);
}

export function release(address: usize, size: usize, alignment: usize): void {
  heap.free(address);
}
