/**
 * Puts a text that is still being made on the clipboard. It is handed over as a promise, so that the browser counts it to the
 * key press however long the rows take.
 */
export async function writeClipboard(text: Promise<string>): Promise<void> {
  if (typeof ClipboardItem === "undefined") {
    await navigator.clipboard.writeText(await text);
    return;
  }
  const blob = text.then((value) => new Blob([value], { type: "text/plain" }));
  const item = new ClipboardItem({ "text/plain": blob });
  try {
    await navigator.clipboard.write([item]);
  } catch (error) {
    // A browser says only that the promise failed; the reason is the promise's own.
    await text;
    throw error;
  }
}
