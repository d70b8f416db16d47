import type { Completion } from "@/domain/query/completion/complete";
import type { CompletionNames } from "@/domain/query/completion/completion-names";
import type { CompletionAnswer, CompletionAsk, CompletionRequest } from "./completion-messages";

export type CompletionSession = {
  /** What can be completed from now on. */
  setNames: (names: CompletionNames) => void;
  /** Null where a later question came first, or the worker cannot be had. */
  complete: (ask: CompletionAsk) => Promise<Completion | null>;
  close: () => void;
};

/** A worker that completes statements, started by the first use. Only the last question is answered. */
export function completionSession(): CompletionSession {
  let worker: Worker | null = null;
  let asked: { id: number; resolve: (completion: Completion | null) => void } | null = null;
  let lastId = 0;
  const settle = (completion: Completion | null) => {
    asked?.resolve(completion);
    asked = null;
  };
  const started = (): Worker => {
    if (worker !== null) return worker;
    worker = new Worker(new URL("./completion.worker.ts", import.meta.url), { type: "module" });
    worker.addEventListener("message", ({ data }: MessageEvent<CompletionAnswer>) => {
      if (data.id === asked?.id) settle(data.completion);
    });
    worker.addEventListener("error", () => settle(null));
    return worker;
  };
  const send = (request: CompletionRequest) => started().postMessage(request);
  return {
    setNames: (names) => send({ kind: "names", names }),
    complete(ask) {
      settle(null);
      lastId += 1;
      const id = lastId;
      return new Promise((resolve) => {
        asked = { id, resolve };
        send({ kind: "complete", id, ...ask });
      });
    },
    close() {
      settle(null);
      worker?.terminate();
      worker = null;
    },
  };
}
