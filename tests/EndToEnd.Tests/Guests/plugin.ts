// A plug-in against plugin/plugin.ts, which is written from C# classes. Built by build.sh.
import { halves, joinAll, PluginColor, rejectAll } from "./plugin/plugin";

export function run(text: string): string {
  return joinAll([text, "zwei", "3"], "-") + joinAll(["a", "b"], null);
}

export function fail(code: i32): i32 {
  rejectAll(code);
  return 0;
}

export function sumOfHalves(end: i32): f64 {
  let values = new Array<i32>();
  for (let i = 1; i <= end; i++) values.push(i);
  let results = halves(values, PluginColor.DarkBlue);
  let sum = 0.0;
  for (let i = 0; i < results.length; i++) sum += results[i];
  return sum;
}
