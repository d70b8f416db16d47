const isUpper = (code: number): boolean => code >= 65 && code <= 90;
const isDigit = (code: number): boolean => code >= 48 && code <= 57;
const isLetter = (code: number): boolean => isUpper(code) || (code >= 97 && code <= 122) || code > 127;

/** The words of a name, in lower case: `order_items`, `orderItems` and `order2items` have two or three. */
export function wordsOf(name: string): string[] {
  const words: string[] = [];
  const lower = name.toLowerCase();
  let start = -1;
  for (let at = 0; at <= name.length; at += 1) {
    const code = name.charCodeAt(at);
    const before = at === 0 ? 0 : name.charCodeAt(at - 1);
    const isPart = isLetter(code) || isDigit(code);
    const begins =
      isPart && (start === -1 || isDigit(code) !== isDigit(before) || (isUpper(code) && !isUpper(before)));
    if (start !== -1 && (!isPart || begins)) {
      words.push(lower.slice(start, at));
      start = -1;
    }
    if (begins) start = at;
  }
  return words;
}

/**
 * How well a name answers what was typed: 0 for not at all, more for better. In this order: the same, a beginning, the
 * beginning of a word, beginnings of words in turn (`oi`, `ord_it` for `order_items`), a part, a beginning with one letter
 * wrong, missing, too many or two swapped (from four letters on), and letters in turn.
 */
export function matchName(typed: string, name: string): number {
  if (typed === "") return 1;
  const wanted = typed.toLowerCase();
  const own = name.toLowerCase();
  const short = 1 / (1 + own.length);
  if (own.startsWith(wanted)) return own.length === wanted.length ? 8 : 7 + short;
  const slip = wanted.length >= 4 && isOneOff(wanted, own) ? 3 + short : 0;
  if (!lettersInTurn(wanted, own)) return slip;
  const words = wordsOf(name);
  if (words.some((word) => word.startsWith(wanted))) return 6 + short;
  if (beginWords(wordsOf(wanted).join(""), words, 0)) return 5 + short;
  if (own.includes(wanted)) return 4 + short;
  return slip > 0 || wanted.length < 2 ? slip : 2 + short;
}

function lettersInTurn(wanted: string, own: string): boolean {
  let place = 0;
  for (let at = 0; at < wanted.length; at += 1) {
    place = own.indexOf(wanted.charAt(at), place) + 1;
    if (place === 0) return false;
  }
  return true;
}

/** Whether `letters` is made of beginnings of words, in their order. */
function beginWords(letters: string, words: string[], from: number): boolean {
  if (letters === "") return true;
  for (let index = from; index < words.length; index += 1) {
    const word = words[index] ?? "";
    let shared = 0;
    while (shared < word.length && shared < letters.length && word[shared] === letters[shared]) shared += 1;
    for (; shared > 0; shared -= 1) {
      if (beginWords(letters.slice(shared), words, index + 1)) return true;
    }
  }
  return false;
}

/** Whether `own` begins with what `wanted` is after one slip of the hand. */
function isOneOff(wanted: string, own: string): boolean {
  let at = 0;
  while (at < wanted.length && wanted[at] === own[at]) at += 1;
  const rest = wanted.slice(at);
  const isSwapped =
    rest.length > 1 &&
    rest[0] === own[at + 1] &&
    rest[1] === own[at] &&
    own.startsWith(rest.slice(2), at + 2);
  const later = rest.slice(1);
  return (
    isSwapped || own.startsWith(later, at) || own.startsWith(rest, at + 1) || own.startsWith(later, at + 1)
  );
}
