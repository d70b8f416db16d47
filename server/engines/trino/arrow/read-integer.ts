const MINUS = 0x2d;
const ZERO = 0x30;
const POINT = 0x2e;
const SAFE_DIGITS = 15;

/** Powers of ten that a double holds exactly. */
const POWERS = Array.from({ length: 23 }, (_, exponent) => 10 ** exponent);
const powerOfTen = (exponent: number): number => POWERS[exponent] ?? Number.NaN;

/**
 * The digits in `[start, end)`, without point and sign, as a number; NaN where there are more than a number holds
 * exactly, or anything but digits.
 */
export function readDigits(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  const isNegative = bytes[at] === MINUS;
  if (isNegative) at += 1;
  let value = 0;
  let digits = 0;
  for (; at < end; at += 1) {
    const byte = bytes[at] as number;
    if (byte === POINT) continue;
    const digit = byte - ZERO;
    if (digit < 0 || digit > 9) return Number.NaN;
    if (value !== 0 || digit !== 0) digits += 1;
    value = value * 10 + digit;
  }
  if (digits > SAFE_DIGITS) return Number.NaN;
  return isNegative ? -value : value;
}

/** The double that is nearest to a number as JSON has it. */
export function readDouble(bytes: Uint8Array, start: number, end: number): number {
  let point = -1;
  for (let at = start; at < end; at += 1) if (bytes[at] === POINT) point = at;
  const mantissa = readDigits(bytes, start, end);
  const decimals = point < 0 ? 0 : end - point - 1;
  // Both are exact, so the quotient is the nearest double. Zero may be negative, which digits do not tell.
  if (mantissa !== 0 && !Number.isNaN(mantissa) && decimals <= 22) return mantissa / powerOfTen(decimals);
  return Number(String.fromCharCode(...bytes.subarray(start, end)));
}

const WORD = 0x1_0000_0000;

/** Writes an integer of 53 bits as 64 bits into two words, the low one first. */
export function putWords(words: Int32Array, index: number, value: number): void {
  const high = Math.floor(value / WORD);
  words[index] = value - high * WORD;
  words[index + 1] = high;
}
