import { createServer } from "node:net";
import { expect, it } from "vitest";
import { isFree, webPort } from "./ports.mjs";

it("sees a port that is taken", async () => {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address();
  expect(await isFree(port)).toBe(false);
  await new Promise((resolve) => server.close(resolve));
  expect(await isFree(port)).toBe(true);
});

it("takes 3000 or the next free port", async () => {
  expect(await webPort(undefined, async (port) => port >= 3002)).toBe(3002);
});

it("never replaces a port that was asked for", async () => {
  await expect(webPort("4000", async () => false)).rejects.toThrow("Port 4000 is taken");
  await expect(webPort("http", async () => true)).rejects.toThrow("no port number");
});
