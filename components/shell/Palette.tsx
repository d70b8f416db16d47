"use client";

import { useQuery } from "@tanstack/react-query";
import { Command } from "cmdk";
import { useRouter } from "next/navigation";
import * as Dialog from "radix-ui/dialog";
import type { ReactNode } from "react";
import { signOut } from "@/components/session/session-requests";
import { useTheme } from "@/components/theme/useTheme";
import { useTRPC } from "@/components/trpc";
import { failureOf } from "@/components/ui/failure-of";
import { StateGlyph } from "@/components/ui/StateGlyph";
import { ALL_ROOMS, roomHref } from "./rooms";
import { useWorkbench } from "./workbench";

const GROUP_CLASS =
  "[&_[cmdk-group-heading]]:px-3 [&_[cmdk-group-heading]]:py-1.5 [&_[cmdk-group-heading]]:text-12 [&_[cmdk-group-heading]]:text-ink-2";

function Entry({
  value,
  hint,
  onSelect,
  children,
}: {
  value: string;
  hint?: ReactNode;
  onSelect: () => void;
  children: ReactNode;
}) {
  return (
    <Command.Item
      className="flex h-7 cursor-pointer items-center gap-2 px-3 data-[selected=true]:bg-select data-[selected=true]:shadow-[inset_3px_0_0_var(--accent)]"
      onSelect={onSelect}
      value={value}
    >
      <span className="flex min-w-0 flex-1 items-center gap-2 truncate">{children}</span>
      {hint !== undefined && <span className="shrink-0 text-12 text-ink-2">{hint}</span>}
    </Command.Item>
  );
}

/** Rooms, pipelines, last runs and actions, found by typing. */
export function Palette({ onClose, onSheet }: { onClose: () => void; onSheet: () => void }) {
  const { workspace } = useWorkbench();
  const trpc = useTRPC();
  const router = useRouter();
  const { choose } = useTheme();
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
              placeholder="Go to a room, run or action"
            />
            <Command.List className="max-h-[60vh] overflow-auto pb-1">
              <Command.Empty className="px-3 py-2 text-ink-2">Nothing has this name.</Command.Empty>
              <Command.Group className={GROUP_CLASS} heading="Rooms">
                {ALL_ROOMS.map((room) => (
                  <Entry
                    hint={<kbd className="text-11">g {room.letter}</kbd>}
                    key={room.key}
                    onSelect={go(roomHref(workspace.slug, room))}
                    value={`room ${room.label} ${room.about}`}
                  >
                    <room.icon aria-hidden="true" size={14} />
                    {room.label}
                    <span className="text-12 text-ink-2">{room.about}</span>
                  </Entry>
                ))}
              </Command.Group>
              {(pipelines.data ?? []).length > 0 && (
                <Command.Group className={GROUP_CLASS} heading="Pipelines">
                  {pipelines.data?.map(({ pipelineId, name }) => (
                    <Entry
                      key={pipelineId}
                      onSelect={go(`${base}/pipelines/${encodeURIComponent(pipelineId)}`)}
                      value={`pipeline ${pipelineId} ${name}`}
                    >
                      <code>{pipelineId}</code>
                      {name !== pipelineId && <span className="text-12 text-ink-2">{name}</span>}
                    </Entry>
                  ))}
                </Command.Group>
              )}
              {(runs.data?.items ?? []).length > 0 && (
                <Command.Group className={GROUP_CLASS} heading="Last runs">
                  {runs.data?.items.map((run) => (
                    <Entry
                      hint={<StateGlyph state={run.status} />}
                      key={run.id}
                      onSelect={go(`${base}/pipelines/${encodeURIComponent(run.pipelineId)}/runs/${run.id}`)}
                      value={`run ${run.number} ${run.pipelineId} ${run.status} ${run.id}`}
                    >
                      Run {run.number} of <code>{run.pipelineId}</code>
                    </Entry>
                  ))}
                </Command.Group>
              )}
              <Command.Group className={GROUP_CLASS} heading="Actions">
                <Entry onSelect={go(`${base}/settings/invitations`)} value="invite a person">
                  Invite a person
                </Entry>
                <Entry onSelect={go(`${base}/settings/tokens`)} value="make an API token">
                  Make an API token
                </Entry>
                <Entry onSelect={act(() => choose("light"))} value="theme light">
                  Light theme
                </Entry>
                <Entry onSelect={act(() => choose("dark"))} value="theme dark">
                  Dark theme
                </Entry>
                <Entry onSelect={act(() => choose("system"))} value="theme as the system">
                  Theme as the system
                </Entry>
                <Entry hint={<kbd className="text-11">?</kbd>} onSelect={onSheet} value="keyboard shortcuts">
                  Keyboard shortcuts
                </Entry>
                <Entry onSelect={act(() => void signOut())} value="sign out">
                  Sign out
                </Entry>
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
