"use client";

import { useRouter } from "next/navigation";
import { useEffect, useRef } from "react";
import { readShortcut, type Shortcut } from "./read-shortcut";
import { ALL_ROOMS, roomHref } from "./rooms";

const PREFIX_MS = 1500;

const isTextPlace = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || target.matches("input, textarea, select"));

function focusPane(step: 1 | -1) {
  const panes = [...document.querySelectorAll<HTMLElement>("[data-pane]")].filter(
    (pane) => pane.offsetParent !== null,
  );
  const current = panes.findLastIndex((pane) => pane.contains(document.activeElement));
  const next =
    current === -1 ? (step === 1 ? 0 : panes.length - 1) : (current + step + panes.length) % panes.length;
  panes[next]?.focus();
}

/** The keys of the shell: palette, sheet, rooms, panes. */
export function useShortcuts(workspace: string, open: { palette: () => void; sheet: () => void }) {
  const router = useRouter();
  const latest = useRef(open);
  latest.current = open;
  useEffect(() => {
    // The keyboard, for the whole document.
    let prefixUntil = 0;
    const toRoom = (wanted: string) => {
      const room = ALL_ROOMS.find(({ letter }) => letter === wanted);
      if (room !== undefined) router.push(roomHref(workspace, room));
    };
    const obey = (shortcut: Shortcut) => {
      prefixUntil = shortcut.kind === "prefix" ? Date.now() + PREFIX_MS : 0;
      if (shortcut.kind === "palette") latest.current.palette();
      if (shortcut.kind === "sheet") latest.current.sheet();
      if (shortcut.kind === "pane") focusPane(shortcut.step);
      if (shortcut.kind === "letter") toRoom(shortcut.letter);
    };
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented) return;
      const shortcut = readShortcut(
        {
          key: event.key,
          ctrlKey: event.ctrlKey,
          metaKey: event.metaKey,
          altKey: event.altKey,
          shiftKey: event.shiftKey,
          isTyping: isTextPlace(event.target),
          isCovered: document.querySelector("[role=dialog], [role=menu], [role=alertdialog]") !== null,
        },
        Date.now() < prefixUntil,
      );
      if (shortcut === null) return;
      event.preventDefault();
      obey(shortcut);
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [router, workspace]);
}
