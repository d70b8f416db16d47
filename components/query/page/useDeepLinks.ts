"use client";

import { useParams, useSearchParams } from "next/navigation";
import { useEffect, useRef } from "react";
import { useTRPCClient } from "@/components/trpc";
import { failureOf } from "@/components/ui/failure-of";
import { toastFailure } from "@/components/ui/toast";
import type { QueryRun } from "@/domain/query/query-run";
import type { SavedQuery } from "../query-types";

/** Opens what the address names, once: a saved query, one version of it, a run with its result. */
export function useDeepLinks(options: {
  workspace: string;
  onSaved: (query: SavedQuery) => void;
  onRun: (run: QueryRun) => void;
  onSql: (sql: string) => void;
}) {
  const { workspace } = options;
  const client = useTRPCClient();
  const params = useParams<{ name?: string }>();
  const search = useSearchParams();
  const name = params.name === undefined ? null : decodeURIComponent(params.name);
  const version = search.get("version");
  const run = search.get("run");
  const sql = search.get("sql");
  const latest = useRef(options);
  latest.current = options;
  const opened = useRef<string | null>(null);
  useEffect(() => {
    // The address, which may name something that only the server knows.
    const key = `${name ?? ""} ${version ?? ""} ${run ?? ""} ${sql ?? ""}`;
    if (opened.current === key) return;
    opened.current = key;
    const open = async () => {
      if (name !== null) {
        const wanted = version === null ? {} : { version: Number(version) };
        latest.current.onSaved(await client.savedQueries.get.query({ workspace, name, ...wanted }));
      }
      if (run !== null) latest.current.onRun(await client.queries.get.query({ workspace, id: run }));
      if (sql !== null) latest.current.onSql(sql);
    };
    open().catch((error: unknown) => toastFailure(failureOf(error)));
  }, [client, name, run, sql, version, workspace]);
}
