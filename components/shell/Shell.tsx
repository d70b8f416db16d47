"use client";

import dynamic from "next/dynamic";
import { type ReactNode, useState } from "react";
import { Rail } from "./Rail";
import { TopBar } from "./TopBar";
import { useShortcuts } from "./useShortcuts";
import { useTurning } from "./useTurning";
import { useWorkbench } from "./workbench";

const Palette = dynamic(() => import("./palette/Palette").then((module) => module.Palette), { ssr: false });
const ShortcutSheet = dynamic(() => import("./ShortcutSheet").then((module) => module.ShortcutSheet), {
  ssr: false,
});

/** Top bar, rail and the room. Rooms bring their own head and evidence line. */
export function Shell({ children }: { children: ReactNode }) {
  const { workspace } = useWorkbench();
  const [opened, setOpened] = useState<"palette" | "sheet" | null>(null);
  const palette = () => setOpened("palette");
  const sheet = () => setOpened("sheet");
  const close = () => setOpened(null);
  useShortcuts(workspace.slug, { palette, sheet });
  useTurning();
  return (
    <div className="grid h-dvh grid-cols-[var(--rail)_minmax(0,1fr)] grid-rows-[40px_minmax(0,1fr)]">
      <a
        className="-top-12 fixed left-2 z-50 rounded-2 bg-accent px-3 py-1 text-on-accent focus:top-2"
        href="#room"
      >
        Skip to the room
      </a>
      <TopBar onPalette={palette} onSheet={sheet} />
      <Rail />
      <main className="relative flex min-h-0 min-w-0 flex-col bg-panel" id="room" tabIndex={-1}>
        {children}
      </main>
      {opened === "palette" && <Palette onClose={close} onSheet={sheet} />}
      {opened === "sheet" && <ShortcutSheet onClose={close} />}
    </div>
  );
}
