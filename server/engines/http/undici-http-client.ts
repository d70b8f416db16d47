import { lookup as systemLookup } from "node:dns";
import type { LookupFunction } from "node:net";
import { isIP } from "node:net";
import { Agent, request } from "undici";
import type { HttpAnswer, HttpClient, HttpRequest } from "../../../domain/ports/http-client";
import { Failure } from "../../../domain/shared/failure";
import { isPrivateAddress } from "./private-addresses";

const MOST_REDIRECTS = 5;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);
const CONNECT_MS = 10_000;

type Options = {
  /** Hosts, or `host:port`, that may be asked though their address is private. `*.example.test` is every host below it. */
  privateHosts: readonly string[];
  mostBytes: number;
};

export function undiciHttpClient({
  privateHosts,
  mostBytes,
}: Options): HttpClient & { close(): Promise<void> } {
  const isNamed = ({ hostname, host }: URL) =>
    privateHosts.some((name) =>
      name.startsWith("*.") ? hostname.endsWith(name.slice(1)) : name === host || name === hostname,
    );
  const open = new Agent({ connect: { timeout: CONNECT_MS } });
  // The address that was checked is the one that is connected to: a name cannot change in between.
  const guarded = new Agent({ connect: { timeout: CONNECT_MS, lookup: publicLookup } });

  async function sendOnce(url: URL, asked: HttpRequest, signal: AbortSignal) {
    const named = isNamed(url);
    const literal = url.hostname.replace(/^\[|\]$/g, "");
    if (!named && isIP(literal) !== 0 && isPrivateAddress(literal)) throw refused(url.hostname);
    try {
      return await request(url, {
        method: asked.method as "GET",
        headers: asked.headers,
        body: asked.body,
        signal,
        dispatcher: named ? open : guarded,
      });
    } catch (cause) {
      signal.throwIfAborted();
      if (cause instanceof Failure) throw cause;
      throw new Failure("engine_unavailable", `${url.host} does not answer: ${wordsOf(cause)}.`, {
        hint: "Check the address, or try again later.",
        retryable: true,
        cause,
      });
    }
  }

  return {
    async send(asked, signal) {
      let url = addressOf(asked.url, null);
      let now = asked;
      for (let hops = 0; ; hops += 1) {
        const answer = await sendOnce(url, now, signal);
        const location = answer.headers.location;
        const mayFollow = asked.method === "GET" || asked.method === "HEAD";
        if (!mayFollow || !REDIRECTS.has(answer.statusCode) || typeof location !== "string")
          return await read(answer, mostBytes);
        answer.body.on("error", () => undefined).destroy();
        if (hops === MOST_REDIRECTS)
          throw new Failure("engine_failed", `${asked.url} redirects more than ${MOST_REDIRECTS} times.`);
        const next = addressOf(location, url);
        if (next.origin !== url.origin) now = { ...now, headers: {} };
        url = next;
      }
    },

    async close() {
      await Promise.all([open.close(), guarded.close()]);
    },
  };
}

const publicLookup: LookupFunction = (hostname, options, callback) => {
  systemLookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error !== null) return callback(error, "", 0);
    const [first] = addresses;
    if (first === undefined || addresses.some(({ address }) => isPrivateAddress(address)))
      return callback(refused(hostname) as unknown as NodeJS.ErrnoException, "", 0);
    if (options.all === true) return callback(null, addresses);
    callback(null, first.address, first.family);
  });
};

function addressOf(text: string, base: URL | null): URL {
  const url = URL.canParse(text, base?.href) ? new URL(text, base?.href) : null;
  if (url !== null && (url.protocol === "http:" || url.protocol === "https:")) return url;
  throw new Failure("invalid_input", `${text.slice(0, 200)} is no address of http or https.`);
}

const refused = (host: string): Failure =>
  new Failure("forbidden", `${host} is an address of this machine or of a private network.`, {
    hint: "Tasks may ask public addresses. An operator allows others by HTTP_PRIVATE_HOSTS.",
  });

async function read(answer: Awaited<ReturnType<typeof request>>, mostBytes: number): Promise<HttpAnswer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of answer.body as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > mostBytes) break;
  }
  const type = answer.headers["content-type"];
  return {
    status: answer.statusCode,
    contentType: typeof type === "string" ? type : null,
    body: Buffer.concat(chunks).subarray(0, mostBytes).toString("utf8"),
    isCut: size > mostBytes,
  };
}

const wordsOf = (error: unknown): string => {
  const { code, message } = error as { code?: unknown; message?: unknown };
  return typeof code === "string" ? code : String(message ?? "it broke off");
};
