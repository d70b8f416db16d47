import type { ConnectionDocument, ConnectionStream } from "./connection-document";

const LONGEST = 100;

/** The table that a stream of the connection `name` lands in: three parts, lower case. */
export function destinationTable(
  name: string,
  document: Pick<ConnectionDocument, "destination">,
  stream: Pick<ConnectionStream, "name" | "destination">,
): string {
  if (stream.destination !== undefined) return stream.destination;
  return `${document.destination ?? `lake.${identifier(name)}`}.${identifier(stream.name)}`;
}

/**
 * An identifier that reads like `text`: lower case without accents, `_` for whatever else. Where letters are lost (other
 * scripts, very long names) a short hash of `text` is added, so that two names stay two.
 */
export function identifier(text: string): string {
  const folded = text.normalize("NFKD").replaceAll(/\p{M}/gu, "").toLowerCase();
  const plain = folded.replaceAll(/[^a-z0-9]+/g, "_").replaceAll(/^_+|_+$/g, "");
  const losesLetters = /[^a-z0-9]/.test(folded.replaceAll(/[^\p{L}\p{N}]/gu, ""));
  const base = /^[0-9]/.test(plain) ? `_${plain}` : plain;
  if (base !== "" && base.length <= LONGEST && !losesLetters) return base;
  const stem = base.slice(0, LONGEST - 9) || "stream";
  return `${stem}_${shortHash(text)}`;
}

/** FNV-1a, 32 bits, in hexadecimal. */
function shortHash(text: string): string {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, "0");
}
