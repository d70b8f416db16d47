"use client";

import { useMutation } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useTRPC } from "@/components/trpc";

const EVERY_MS = 4_000;

export type OtherAuthor = { sessionId: string; name: string; selectedTask: string | null };

/** Says that this page has the pipeline open, and hears who else has and which revision is stored. */
export function usePresence({
  workspace,
  pipelineId,
  selectedTask,
}: {
  workspace: string;
  pipelineId: string;
  selectedTask: string | null;
}): { others: OtherAuthor[]; revision: number | null } {
  const trpc = useTRPC();
  const [seen, setSeen] = useState<{ others: OtherAuthor[]; revision: number | null }>({
    others: [],
    revision: null,
  });
  const session = useRef<string | null>(null);
  const { mutateAsync } = useMutation(trpc.pipelines.presence.mutationOptions());
  useEffect(() => {
    // The server forgets a page that says nothing.
    session.current ??= crypto.randomUUID();
    const sessionId = session.current;
    const say = () =>
      mutateAsync({ workspace, pipelineId, sessionId, selectedTask }).then(setSeen, () => undefined);
    void say();
    const timer = setInterval(() => void say(), EVERY_MS);
    return () => clearInterval(timer);
  }, [workspace, pipelineId, selectedTask, mutateAsync]);
  useEffect(
    () => () => {
      const sessionId = session.current;
      if (sessionId === null) return;
      void mutateAsync({ workspace, pipelineId, sessionId, leaves: true }).catch(() => undefined);
    },
    [workspace, pipelineId, mutateAsync],
  );
  return seen;
}
