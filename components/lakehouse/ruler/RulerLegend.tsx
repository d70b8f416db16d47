const ITEMS: { word: string; shape: string }[] = [
  { word: "rows added", shape: "bg-ctl" },
  { word: "rows gone", shape: "border-[1.5px] border-ctl" },
  { word: "compaction", shape: "scale-[.8] rotate-45 border-[1.5px] border-ctl" },
  { word: "no row changed", shape: "rounded-full border-[1.5px] border-ctl" },
];

/** What the shapes on the ruler mean. */
export function RulerLegend() {
  return (
    <ul className="hidden items-center gap-3 text-12 text-ink-2 desk:flex">
      {ITEMS.map(({ word, shape }) => (
        <li className="flex items-center gap-1.5" key={word}>
          <span aria-hidden="true" className={`inline-block h-[10px] w-[10px] ${shape}`} />
          {word}
        </li>
      ))}
    </ul>
  );
}
