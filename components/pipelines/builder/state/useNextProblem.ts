"use client";

import { useEffect, useRef } from "react";
import type { Problem } from "@/domain/pipelines/problems/problem";

/** F8 goes from problem to problem, Shift F8 back. */
export function useNextProblem(problems: readonly Problem[], goTo: (problem: Problem) => void): void {
  const at = useRef(-1);
  const latest = useRef({ problems, goTo });
  latest.current = { problems, goTo };
  useEffect(() => {
    // The whole page listens: the key works wherever the focus is.
    const onKeyDown = (event: KeyboardEvent) => {
      const { problems: list, goTo: go } = latest.current;
      // The graph has its own way from one marked task to the next.
      if (event.key !== "F8" || event.defaultPrevented || list.length === 0) return;
      event.preventDefault();
      at.current = (at.current + (event.shiftKey ? -1 : 1) + list.length) % list.length;
      const problem = list[at.current];
      if (problem !== undefined) go(problem);
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, []);
}
