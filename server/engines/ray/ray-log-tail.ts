import { setTimeout as pause } from "node:timers/promises";
import WebSocket from "ws";
import { type RayConnection, rayHeaders } from "./ray-http";

const RECONNECT_MS = 500;
const HANDSHAKE_MS = 10_000;

export type TailOptions = {
  connection: RayConnection;
  id: string;
  signal: AbortSignal;
  /** Asks whether the job has ended. */
  ended: () => Promise<boolean>;
  /** The whole log, over HTTP, for what a job wrote just before its end. */
  wholeLog: () => Promise<string>;
};

/**
 * A job's log from its first byte until the job has ended, over as many connections as it takes. Every connection
 * begins at the first byte again: what was delivered before is skipped.
 */
export async function* rayLogTail(options: TailOptions): AsyncIterable<string> {
  const { signal } = options;
  let delivered = 0;
  while (!signal.aborted) {
    const hasEnded = await options.ended();
    if (hasEnded) {
      const rest = Buffer.from(await options.wholeLog(), "utf8").subarray(delivered);
      if (rest.length > 0) yield rest.toString("utf8");
      return;
    }
    let seen = 0;
    for await (const chunk of connectionText(options)) {
      const fresh = chunk.subarray(Math.max(0, delivered - seen));
      seen += chunk.length;
      delivered = Math.max(delivered, seen);
      if (fresh.length > 0) yield fresh.toString("utf8");
    }
    await pause(RECONNECT_MS, undefined, { signal }).catch(() => {});
  }
}

/** The messages of one connection, which never divide a character; a lost connection is an end. */
async function* connectionText({ connection, id, signal }: TailOptions): AsyncIterable<Buffer> {
  const url = new URL(`/api/jobs/${encodeURIComponent(id)}/logs/tail`, connection.address);
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  const socket = new WebSocket(url, {
    headers: rayHeaders(connection),
    perMessageDeflate: false,
    handshakeTimeout: HANDSHAKE_MS,
    maxPayload: 0,
  });
  const arrived: Buffer[] = [];
  let open = true;
  let wake = () => {};
  const finish = () => {
    open = false;
    wake();
  };
  socket.on("message", (data: Buffer) => {
    arrived.push(data);
    wake();
  });
  socket.on("close", finish);
  socket.on("error", finish);
  const leave = () => socket.terminate();
  signal.addEventListener("abort", leave, { once: true });
  if (signal.aborted) leave();

  try {
    while (open || arrived.length > 0) {
      const chunk = arrived.shift();
      if (chunk !== undefined) yield chunk;
      else {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    }
  } finally {
    signal.removeEventListener("abort", leave);
    leave();
  }
}
