import { useEffect } from "react";

const TURN_MS = 2_000;
const STEPS = 8;

/** Turns the glyphs of all that runs, step by step and together: an animation would have sixty pictures drawn a second. */
export function useTurning() {
  useEffect(() => {
    // The page's glyphs, and the browser's clock.
    const glyphs = document.getElementsByClassName("turning") as HTMLCollectionOf<SVGElement>;
    const isStill = window.matchMedia("(prefers-reduced-motion: reduce)");
    let step = 0;
    const turn = () => {
      if (isStill.matches || glyphs.length === 0) return;
      step = (step + 1) % STEPS;
      for (const glyph of glyphs) glyph.style.setProperty("--turn", `${step / STEPS}turn`);
    };
    const timer = setInterval(turn, TURN_MS / STEPS);
    return () => clearInterval(timer);
  }, []);
}
