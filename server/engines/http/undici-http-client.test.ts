import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isPrivateAddress } from "./private-addresses";
import { undiciHttpClient } from "./undici-http-client";

const seen: { path: string | undefined; auth: string | undefined; method: string | undefined }[] = [];
let servers: Server[] = [];
let [here, there] = ["", ""];

beforeAll(async () => {
  servers = [0, 1].map(() =>
    createServer((request, response) => {
      seen.push({ path: request.url, auth: request.headers.authorization, method: request.method });
      if (request.url === "/elsewhere") return response.writeHead(302, { location: `${there}/end` }).end();
      if (request.url === "/loop") return response.writeHead(302, { location: "/loop" }).end();
      if (request.url === "/slow") return;
      response.writeHead(200, { "content-type": "application/json" }).end('{"a":1}'.padEnd(50));
    }).listen(0, "127.0.0.1"),
  );
  await Promise.all(servers.map((server) => once(server, "listening")));
  [here, there] = servers.map((server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`) as [
    string,
    string,
  ];
});
afterAll(() => {
  for (const server of servers) server.closeAllConnections();
  for (const server of servers) server.close();
});

const get = (url: string, headers = {}) => ({ method: "GET", url, headers, body: null });
const never = () => new AbortController().signal;
const allowed = () =>
  undiciHttpClient({ privateHosts: [new URL(here).host, new URL(there).host], mostBytes: 20 });

describe("the HTTP client", () => {
  it("refuses addresses of this machine, also behind a name or a redirect", async () => {
    const client = undiciHttpClient({ privateHosts: [], mostBytes: 20 });
    const forbidden = { code: "forbidden" };
    await expect(client.send(get(here), never())).rejects.toMatchObject(forbidden);
    await expect(client.send(get(here.replace("127.0.0.1", "localhost")), never())).rejects.toMatchObject(
      forbidden,
    );
    await expect(client.send(get("http://[::ffff:127.0.0.1]/"), never())).rejects.toMatchObject(forbidden);
    await expect(client.send(get("file:///etc/hosts"), never())).rejects.toMatchObject({
      code: "invalid_input",
    });
    const half = undiciHttpClient({ privateHosts: [new URL(here).host], mostBytes: 20 });
    await expect(half.send(get(`${here}/elsewhere`), never())).rejects.toMatchObject(forbidden);
    await Promise.all([client.close(), half.close()]);
  });

  it("takes as much of an answer as it may, and keeps headers from other servers", async () => {
    const client = allowed();
    seen.length = 0;
    const answer = await client.send(get(`${here}/elsewhere`, { authorization: "secret" }), never());
    expect(answer).toEqual({
      status: 200,
      contentType: "application/json",
      body: '{"a":1}'.padEnd(20),
      isCut: true,
    });
    expect(seen.map(({ auth }) => auth)).toEqual(["secret", undefined]);
    await expect(client.send(get(`${here}/loop`), never())).rejects.toMatchObject({ code: "engine_failed" });
    const posted = await client.send({ ...get(`${here}/elsewhere`), method: "POST", body: "x" }, never());
    expect(posted.status).toBe(302);
    await client.close();
  });

  it("ends a request with its signal", async () => {
    const client = allowed();
    const over = new AbortController();
    const sent = client.send(get(`${here}/slow`), over.signal);
    over.abort(new Error("enough"));
    await expect(sent).rejects.toThrow("enough");
    await client.close();
  });
});

describe("isPrivateAddress", () => {
  it.each([
    "10.1.2.3",
    "127.0.0.1",
    "169.254.169.254",
    "172.31.0.1",
    "192.168.1.1",
    "0.0.0.0",
    "::1",
    "fd00::1",
    "fe80::1",
    "::ffff:10.0.0.1",
    "100.64.1.1",
    "224.0.0.1",
    "x",
  ])("knows %s", (address) => expect(isPrivateAddress(address)).toBe(true));
  it.each(["8.8.8.8", "172.32.0.1", "2606:4700::1111", "::ffff:8.8.8.8"])("lets %s pass", (address) =>
    expect(isPrivateAddress(address)).toBe(false),
  );
});
