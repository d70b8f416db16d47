import { Failure } from "../../domain/shared/failure";

/**
 * The database holds no text with the character NUL, and no engine reads a statement with one.
 * Failures: `invalid_input`, with the place of the first.
 */
export function refuseNul(value: unknown, pointer = ""): void {
  if (typeof value === "string") {
    if (!value.includes("\0")) return;
    const message = "The text holds the character NUL (U+0000), which cannot be kept.";
    throw new Failure("invalid_input", message, {
      hint: "Remove it.",
      errors: [{ pointer: pointer === "/sql" ? `/sql/${value.indexOf("\0")}` : pointer, message }],
    });
  }
  if (typeof value !== "object" || value === null) return;
  for (const [name, inner] of Object.entries(value)) refuseNul(inner, `${pointer}/${name}`);
}
