const MASK = "******";
/** Shorter texts than this are in every log line; masking them would hide the log and protect nothing. */
const SHORTEST = 3;
const SECRET_KEY = /key|secret|token|password|credential/i;

/**
 * The texts that must not be shown where `secrets` are in use: each secret, its lines, its JSON and URL spellings, and
 * where it is JSON itself its fields that are named like secrets. Longest first.
 */
export function secretTexts(secrets: Iterable<string>): string[] {
  const texts = new Set<string>();
  const add = (text: string) => {
    const trimmed = text.trim();
    if (trimmed.length < SHORTEST) return;
    for (const spelling of [text, trimmed, JSON.stringify(trimmed).slice(1, -1), safeEncode(trimmed)])
      texts.add(spelling);
  };
  for (const secret of secrets) {
    add(secret);
    for (const line of secret.split(/\r?\n/)) if (line.trim().length >= 12) add(line);
    for (const leaf of secretLeaves(parseJson(secret))) {
      add(leaf);
      for (const line of leaf.split(/\r?\n/)) if (line.trim().length >= 12) add(line);
    }
  }
  return [...texts].sort((a, b) => b.length - a.length);
}

/** `text` with every one of `hidden` (see `secretTexts`) replaced by asterisks. */
export function maskSecrets(text: string, hidden: readonly string[]): string {
  let masked = text;
  for (const each of hidden) masked = masked.replaceAll(each, MASK);
  return masked;
}

/** The same in all texts of a JSON value, its keys too. */
export function maskDeep<T>(value: T, hidden: readonly string[]): T {
  return hidden.length === 0 ? value : (deep(value, hidden) as T);
}

function deep(value: unknown, hidden: readonly string[]): unknown {
  if (typeof value === "string") return maskSecrets(value, hidden);
  if (Array.isArray(value)) return value.map((each) => deep(each, hidden));
  if (typeof value === "object" && value !== null && !(value instanceof Date)) {
    return Object.fromEntries(
      Object.entries(value).map(([key, each]) => [maskSecrets(key, hidden), deep(each, hidden)]),
    );
  }
  return value;
}

function secretLeaves(value: unknown, key = ""): string[] {
  if (typeof value === "string") return SECRET_KEY.test(key) ? [value] : [];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, each]) =>
    secretLeaves(each, Array.isArray(value) ? key : name),
  );
}

function parseJson(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return null;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** A lone surrogate has no URL spelling. */
function safeEncode(text: string): string {
  try {
    return encodeURIComponent(text);
  } catch {
    return text;
  }
}
