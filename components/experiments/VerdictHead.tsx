import { StateGlyph } from "@/components/ui/StateGlyph";
import type { Verdict } from "./prepare-verdict";

/** The verdict in a sentence, the headline figures and what they are judged against. */
export function VerdictHead({ verdict, status }: { verdict: Verdict; status: "PASS" | "FAIL" }) {
  return (
    <section aria-label="Verdict" className="border-line-2 border-b bg-panel">
      <div className="px-3 pt-2.5 pb-2">
        <h2 className="flex items-start gap-2 font-semibold text-19">
          <StateGlyph className="h-[25px]" size={15} state={status === "PASS" ? "ok" : "err"} word="none" />
          {verdict.headline}
        </h2>
        <p className="mt-0.5 max-w-[110ch] text-ink-2">
          {verdict.sentence} Limits: {verdict.limits}.
        </p>
        {verdict.breaches.map((sentence) => (
          <p className="text-err" key={sentence}>
            {sentence}
          </p>
        ))}
      </div>
      <dl className="flex flex-wrap border-line border-t">
        {verdict.figures.map((figure) => (
          <div className="flex flex-col border-line border-r px-3 py-1.5" key={figure.key}>
            <dt className="order-2 text-12 text-ink-2">{figure.label}</dt>
            <dd className="order-1 font-semibold text-19">{figure.value}</dd>
            {figure.note && <dd className="order-3 text-11 text-ink-2">{figure.note}</dd>}
          </div>
        ))}
      </dl>
      <p className="border-line border-t px-3 py-1.5 text-12 text-ink-2">{verdict.holdoutNote}</p>
    </section>
  );
}
