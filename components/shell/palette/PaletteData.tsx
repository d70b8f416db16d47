"use client";

import { useQuery } from "@tanstack/react-query";
import { Command } from "cmdk";
import { useTRPC } from "@/components/trpc";
import { StateGlyph } from "@/components/ui/StateGlyph";
import { PALETTE_GROUP, PaletteEntry } from "./PaletteEntry";

export type PaletteDataProps = {
  workspace: string;
  /** Nothing is read or shown before something is typed. */
  isTyped: boolean;
  onGo: (href: string) => void;
};

/** Connections, saved queries and data sets, the tables of the lake among them. */
export function PaletteData({ workspace, isTyped, onGo }: PaletteDataProps) {
  const trpc = useTRPC();
  const connections = useQuery(trpc.sources.list.queryOptions({ workspace }, { enabled: isTyped }));
  const datasets = useQuery(trpc.datasets.list.queryOptions({ workspace }, { enabled: isTyped }));
  const saved = useQuery(trpc.savedQueries.list.queryOptions({ workspace }, { enabled: isTyped }));
  if (!isTyped) return null;
  const base = `/${workspace}`;
  return (
    <>
      {(connections.data ?? []).length > 0 && (
        <Command.Group className={PALETTE_GROUP} heading="Connections">
          {connections.data?.map(({ name, connector, lastSync }) => (
            <PaletteEntry
              hint={lastSync === null ? undefined : <StateGlyph state={lastSync.status} />}
              key={name}
              onSelect={() => onGo(`${base}/sources/${encodeURIComponent(name)}`)}
              value={`connection ${name} ${connector}`}
            >
              <code>{name}</code>
              <span className="text-12 text-ink-2">{connector}</span>
            </PaletteEntry>
          ))}
        </Command.Group>
      )}
      {(saved.data ?? []).length > 0 && (
        <Command.Group className={PALETTE_GROUP} heading="Saved queries">
          {saved.data?.map(({ name, version }) => (
            <PaletteEntry
              hint={`version ${version}`}
              key={name}
              onSelect={() => onGo(`${base}/query/${encodeURIComponent(name)}`)}
              value={`saved query ${name}`}
            >
              <code>{name}</code>
            </PaletteEntry>
          ))}
        </Command.Group>
      )}
      {(datasets.data?.items ?? []).length > 0 && (
        <Command.Group className={PALETTE_GROUP} heading="Data sets">
          {datasets.data?.items.map(({ kind, name, title }) => (
            <PaletteEntry
              hint={kind}
              key={`${kind} ${name}`}
              onSelect={() => onGo(`${base}/datasets/${kind}/${encodeURIComponent(name)}`)}
              value={`data set ${kind} ${name} ${title}`}
            >
              <code>{name}</code>
              {title !== name && <span className="text-12 text-ink-2">{title}</span>}
            </PaletteEntry>
          ))}
        </Command.Group>
      )}
      {(connections.isError || datasets.isError || saved.isError) && (
        <p className="px-3 py-1.5 text-12 text-err" role="status">
          Connections, saved queries or data sets could not be read.
        </p>
      )}
    </>
  );
}
