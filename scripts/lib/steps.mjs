/** One line a step, with its time. `work` may return a text that is added to the line. */
export async function step(name, work, write = console.log) {
  const started = performance.now();
  const detail = await work();
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  write(`${name.padEnd(24)} ${`${seconds} s`.padStart(8)}${typeof detail === "string" ? `  ${detail}` : ""}`);
}
