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

type Container = { key: string; index: number; isArray: boolean };

/** How many parts of the path the open containers spell; -1 where they leave it. */
function depthOn(path: string[], open: Container[]): number {
  const here = open.map((one) => (one.isArray ? String(one.index) : one.key));
  return here.every((part, index) => part === path[index]) ? here.length : -1;
}

/** Walks the tokens of sound JSON and remembers the deepest value on the path. */
function offsetOf(text: string, path: string[]): number {
  const open: Container[] = [];
  let best = { depth: -1, offset: 0 };
  let expectsKey = false;
  const note = (offset: number) => {
    const depth = depthOn(path, open);
    if (depth > best.depth) best = { depth, offset };
  };
  for (const match of text.matchAll(TOKEN)) {
    const [token] = match;
    const top = open.at(-1);
    switch (token) {
      case "{":
      case "[":
        note(match.index);
        open.push({ key: "", index: 0, isArray: token === "[" });
        expectsKey = token === "{";
        break;
      case "}":
      case "]":
        open.pop();
        expectsKey = false;
        break;
      case ",":
        if (top) top.index += 1;
        expectsKey = top?.isArray === false;
        break;
      case ":":
        expectsKey = false;
        break;
      default:
        if (expectsKey && top) top.key = JSON.parse(token) as string;
        else note(match.index);
    }
  }
  return best.offset;
}
