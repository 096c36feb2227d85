// Reports lines that begin with a small letter.
import { log, report, summary } from "./plugin";
export { allocate, release } from "./plugin";

export function review(name: usize, nameLength: usize, body: usize, length: usize, reporter: u32): usize {
  const lines = String.UTF8.decodeUnsafe(body, length).split("\n");
  let findings = 0;
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i];
    if (line.length > 0 && line.charAt(0) != line.charAt(0).toUpperCase()) {
      report(reporter, i + 1, line.split(" ")[0]);
      findings++;
    }
  }
  log(lines.length.toString() + " lines");
  return summary(findings, "Begin with a capital.");
}
