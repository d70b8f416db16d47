"use client";

import { useCallback, useState } from "react";
import { useTRPCClient } from "@/components/trpc";
import { failureOf } from "@/components/ui/failure-of";
import { toastDone, toastFailure } from "@/components/ui/toast";
import type { QueryRun } from "@/domain/query/query-run";
import { shortQueryName } from "@/domain/query/saved-query-name";
import { keepBrowserSource } from "../browser/browser-executor";
import type { HistoryItem } from "../query-types";
import type { Asked } from "../statements/AskAgainSide";
import { statementOfRun } from "../statements/statement-of-run";
import type { StatementStore } from "../statements/statement-store";
import { useDeepLinks } from "./useDeepLinks";
import type { useDraftActs } from "./useDraftActs";

/** Texts and results of the past, and addresses that lead to them. */
export function useHistoryActs(options: {
  workspace: string;
  draftId: string;
  store: StatementStore;
  acts: ReturnType<typeof useDraftActs>;
  onShow: (key: string) => void;
}) {
  const { workspace, draftId, store, acts, onShow } = options;
  const client = useTRPCClient();
  const [isBusy, setBusy] = useState(false);

  const attempt = useCallback(async (act: () => Promise<void>) => {
    setBusy(true);
    try {
      await act();
    } catch (error) {
      void toastFailure(failureOf(error));
    } finally {
      setBusy(false);
    }
  }, []);

  const showRun = useCallback(
    (run: QueryRun) => {
      const open = store.all().find((each) => each.draftId === draftId && each.run?.id === run.id);
      if (open !== undefined) return onShow(open.key);
      const key = `run-${run.id}`;
      store.show(statementOfRun(run, { key, draftId, number: 0 }));
      onShow(key);
    },
    [draftId, onShow, store],
  );
  const get = useCallback((id: string) => client.queries.get.query({ workspace, id }), [client, workspace]);
  const copyAddress = useCallback(
    (path: string, done: string) =>
      void attempt(async () => {
        await navigator.clipboard.writeText(new URL(`/${workspace}/query${path}`, window.location.href).href);
        void toastDone(done);
      }),
    [attempt, workspace],
  );
  const copyLink = useCallback(
    (name: string, version: number) =>
      copyAddress(
        `/${encodeURIComponent(shortQueryName(name))}?version=${version}`,
        `The link to version ${version} was copied.`,
      ),
    [copyAddress],
  );

  useDeepLinks({
    workspace,
    onSaved: acts.openSaved,
    onRun: showRun,
    onSql: (text) => acts.open({ text }),
  });

  const showAsked = useCallback(
    ({ statement, source, sql, elapsedMs, mark }: Asked) => {
      const id = crypto.randomUUID();
      const now = new Date();
      keepBrowserSource(id, source);
      const reason = "the result was brought into this page";
      const run: QueryRun = {
        ...statement.run,
        ...{ id, sql, dialect: "duckdb", elapsedMs, createdAt: now, startedAt: now, endedAt: now },
        columns: [...source.columns],
        ...{ rows: source.rows, rowsRead: statement.run.rows, bytesRead: null, writes: [] },
        ...{ translated: null, savedQuery: null, placement: { engine: "browser", reason, chosen: "auto" } },
      };
      const key = `asked-${id}`;
      const number =
        1 + store.all().filter((each) => each.draftId === draftId && each.mark !== undefined).length;
      store.show({
        ...{
          key,
          draftId,
          number: 0,
          previewOf: null,
          mark,
          title: `Asked again ${number}`,
          sql,
          dialect: "duckdb",
          engine: "browser",
        },
        ...{ parameters: [], savedQuery: null, status: "succeeded", run, failure: null },
        askedAt: now.getTime(),
      });
      onShow(key);
    },
    [draftId, onShow, store],
  );

  return {
    isBusy,
    showAsked,
    copyLink,
    copyResultLink: useCallback(
      (runId: string) =>
        copyAddress(`?run=${encodeURIComponent(runId)}`, "The link to this result was copied."),
      [copyAddress],
    ),
    openSavedByName: useCallback(
      (name: string) =>
        void attempt(async () => acts.openSaved(await client.savedQueries.get.query({ workspace, name }))),
      [acts, attempt, client, workspace],
    ),
    openText: useCallback(
      ({ id }: HistoryItem) =>
        void attempt(async () => {
          const { sql, dialect, parameters } = await get(id);
          acts.open({ text: sql, dialect, parameters });
        }),
      [acts, attempt, get],
    ),
    openResult: useCallback(
      ({ id }: HistoryItem) => void attempt(async () => showRun(await get(id))),
      [attempt, get, showRun],
    ),
  };
}
