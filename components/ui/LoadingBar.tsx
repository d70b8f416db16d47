/** The 2 px bar on a panel's top edge, visible after 300 ms. The old content stays below it. */
export function LoadingBar({ label = "Loading" }: { label?: string }) {
  return (
    <div
      aria-label={label}
      className="pointer-events-none absolute inset-x-0 top-0 z-10 h-0.5 animate-[loading-show_0s_300ms_both] overflow-hidden"
      role="progressbar"
    >
      <div className="h-full w-1/4 animate-[loading-bar_1.2s_linear_infinite] bg-accent" />
    </div>
  );
}
