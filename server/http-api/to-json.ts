/** A value as JSON knows it: times RFC 3339 in UTC, bigints as strings, maps as objects, sets as arrays. */
export function toJson(value: unknown): unknown {
  const text = JSON.stringify(value, (_key, inner: unknown) => {
    if (typeof inner === "bigint") return inner.toString();
    if (inner instanceof Map) return Object.fromEntries(inner);
    if (inner instanceof Set) return [...inner];
    return inner;
  });
  return text === undefined ? null : JSON.parse(text);
}
