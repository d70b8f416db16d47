import { writeAtomically } from "./write-atomically.mjs";

/**
 * Keeps the state of every engine in one JSON file: `{ <engine>: { status, detail, version?, sinceMs } }`, where `sinceMs`
 * is the time (ms since 1970) from which the status has held.
 */
export function statusFile(file, engines) {
  const states = Object.fromEntries(
    engines.map((name) => [name, { status: "starting", detail: "is being prepared", sinceMs: Date.now() }]),
  );
  const write = () => {
    try {
      writeAtomically(file, `${JSON.stringify(states, null, 2)}\n`);
    } catch (error) {
      console.error(`The status could not be written: ${error.message}`);
    }
  };
  write();
  return {
    get: (name) => states[name],
    set(name, { status, detail, version }) {
      const before = states[name];
      if (before?.status === status && before.detail === detail && before.version === version) return;
      const sinceMs = before?.status === status ? before.sinceMs : Date.now();
      states[name] = { status, detail, ...(version === undefined ? {} : { version }), sinceMs };
      write();
    },
  };
}
