import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

type Reply = {
  status?: number;
  /** Never answered: the connection stays open. */
  hangs?: boolean;
  /** The connection is broken off instead. */
  breaks?: boolean;
  columns?: object[];
  data?: unknown[][] | string;
  error?: object;
  state?: string;
  stats?: object;
};

export type AskedOf = { sql: string; headers: IncomingMessage["headers"] };

export type FakeTrino = {
  url: string;
  /** What was handed in, in order. */
  asked: AskedOf[];
  /** Ids of statements that were ended by DELETE. */
  ended: string[];
  /** How often each statement was polled. */
  polls: Map<string, number>;
  /** The answers to a statement, one after the other: the first to the POST, the others to polls. */
  answer(sql: string | RegExp, ...replies: Reply[]): void;
  close(): Promise<void>;
};

const scalar = (rawType: string) => ({ rawType, arguments: [] as object[] });
export const column = (name: string, type: string, signature: object = scalar(type)) => ({
  name,
  type,
  typeSignature: signature,
});
export const sized = (rawType: string, ...sizes: number[]) => ({
  rawType,
  arguments: sizes.map((value) => ({ kind: "LONG", value })),
});

/** A server for tests that speaks Trino's protocol and says what it is told to. A repeated poll gets the answer again. */
export async function fakeTrino(): Promise<FakeTrino> {
  const asked: AskedOf[] = [];
  const ended: string[] = [];
  const polls = new Map<string, number>();
  const scripts: { sql: string | RegExp; replies: Reply[] }[] = [];
  const running = new Map<string, { replies: Reply[]; given: Set<string> }>();

  const send = (response: ServerResponse, reply: Reply, id: string, next: number | null) => {
    if (reply.hangs === true) return;
    if (reply.breaks === true) {
      response.destroy();
      return;
    }
    if (reply.status !== undefined) {
      response.writeHead(reply.status).end();
      return;
    }
    response.writeHead(200, { "content-type": "application/json" }).end(answerOf(reply, id, next));
  };

  /** In the order that Trino has. */
  const answerOf = (reply: Reply, id: string, next: number | null): string => {
    const { columns, data, error, state = next === null ? "FINISHED" : "RUNNING", stats = {} } = reply;
    const parts: [string, string | undefined][] = [
      ["id", JSON.stringify(id)],
      ["nextUri", next === null ? undefined : `"${url}/v1/statement/executing/${id}/${next}"`],
      ["columns", JSON.stringify(columns)],
      ["data", typeof data === "string" ? data : JSON.stringify(data)],
      ["stats", JSON.stringify({ state, ...stats })],
      ["error", JSON.stringify(error)],
      ["warnings", "[]"],
    ];
    const fields = parts.flatMap(([name, text]) => (text === undefined ? [] : [`"${name}":${text}`]));
    return `{${fields.join(",")}}`;
  };

  const post = (request: IncomingMessage, response: ServerResponse, sql: string) => {
    asked.push({ sql, headers: request.headers });
    const script = scripts.find((each) =>
      typeof each.sql === "string" ? each.sql === sql : each.sql.test(sql),
    );
    const replies = script?.replies ?? [{ columns: [column("x", "integer")], data: [] }];
    const [first = {}] = replies;
    // A refused statement was not taken: the next try gets what comes next.
    if (first.status !== undefined && script !== undefined && script.replies.length > 1)
      script.replies.shift();
    const id = `q${asked.length}`;
    running.set(id, { replies, given: new Set() });
    send(response, first, id, replies.length > 1 ? 1 : null);
  };

  const poll = (response: ServerResponse, id: string, token: number) => {
    polls.set(id, (polls.get(id) ?? 0) + 1);
    const statement = running.get(id);
    const reply = statement?.replies[token];
    if (statement === undefined || reply === undefined) {
      response.writeHead(404).end();
      return;
    }
    const key = String(token);
    const isSecond = statement.given.has(key);
    statement.given.add(key);
    // What goes wrong goes wrong once, unless nothing else is told of the poll.
    const { status: _status, breaks: _breaks, ...whole } = reply;
    const mends = Object.keys(whole).length > 0;
    send(
      response,
      isSecond && mends ? whole : reply,
      id,
      token + 1 < statement.replies.length ? token + 1 : null,
    );
  };

  const server = createServer((request, response) => {
    const path = new URL(request.url ?? "", "http://x").pathname;
    let body = "";
    request.setEncoding("utf8").on("data", (chunk: string) => {
      body += chunk;
    });
    request.on("end", () => {
      if (path === "/v1/info")
        response.end(JSON.stringify({ nodeVersion: { version: "476" }, starting: false }));
      else if (request.method === "POST") post(request, response, body);
      else {
        const [, id = "", token = ""] = /executing\/(\w+)\/(\d+)$/.exec(path) ?? [];
        if (request.method === "DELETE") {
          ended.push(id);
          response.writeHead(204).end();
        } else poll(response, id, Number(token));
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    asked,
    ended,
    polls,
    answer: (sql, ...replies) => void scripts.unshift({ sql, replies }),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
