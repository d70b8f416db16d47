/** A histogram, or the most frequent values, as small bars. Drawn from `heights`, shares of the highest. */
export function MiniBars({ heights, isCategorical }: { heights: readonly number[]; isCategorical: boolean }) {
  return (
    <svg
      aria-hidden="true"
      className={isCategorical ? "h-[22px] w-full fill-line-2" : "h-[22px] w-full fill-ctl"}
      preserveAspectRatio="none"
      viewBox={`0 0 ${Math.max(1, heights.length)} 1`}
    >
      {heights.map((height, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a bar is told by its place
        <rect height={height} key={place} width={0.86} x={place + 0.07} y={1 - height} />
      ))}
    </svg>
  );
}
