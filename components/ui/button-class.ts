import { classNames } from "./class-names";

export type ButtonKind = "primary" | "plain" | "quiet" | "danger";
export type ButtonSize = "normal" | "large";

const KINDS: Record<ButtonKind, string> = {
  primary: "bg-accent border-accent text-on-accent hover:bg-accent-hover hover:border-accent-hover",
  plain: "bg-raised border-ctl text-ink hover:bg-hover",
  quiet:
    "border-transparent text-ink-2 hover:bg-hover hover:text-ink aria-pressed:bg-select aria-pressed:text-ink",
  danger: "bg-raised border-err text-err hover:bg-err-wash",
};

/** The looks of a button, for links that look like one too. */
export function buttonClass(kind: ButtonKind = "plain", size: ButtonSize = "normal", isOff = false): string {
  return classNames(
    "inline-flex select-none items-center justify-center gap-1.5 whitespace-nowrap rounded-2 border font-medium",
    "text-13 no-underline transition-colors duration-[var(--t-fast)]",
    size === "normal" ? "h-[26px] px-2.5" : "h-8 px-4",
    isOff ? "cursor-not-allowed border-dashed border-ctl bg-transparent text-ink-3" : KINDS[kind],
  );
}
