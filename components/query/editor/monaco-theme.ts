import type { MonacoApi } from "./load-monaco";

const NAME = "benchwright";

/** The design's colours as they are now, for Monaco, which knows no custom properties. */
function paint(monaco: MonacoApi): void {
  const style = getComputedStyle(document.documentElement);
  const colour = (token: string) => style.getPropertyValue(`--${token}`).trim();
  const rule = (token: string, name: string) => ({ token, foreground: colour(name).slice(1) });
  monaco.editor.defineTheme(NAME, {
    base: document.documentElement.dataset.theme === "dark" ? "vs-dark" : "vs",
    inherit: true,
    rules: [
      rule("", "syn-id"),
      rule("identifier", "syn-id"),
      rule("keyword", "syn-key"),
      rule("type", "syn-key"),
      rule("function", "syn-fn"),
      rule("string", "syn-str"),
      rule("number", "syn-num"),
      rule("comment", "syn-com"),
      rule("operator", "syn-id"),
      rule("delimiter", "syn-id"),
      rule("parameter", "warn"),
    ],
    colors: {
      "editor.background": colour("panel"),
      "editor.foreground": colour("ink"),
      "editorLineNumber.foreground": colour("ink-3"),
      "editorLineNumber.activeForeground": colour("ink"),
      "editorCursor.foreground": colour("accent"),
      "editor.selectionBackground": colour("select"),
      "editor.inactiveSelectionBackground": colour("select"),
      "editor.lineHighlightBackground": "#00000000",
      "editor.lineHighlightBorder": "#00000000",
      "editorBracketMatch.background": colour("select"),
      "editorBracketMatch.border": colour("ctl"),
      "editorBracketHighlight.foreground1": colour("syn-id"),
      "editorBracketHighlight.foreground2": colour("syn-id"),
      "editorBracketHighlight.foreground3": colour("syn-id"),
      "editorError.foreground": colour("err"),
      "editorWarning.foreground": colour("warn"),
      "editorWidget.background": colour("raised"),
      "editorWidget.foreground": colour("ink"),
      "editorWidget.border": colour("ctl"),
      "editorHoverWidget.background": colour("raised"),
      "editorHoverWidget.border": colour("ctl"),
      "editorSuggestWidget.background": colour("raised"),
      "editorSuggestWidget.border": colour("ctl"),
      "editorSuggestWidget.selectedBackground": colour("select"),
      "editorSuggestWidget.selectedForeground": colour("ink"),
      "editorSuggestWidget.highlightForeground": colour("accent"),
      "editorSuggestWidget.focusHighlightForeground": colour("accent"),
      "editorCodeLens.foreground": colour("ink-3"),
      "scrollbarSlider.background": `${colour("ctl")}66`,
      "scrollbarSlider.hoverBackground": `${colour("ctl")}99`,
      "scrollbarSlider.activeBackground": colour("ctl"),
      "editorOverviewRuler.border": colour("line"),
      focusBorder: colour("accent"),
      "input.background": colour("raised"),
      "input.foreground": colour("ink"),
      "input.border": colour("ctl"),
    },
  });
  monaco.editor.setTheme(NAME);
}

/** Gives Monaco the design's colours, now and whenever the theme changes; gives the function that ends this. */
export function followTheme(monaco: MonacoApi): () => void {
  paint(monaco);
  const watcher = new MutationObserver(() => paint(monaco));
  watcher.observe(document.documentElement, { attributeFilter: ["data-theme"] });
  return () => watcher.disconnect();
}
