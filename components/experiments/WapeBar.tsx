import { formatShare } from "@/components/ui/format";
import { BASELINES, type CategoryRow, forecasterName } from "./prepare-category-rows";

const WIDTH = 96;

/** The model's WAPE as a bar from 0, both baselines as ticks on it; one scale for the whole table. */
export function WapeBar({ row, scaleTop }: { row: CategoryRow; scaleTop: number }) {
  const x = (share: number) => (scaleTop > 0 ? (share / scaleTop) * WIDTH : 0);
  const words = [
    `model ${formatShare(row.wape)}`,
    ...BASELINES.map(
      (name) => `${forecasterName(name).toLowerCase()} ${formatShare(row.baselineWape[name])}`,
    ),
  ].join(", ");
  return (
    <svg aria-label={words} height={14} role="img" width={WIDTH + 4}>
      <title>{words}</title>
      <path d={`M0 .5H${WIDTH}`} stroke="var(--line)" transform="translate(0 12)" />
      {row.wape !== null && <rect fill="var(--c1)" height={6} width={Math.max(1, x(row.wape))} x={0} y={4} />}
      {BASELINES.map((name) => {
        const wape = row.baselineWape[name];
        return wape === null ? null : (
          <path
            d={`M${x(wape)} 1V13`}
            key={name}
            stroke={name === "seasonal_naive" ? "var(--c6)" : "var(--c4)"}
            strokeWidth={2}
          />
        );
      })}
    </svg>
  );
}
