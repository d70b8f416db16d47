"use client";

import { useEffect, useState } from "react";
import type { CompletionNames } from "@/domain/query/completion/completion-names";
import { Dialect } from "@/domain/query/dialect";
import { type CompletionSession, completionSession } from "../completion/completion-session";
import { registerCompletion } from "../completion/register-completion";
import type { MonacoApi } from "./load-monaco";
import { languageOf } from "./sql-language";

const LANGUAGES = Object.fromEntries(Dialect.options.map((dialect) => [languageOf(dialect), dialect]));

/** Completes texts of both dialects from the names that statements can use, in a worker beside the page. */
export function useCompletion(monaco: MonacoApi | null, names: CompletionNames | null): void {
  const [session, setSession] = useState<CompletionSession | null>(null);
  useEffect(() => {
    // Monaco's registry, and a worker.
    if (monaco === null) return;
    const made = completionSession();
    const registered = registerCompletion(monaco, LANGUAGES, made);
    setSession(made);
    return () => {
      registered.dispose();
      made.close();
    };
  }, [monaco]);
  useEffect(() => {
    if (session !== null && names !== null) session.setNames(names);
  }, [session, names]);
}
