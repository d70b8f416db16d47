import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";

/** For tests: a server on loopback that keeps what is posted to it and answers as it is told. */
export async function httpReceiver() {
  const posts: { headers: IncomingHttpHeaders; body: string; path: string }[] = [];
  const behaviour = { status: 200, answer: "ok" };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const taken = behaviour.status < 300;
      if (taken)
        posts.push({
          headers: request.headers,
          body: Buffer.concat(chunks).toString("utf8"),
          path: request.url ?? "",
        });
      response.writeHead(behaviour.status).end(behaviour.answer);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    posts,
    behaviour,
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
