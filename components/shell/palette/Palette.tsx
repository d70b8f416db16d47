"use client";

import { useQuery } from "@tanstack/react-query";
import { Command } from "cmdk";
import { useRouter } from "next/navigation";
import * as Dialog from "radix-ui/dialog";
import { useState } from "react";
import { signOut } from "@/components/session/session-requests";
import { useTheme } from "@/components/theme/useTheme";
import { useTRPC } from "@/components/trpc";
import { failureOf } from "@/components/ui/failure-of";
import { StateGlyph } from "@/components/ui/StateGlyph";
import { ALL_ROOMS, roomHref } from "../rooms";
import { useWorkbench } from "../workbench";
import { PaletteData } from "./PaletteData";
import { PALETTE_GROUP, PaletteEntry } from "./PaletteEntry";

/** Rooms, pipelines, last runs, connections, data sets and actions, found by typing. */
export function Palette({ onClose, onSheet }: { onClose: () => void; onSheet: () => void }) {
  const { workspace } = useWorkbench();
  const trpc = useTRPC();
  const router = useRouter();
  const { choose } = useTheme();
  const [typed, setTyped] = useState("");
  const scope = { workspace: workspace.slug };
  const pipelines = useQuery(trpc.pipelines.list.queryOptions(scope));
  const runs = useQuery(trpc.runs.list.queryOptions({ ...scope, limit: 8 }));
  const failed = pipelines.error ?? runs.error;
  const base = `/${workspace.slug}`;
  const go = (href: string) => () => {
    onClose();
    router.push(href);
  };
  const act = (does: () => void) => () => {
    onClose();
    does();
  };

  return (
    <Dialog.Root onOpenChange={(open) => !open && onClose()} open>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-[rgb(8_16_12_/_.4)]" />
        <Dialog.Content
          aria-describedby={undefined}
          className="-translate-x-1/2 fixed top-[10vh] left-1/2 z-50 w-[640px] max-w-[calc(100vw-24px)] rounded-3 border border-ctl bg-raised text-ink shadow-float"
        >
          <Dialog.Title className="sr-only">Command palette</Dialog.Title>
          <Command label="Command palette" loop>
            <Command.Input
              className="h-10 w-full border-line border-b bg-transparent px-3 text-13 outline-none"
              onValueChange={setTyped}
              placeholder="Go to a room, connection, data set, run or action"
              value={typed}
            />
            <Command.List className="max-h-[60vh] overflow-auto pb-1">
              <Command.Empty className="px-3 py-2 text-ink-2">Nothing has this name.</Command.Empty>
              <Command.Group className={PALETTE_GROUP} heading="Rooms">
                {ALL_ROOMS.map((room) => (
                  <PaletteEntry
                    hint={<kbd className="text-11">g {room.letter}</kbd>}
                    key={room.key}
                    onSelect={go(roomHref(workspace.slug, room))}
                    value={`room ${room.label} ${room.about}`}
                  >
                    <room.icon aria-hidden="true" size={14} />
                    {room.label}
                    <span className="text-12 text-ink-2">{room.about}</span>
                  </PaletteEntry>
                ))}
              </Command.Group>
              {(pipelines.data ?? []).length > 0 && (
                <Command.Group className={PALETTE_GROUP} heading="Pipelines">
                  {pipelines.data?.map(({ pipelineId, name }) => (
                    <PaletteEntry
                      key={pipelineId}
                      onSelect={go(`${base}/pipelines/${encodeURIComponent(pipelineId)}`)}
                      value={`pipeline ${pipelineId} ${name}`}
                    >
                      <code>{pipelineId}</code>
                      {name !== pipelineId && <span className="text-12 text-ink-2">{name}</span>}
                    </PaletteEntry>
                  ))}
                </Command.Group>
              )}
              {(runs.data?.items ?? []).length > 0 && (
                <Command.Group className={PALETTE_GROUP} heading="Last runs">
                  {runs.data?.items.map((run) => (
                    <PaletteEntry
                      hint={<StateGlyph state={run.status} />}
                      key={run.id}
                      onSelect={go(`${base}/pipelines/${encodeURIComponent(run.pipelineId)}/runs/${run.id}`)}
                      value={`run ${run.number} ${run.pipelineId} ${run.status} ${run.id}`}
                    >
                      Run {run.number} of <code>{run.pipelineId}</code>
                    </PaletteEntry>
                  ))}
                </Command.Group>
              )}
              <PaletteData
                isTyped={typed.trim() !== ""}
                onGo={(href) => go(href)()}
                workspace={workspace.slug}
              />
              <Command.Group className={PALETTE_GROUP} heading="Actions">
                <PaletteEntry onSelect={go(`${base}/settings/invitations`)} value="invite a person">
                  Invite a person
                </PaletteEntry>
                <PaletteEntry onSelect={go(`${base}/settings/tokens`)} value="make an API token">
                  Make an API token
                </PaletteEntry>
                <PaletteEntry onSelect={act(() => choose("light"))} value="theme light">
                  Light theme
                </PaletteEntry>
                <PaletteEntry onSelect={act(() => choose("dark"))} value="theme dark">
                  Dark theme
                </PaletteEntry>
                <PaletteEntry onSelect={act(() => choose("system"))} value="theme as the system">
                  Theme as the system
                </PaletteEntry>
                <PaletteEntry
                  hint={<kbd className="text-11">?</kbd>}
                  onSelect={onSheet}
                  value="keyboard shortcuts"
                >
                  Keyboard shortcuts
                </PaletteEntry>
                <PaletteEntry onSelect={act(() => void signOut())} value="sign out">
                  Sign out
                </PaletteEntry>
              </Command.Group>
              {failed !== null && (
                <p className="px-3 py-1.5 text-12 text-err" role="status">
                  Pipelines and runs could not be read. {failureOf(failed).message}
                </p>
              )}
            </Command.List>
          </Command>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
