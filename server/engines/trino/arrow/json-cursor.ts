const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const N = 0x6e;
const MINUS = 0x2d;
const POINT = 0x2e;
const ZERO = 0x30;
const NINE = 0x39;
const COMMA = 0x2c;
const CLOSE_ARRAY = 0x5d;
const SAFE_DIGITS = 15;

/** Reads JSON from bytes in place, one value after the other. It trusts the sender: the text is Trino's own. */
export class JsonCursor {
  at = 0;

  constructor(readonly bytes: Uint8Array) {}

  /** The next byte that is no white space, without taking it. */
  peek(): number {
    const { bytes } = this;
    let byte = bytes[this.at] ?? 0;
    while (byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09) {
      this.at += 1;
      byte = bytes[this.at] ?? 0;
    }
    return byte;
  }

  /** Takes `byte` where it comes next. */
  take(byte: number): boolean {
    if (this.peek() !== byte) return false;
    this.at += 1;
    return true;
  }

  expect(byte: number): void {
    if (!this.take(byte)) throw new SyntaxError(`The page is no JSON at byte ${this.at}.`);
  }

  /** Takes `null` where it comes next. */
  takeNull(): boolean {
    if (this.peek() !== N) return false;
    this.at += 4;
    return true;
  }

  /**
   * Takes a scalar: a text without its quotes, a number or a word. Returns where it begins; it ends before `this.end`.
   * `this.isEscaped` says that the text holds escapes.
   */
  scalar(): number {
    const { bytes } = this;
    if (this.peek() === QUOTE) {
      const start = this.at + 1;
      let at = start;
      let isEscaped = false;
      for (let byte = bytes[at]; byte !== QUOTE; byte = bytes[at]) {
        if (byte === undefined) throw new SyntaxError("The page breaks off within a text.");
        if (byte === BACKSLASH) {
          isEscaped = true;
          at += 1;
        }
        at += 1;
      }
      this.isEscaped = isEscaped;
      this.end = at;
      this.at = at + 1;
      return start;
    }
    const start = this.at;
    let at = start;
    for (let byte = bytes[at]; byte !== undefined && !isDelimiter(byte); byte = bytes[at]) at += 1;
    if (at === start) throw new SyntaxError(`The page is no JSON at byte ${at}.`);
    this.isEscaped = false;
    this.end = at;
    this.at = at;
    return start;
  }

  end = 0;
  isEscaped = false;
  /** Digits behind the point of what `digits` took. */
  decimals = 0;

  /**
   * Takes a number, or a text that is one, and returns its digits without the point. Returns NaN and takes nothing where
   * there are more digits than a number holds exactly, or anything but digits.
   */
  digits(): number {
    const { bytes } = this;
    let at = this.at;
    const isQuoted = bytes[at] === QUOTE;
    if (isQuoted) at += 1;
    const isNegative = bytes[at] === MINUS;
    if (isNegative) at += 1;
    const first = at;
    let point = -1;
    let value = 0;
    let byte = bytes[at] as number;
    for (; (byte >= ZERO && byte <= NINE) || byte === POINT; byte = bytes[at] as number) {
      if (byte === POINT) point = at;
      else value = value * 10 + (byte - ZERO);
      at += 1;
    }
    // Zeros in front count too: what they would make is left to the slower way.
    const length = at - first - (point < 0 ? 0 : 1);
    if (length === 0 || length > SAFE_DIGITS || !endsNumber(byte, isQuoted)) return Number.NaN;
    this.at = isQuoted ? at + 1 : at;
    this.decimals = point < 0 ? 0 : at - point - 1;
    return isNegative ? -value : value;
  }

  /** The text of the scalar that was taken last, from `start`. */
  text(start: number): string {
    const raw = decode(this.bytes.subarray(start, this.end));
    return this.isEscaped ? (JSON.parse(`"${raw}"`) as string) : raw;
  }

  /** Passes over a value, however deep. Returns where it began. */
  skip(): number {
    this.peek();
    const start = this.at;
    let depth = 0;
    do {
      const byte = this.peek();
      if (byte === 0x5b || byte === 0x7b) {
        depth += 1;
        this.at += 1;
      } else if (byte === 0x5d || byte === 0x7d) {
        depth -= 1;
        this.at += 1;
      } else if (byte === 0x2c || byte === 0x3a) this.at += 1;
      else this.scalar();
    } while (depth > 0);
    return start;
  }
}

const endsNumber = (byte: number, isQuoted: boolean): boolean =>
  isQuoted ? byte === QUOTE : byte === COMMA || byte === CLOSE_ARRAY;

const isDelimiter = (byte: number): boolean =>
  byte === 0x2c || byte === 0x5d || byte === 0x7d || byte === 0x3a || byte <= 0x20;

const decoder = new TextDecoder();
export const decode = (bytes: Uint8Array): string => decoder.decode(bytes);
