const TEXT_OR_NUMBER = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
const LARGE = /^-?\d{16,}$/;

/** Parses JSON; integers of 16 digits and more, which a number cannot hold exactly, come as text. */
export function parseExactJson(json: string): unknown {
  return JSON.parse(json.replace(TEXT_OR_NUMBER, (found) => (LARGE.test(found) ? `"${found}"` : found)));
}

/** Writes JSON; the texts that are whole numbers at `snapshot_id` and `from_snapshot_id` become integers. */
export function exactJson(value: object): string {
  return JSON.stringify(value).replace(/"((?:\w+_)?snapshot_id|expected_main)":"(-?\d+)"/g, '"$1":$2');
}
