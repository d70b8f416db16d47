/** What keys do while the text has the focus, and elsewhere in the room. */
export const COMMAND_KEYS = {
  run: { keys: "Ctrl Enter", label: "Run the statement at the cursor, or the selection" },
  runAll: { keys: "Ctrl Shift Enter", label: "Run all statements, up to the first failure" },
  cancel: { keys: "Ctrl .", label: "Cancel what runs" },
  preview: { keys: "Ctrl Shift P", label: "Preview the CTE or sub-query at the cursor" },
  explain: { keys: "Ctrl Shift E", label: "Plan of the statement at the cursor" },
  save: { keys: "Ctrl S", label: "Save as a saved query" },
  format: { keys: "Shift Alt F", label: "Format the text, or the selection" },
  open: { keys: "Alt N", label: "New text" },
  close: { keys: "Alt W", label: "Close the text" },
  reopen: { keys: "Alt Shift T", label: "Bring back the text that was closed last" },
  next: { keys: "Alt PageDown", label: "Next text" },
  previous: { keys: "Alt PageUp", label: "Text before" },
  problem: { keys: "F8", label: "Next problem" },
} as const;

export type EditorCommand = keyof typeof COMMAND_KEYS;
export type EditorCommands = Record<EditorCommand, () => void>;

type Press = Pick<KeyboardEvent, "key" | "code" | "ctrlKey" | "metaKey" | "shiftKey" | "altKey">;

/** `Ctrl Shift Enter`, as the sheet spells it. */
function spell({ key, code, ctrlKey, metaKey, shiftKey, altKey }: Press): string {
  // A letter with Alt is another sign on some keyboards; its place on the keyboard is not.
  const letter = /^Key([A-Z])$/.exec(code)?.[1];
  const name = letter ?? (code === "Period" ? "." : key);
  return [(ctrlKey || metaKey) && "Ctrl", shiftKey && "Shift", altKey && "Alt", name]
    .filter(Boolean)
    .join(" ");
}

/** The command that a key press means, or null. */
export function commandOf(press: Press): EditorCommand | null {
  const spelt = spell(press);
  const wanted = (command: EditorCommand) => {
    const keys: string[] = COMMAND_KEYS[command].keys.split(" ");
    const order = ["Ctrl", "Shift", "Alt"].filter((modifier) => keys.includes(modifier));
    return [...order, keys.at(-1)].join(" ");
  };
  return (Object.keys(COMMAND_KEYS) as EditorCommand[]).find((command) => wanted(command) === spelt) ?? null;
}
