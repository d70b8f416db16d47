const WORD = 0x1_0000_0000;

/** Writes an integer of 53 bits as 64 bits into two words, the low one first. */
export function putWords(words: Int32Array, index: number, value: number): void {
  if (value >= 0 && value <= 0x7fff_ffff) {
    words[index] = value;
    words[index + 1] = 0;
    return;
  }
  const high = Math.floor(value / WORD);
  words[index] = value - high * WORD;
  words[index + 1] = high;
}

/** Writes an integer of any size as so many words. */
export function putBigint(words: Int32Array, index: number, value: bigint, count: number): void {
  for (let word = 0; word < count; word += 1) {
    words[index + word] = Number(BigInt.asIntN(32, value >> BigInt(32 * word)));
  }
}
