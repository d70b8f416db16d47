/**
 * The line (from 1) of JSON text at which the value of a JSON pointer stands, or of the nearest value around it.
 * Null where the text is no JSON.
 */
export function locatePointer(text: string, pointer: string): number | null {
  try {
    JSON.parse(text);
  } catch {
    return null;
  }
  const path = pointer
    .split("/")
    .slice(1)
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
  const offset = offsetOf(text, path);
  return text.slice(0, offset).split("\n").length;
}

const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g;

/** Walks the tokens of sound JSON and remembers the deepest value on the path. */
function offsetOf(text: string, path: string[]): number {
  const open: { key: string; index: number; isArray: boolean }[] = [];
  let best = { depth: -1, offset: 0 };
  let expectsKey = false;
  const note = (offset: number) => {
    const here = open.map((one) => (one.isArray ? String(one.index) : one.key));
    const matches = here.length <= path.length && here.every((part, index) => part === path[index]);
    if (matches && here.length > best.depth) best = { depth: here.length, offset };
  };
  for (const match of text.matchAll(TOKEN)) {
    const [token] = match;
    const top = open.at(-1);
    if (token === "{" || token === "[") {
      note(match.index);
      open.push({ key: "", index: 0, isArray: token === "[" });
      expectsKey = token === "{";
    } else if (token === "}" || token === "]") {
      open.pop();
      expectsKey = false;
    } else if (token === "," && top) {
      top.index += 1;
      expectsKey = !top.isArray;
    } else if (token === ":") {
      expectsKey = false;
    } else if (expectsKey && top) {
      top.key = JSON.parse(token) as string;
    } else {
      note(match.index);
    }
  }
  return best.offset;
}
