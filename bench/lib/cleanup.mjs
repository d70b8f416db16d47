/** What was started and not yet stopped; the newest is stopped first. */
const pending = [];

/** Registers a stop; the returned function stops now and forgets it. Each stop runs once. */
export function onCleanup(stop) {
  const entry = { stop };
  pending.push(entry);
  return async () => {
    const at = pending.indexOf(entry);
    if (at < 0) return;
    pending.splice(at, 1);
    await stop();
  };
}

/** Stops everything that is still running. A stop that fails is reported and does not keep the others from running. */
export async function cleanUp() {
  while (pending.length > 0) {
    const { stop } = pending.pop();
    await stop().catch((error) => console.error(`  could not stop: ${error.message}`));
  }
}
