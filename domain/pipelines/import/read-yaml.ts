import { parseAllDocuments } from "yaml";
import { Failure } from "../../shared/failure";
import { isObject, type Json } from "./json";

const MOST_CHARACTERS = 1_000_000;
const MOST_ALIASES = 100;
const DEEPEST = 100;

/** The objects of a YAML text. Failures: `invalid_input`; `resource_exhausted` where it is too large or unfolds too far. */
export function readYaml(text: string): Json[] {
  if (text.length > MOST_CHARACTERS) throw tooLarge("The text is larger than 1 MB.");
  refuseDepth(text);
  try {
    const documents = [...parseAllDocuments(text, { uniqueKeys: true, logLevel: "silent" })];
    const mistake = documents.flatMap(({ errors }) => errors)[0];
    if (mistake !== undefined) {
      throw new Failure("invalid_input", `This is no YAML: ${mistake.message.split("\n")[0] ?? ""}`);
    }
    return documents.map((each) => each.toJS({ maxAliasCount: MOST_ALIASES }) as unknown).filter(isObject);
  } catch (error) {
    if (error instanceof Failure) throw error;
    if (error instanceof RangeError || error instanceof ReferenceError)
      throw tooLarge("The text unfolds too far.");
    throw new Failure("invalid_input", "This is no YAML.", { cause: error });
  }
}

/** Deep texts are refused before anything recurses: by brackets within each other, and by columns. */
function refuseDepth(text: string): void {
  let depth = 0;
  for (const line of text.split("\n")) {
    const indent = line.length - line.trimStart().length;
    const dashes = /^(\s*-\s)+/.exec(line)?.[0].split("-").length ?? 0;
    if (indent > 10 * DEEPEST || dashes > DEEPEST) throw tooLarge("The text is nested too deeply.");
  }
  for (const character of text) {
    if (character === "[" || character === "{") depth += 1;
    else if (character === "]" || character === "}") depth = Math.max(0, depth - 1);
    if (depth > 10 * DEEPEST) throw tooLarge("The text is nested too deeply.");
  }
}

const tooLarge = (message: string) =>
  new Failure("resource_exhausted", message, { hint: "Import one pipeline at a time." });
