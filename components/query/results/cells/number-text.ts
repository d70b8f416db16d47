/** A decimal from its unscaled digits: (123456n, 2) → `1234.56`. */
export function decimalText(unscaled: bigint, scale: number): string {
  if (scale <= 0) return String(unscaled * 10n ** BigInt(-scale));
  const digits = String(unscaled < 0n ? -unscaled : unscaled).padStart(scale + 1, "0");
  const split = digits.length - scale;
  return `${unscaled < 0n ? "-" : ""}${digits.slice(0, split)}.${digits.slice(split)}`;
}

/** The shortest text that reads back as the same number; `isSingle` for a number of 32 bits. −0 keeps its sign. */
export function floatText(value: number, isSingle: boolean): string {
  if (Object.is(value, -0)) return "-0";
  if (!isSingle || !Number.isFinite(value)) return String(value);
  for (let digits = 6; digits < 9; digits += 1) {
    const shorter = Number(value.toPrecision(digits));
    if (Math.fround(shorter) === value) return String(shorter);
  }
  return String(Number(value.toPrecision(9)));
}
