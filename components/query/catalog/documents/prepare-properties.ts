export type ReadProperties = { properties: Record<string, string> } | { problem: string };

/** Reads `name = value`, one a line, as Trino's own files have them. Empty lines and those that begin with # are passed over. */
export function readProperties(text: string): ReadProperties {
  const properties = new Map<string, string>();
  for (const [at, line] of text.split("\n").entries()) {
    const trimmed = line.trim();
    if (trimmed === "" || trimmed.startsWith("#")) continue;
    const split = trimmed.indexOf("=");
    const name = trimmed.slice(0, split).trim();
    if (split < 1 || name === "") return { problem: `Line ${at + 1} is not of the form name = value.` };
    if (properties.has(name)) return { problem: `Line ${at + 1} sets ${name} a second time.` };
    properties.set(name, trimmed.slice(split + 1).trim());
  }
  return { properties: Object.fromEntries(properties) };
}

/** Properties as `readProperties` takes them. */
export const spellProperties = (properties: Readonly<Record<string, string>>): string =>
  Object.entries(properties)
    .map(([name, value]) => `${name} = ${value}`)
    .join("\n");
