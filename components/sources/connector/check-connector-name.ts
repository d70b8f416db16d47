const NAME = /^source-[a-z0-9]+(-[a-z0-9]+)*$/;

/** Why a text cannot be a connector's name, and what it should be; null where it can. */
export function checkConnectorName(text: string): string | null {
  if (NAME.test(text)) return null;
  if (text === "") return "Write the connector's name, for example source-stripe.";
  const folded = text
    .toLowerCase()
    .replace(/^airbyte-/, "")
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-+|-+$/g, "");
  const guess = folded.startsWith("source-") ? folded : `source-${folded}`;
  return `A connector is called source- and a name in lower case${NAME.test(guess) ? `, such as ${guess}` : ""}.`;
}
