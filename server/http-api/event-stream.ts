import { isTrackedEnvelope } from "@trpc/server";
import { toProblem } from "./problem";
import { toJson } from "./to-json";

const PING_MS = 10_000;

/** One event as `text/event-stream`; a tracked value carries its id, so that a client can resume behind it. */
function eventText(value: unknown): string {
  const [id, data] = isTrackedEnvelope(value) ? [value[0], value[1]] : [null, value];
  const idLine = id === null ? "" : `id: ${id}\n`;
  return `${idLine}data: ${JSON.stringify(toJson(data))}\n\n`;
}

/**
 * Values as server-sent events. Rejects with the failure of the first value, so that it can still choose the status of
 * the answer; later ones are told in the stream. It ends with `event: end`, or `event: problem` with the problem as data. A client that
 * leaves ends the iteration, after `onLeave`.
 */
export async function eventStream(
  values: AsyncIterable<unknown>,
  path: string,
  onLeave: () => void = () => {},
): Promise<Response> {
  const iterator = values[Symbol.asyncIterator]();
  let first: IteratorResult<unknown> | null = await iterator.next();
  const encoder = new TextEncoder();
  let ping: NodeJS.Timeout | undefined;
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      ping = setInterval(() => controller.enqueue(encoder.encode(": ping\n\n")), PING_MS);
    },
    async pull(controller) {
      const finish = (text: string) => {
        clearInterval(ping);
        controller.enqueue(encoder.encode(text));
        controller.close();
      };
      try {
        const { done, value } = first ?? (await iterator.next());
        first = null;
        if (done === true) finish("event: end\ndata: {}\n\n");
        else controller.enqueue(encoder.encode(eventText(value)));
      } catch (error) {
        finish(`event: problem\ndata: ${JSON.stringify(toProblem(error, path))}\n\n`);
      }
    },
    async cancel() {
      clearInterval(ping);
      // A generator that waits for its next value ends only by the signal; `return` alone would wait with it.
      onLeave();
      await iterator.return?.();
    },
  });
  return new Response(body, {
    headers: {
      "Content-Type": "text/event-stream; charset=utf-8",
      "Cache-Control": "no-store, no-transform",
      "X-Accel-Buffering": "no",
    },
  });
}
