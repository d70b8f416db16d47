/** The looks of a field of several lines. */
export const AREA_CLASS =
  "w-full min-w-0 resize-y rounded-2 border border-ctl bg-raised px-2 py-1 font-mono text-12 text-ink";
