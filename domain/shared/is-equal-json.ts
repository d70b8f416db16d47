/** Whether two JSON values say the same. The order of fields is nothing; a field that is undefined is not there. */
export function isEqualJson(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return a === b;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((each, index) => isEqualJson(each, b[index]));
  const [left, right] = [fieldsOf(a), fieldsOf(b)];
  return (
    left.length === right.length &&
    left.every(
      ([key, each]) => Object.hasOwn(b, key) && isEqualJson(each, (b as Record<string, unknown>)[key]),
    )
  );
}

const fieldsOf = (value: object): [string, unknown][] =>
  Object.entries(value).filter(([, each]) => each !== undefined);
