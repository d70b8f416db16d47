/** Completes statements beside the page, so that no key waits for a large catalog. */
import { complete } from "@/domain/query/completion/complete";
import { type NameModel, nameModel } from "@/domain/query/completion/name-model";
import type { CompletionAnswer, CompletionRequest } from "./completion-messages";

const EMPTY = { version: "", columnNames: [], types: [], tables: [] };

let model: NameModel = nameModel(EMPTY);

self.addEventListener("message", ({ data }: MessageEvent<CompletionRequest>) => {
  if (data.kind === "names") {
    model = nameModel(data.names);
    return;
  }
  const start = performance.now();
  const completion = complete(data.sql, data.offset, data.dialect, model);
  const answer: CompletionAnswer = { id: data.id, completion, ms: performance.now() - start };
  self.postMessage(answer);
});
