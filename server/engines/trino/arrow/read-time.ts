const MINUS = 0x2d;
const PLUS = 0x2b;
const ZERO = 0x30;
const POINT = 0x2e;
const COLON = 0x3a;

export const MICROS_PER_DAY = 86_400_000_000;

/** Reads dates and times as Trino writes them. `at` is where the next part begins. */
export class TimeReader {
  at = 0;
  private bytes: Uint8Array = new Uint8Array();
  private end = 0;

  start(bytes: Uint8Array, start: number, end: number): this {
    this.bytes = bytes;
    this.at = start;
    this.end = end;
    return this;
  }

  /** `2024-02-29`, with a sign and more digits for years outside of 0 to 9999; days since 1970, Gregorian throughout. */
  days(): number {
    const sign = this.sign();
    const year = sign * this.number();
    this.at += 1;
    const month = this.number();
    this.at += 1;
    const day = this.number();
    return daysFromCivil(year, month, day);
  }

  /** `23:59:59.999999`; microseconds since midnight. Digits past the sixth are left out. */
  micros(): number {
    const hours = this.number();
    this.at += 1;
    const minutes = this.number();
    let micros = (hours * 60 + minutes) * 60_000_000;
    if (this.byte() === COLON) {
      this.at += 1;
      micros += this.number() * 1_000_000;
    }
    if (this.byte() === POINT) {
      this.at += 1;
      micros += this.fraction();
    }
    return micros;
  }

  /** The zone behind a timestamp: `UTC`, `+02:00`, `Europe/Prague`. */
  zone(): string {
    const text = String.fromCharCode(...this.bytes.subarray(this.at, this.end));
    return text.trim();
  }

  /** Passes over the space between date and time. */
  space(): this {
    this.at += 1;
    return this;
  }

  private byte(): number {
    return this.at < this.end ? (this.bytes[this.at] ?? 0) : 0;
  }

  private sign(): number {
    const byte = this.byte();
    if (byte === MINUS || byte === PLUS) this.at += 1;
    return byte === MINUS ? -1 : 1;
  }

  private number(): number {
    let value = 0;
    for (let digit = this.byte() - ZERO; digit >= 0 && digit <= 9; digit = this.byte() - ZERO) {
      value = value * 10 + digit;
      this.at += 1;
    }
    return value;
  }

  private fraction(): number {
    let value = 0;
    let scale = 100_000;
    for (let digit = this.byte() - ZERO; digit >= 0 && digit <= 9; digit = this.byte() - ZERO) {
      value += digit * scale;
      scale = Math.floor(scale / 10);
      this.at += 1;
    }
    return value;
  }
}

/** Howard Hinnant's `days_from_civil`. */
export function daysFromCivil(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}
