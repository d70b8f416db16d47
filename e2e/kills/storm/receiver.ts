import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { randomOf } from "../../../domain/pipelines/interpreter/scripted/scripted-run";

/** What came: the key that tells repetitions apart, and the JSON of the body. */
type Received = { path: string; key: string; body: Record<string, unknown> };

/** As many requests are answered by closing the connection after their work is done, or with 503 before it. */
const LOST_SHARE = 0.08;
const BUSY_SHARE = 0.08;

/**
 * A server on 127.0.0.1 that keeps what it gets. It does not always answer: a request that failed may have been carried
 * out, as it is in the world. `url` has no slash at its end.
 */
export async function startReceiver(seed: number) {
  const random = randomOf(seed);
  const received: Received[] = [];
  const server = createServer((request, response) => {
    void textOf(request).then((text) => {
      const luck = random();
      if (luck < BUSY_SHARE) {
        response.writeHead(503).end();
        return;
      }
      const key = String(request.headers["idempotency-key"] ?? "");
      received.push({ path: request.url ?? "", key, body: JSON.parse(text) as Received["body"] });
      if (luck < BUSY_SHARE + LOST_SHARE) request.socket.destroy();
      else response.writeHead(200, { "content-type": "application/json" }).end('{"done":true}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    received,
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}
