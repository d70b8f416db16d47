import { Failure } from "../../domain/shared/failure";

/** NUL, and half of a pair of surrogates. */
const NO_TEXT = /[\0\p{Cs}]/u;

/**
 * The database holds no text with the character NUL or half of a character, and no engine reads a statement with one.
 * Failures: `invalid_input`, with the place of the first.
 */
export function refuseBrokenText(value: unknown, pointer = ""): void {
  if (typeof value === "string") {
    const offset = value.search(NO_TEXT);
    if (offset < 0) return;
    const what =
      value[offset] === "\0" ? "the character NUL (U+0000)" : "half of a character (a lone surrogate)";
    const message = `The text holds ${what}, which cannot be kept.`;
    throw new Failure("invalid_input", message, {
      hint: "Remove it.",
      errors: [{ pointer: pointer === "/sql" ? `/sql/${offset}` : pointer, message }],
    });
  }
  if (typeof value !== "object" || value === null) return;
  for (const [name, inner] of Object.entries(value)) refuseBrokenText(inner, `${pointer}/${name}`);
}
