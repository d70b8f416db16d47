/** A name that a title suggests: `Weekly sales, 2026` → `weekly-sales-2026`. */
export const nameOfTitle = (title: string): string =>
  title
    .normalize("NFC")
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, "-")
    .replace(/^[-\p{M}]+|-+$/gu, "")
    .slice(0, 100);
