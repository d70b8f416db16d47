import { loader } from "@monaco-editor/react";
import type * as Monaco from "monaco-editor";
import { registerSql } from "./sql-language";

export type MonacoApi = typeof Monaco;

let loading: Promise<MonacoApi> | null = null;

/** Monaco with both dialects, from this server. Loaded once; a load that failed may be tried again. */
export function loadMonaco(): Promise<MonacoApi> {
  loader.config({ paths: { vs: "/vendor/monaco/vs" } });
  loading ??= loader
    .init()
    .then(async (monaco) => {
      // Monaco measures letters once: before the font is there it would measure another one.
      await document.fonts.load('12.5px "Commit Mono"');
      registerSql(monaco);
      return monaco;
    })
    .catch((error: unknown) => {
      loading = null;
      throw error;
    });
  return loading;
}
