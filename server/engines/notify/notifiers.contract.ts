import { createHmac } from "node:crypto";
import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { MailAddress, NotificationAddress, Notifier } from "../../../domain/ports/notifier";
import {
  describeNotifierContract,
  type Receiver,
  SAMPLE_MESSAGE,
} from "../../../domain/ports/notifier.contract";
import { httpReceiver } from "./http-receiver";
import { mailNotifier } from "./mail-notifier";
import { slackNotifier } from "./slack-notifier";
import { webhookNotifier } from "./webhook-notifier";

const SECRET_PATH = "/services/T000/B000/canary";
const DEAD = "http://127.0.0.1:1";

async function httpSide<Address extends NotificationAddress & { url: string }>(
  notifier: Notifier<Address>,
  addressOf: (url: string) => Address,
): Promise<Receiver<Address>> {
  const server = await httpReceiver();
  const received: string[] = [];
  const push = server.posts.push.bind(server.posts);
  server.posts.push = (...posts) => {
    for (const { headers, body } of posts) received.push(`${JSON.stringify(headers)}\n${body}`);
    return push(...posts);
  };
  return {
    notifier,
    address: addressOf(`${server.url}${SECRET_PATH}`),
    deadAddress: addressOf(`${DEAD}${SECRET_PATH}`),
    secrets: ["canary", "hmac-canary"],
    received,
    behave: (how) => {
      server.behaviour.status = { takes: 200, "is busy": 503, refuses: 404 }[how];
      server.behaviour.answer = how === "refuses" ? "no_service" : `${SECRET_PATH} says ok`;
    },
    close: server.close,
  };
}

describeNotifierContract("Slack's incoming webhooks", () =>
  httpSide(slackNotifier(), (url) => ({ channel: "slack" as const, url })),
);
describeNotifierContract("a signed webhook", () =>
  httpSide(webhookNotifier(), (url) => ({ channel: "webhook" as const, url, secret: "hmac-canary" })),
);

async function mailSide(): Promise<Receiver<MailAddress>> {
  const received: string[] = [];
  let how = "takes";
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    logger: false,
    onRcptTo: (_address, _session, done) => {
      if (how === "takes") return done();
      done(Object.assign(new Error("canary@example.org"), { responseCode: how === "refuses" ? 550 : 451 }));
    },
    onData: (stream, _session, done) => {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        received.push(decodeMail(Buffer.concat(chunks).toString("utf8")));
        done();
      });
    },
  });
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", () => resolve()));
  const { port } = server.server.address() as AddressInfo;
  const url = { current: `smtp://127.0.0.1:${port}` };
  const alive = mailNotifier({ url: url.current, from: "Benchwright <noreply@example.org>" });
  const dead = mailNotifier({ url: "smtp://127.0.0.1:1", from: "noreply@example.org" });
  const deadAddress: MailAddress = { channel: "email", addresses: ["nobody@example.org"] };
  return {
    notifier: {
      send: (address, ...more) => (address === deadAddress ? dead : alive).send(address, ...more),
    },
    address: { channel: "email", addresses: ["canary@example.org", "b@example.org"] },
    deadAddress,
    secrets: ["canary@example.org"],
    received,
    behave: (next) => {
      how = next;
    },
    close: () => new Promise<void>((resolve) => void server.close(() => resolve())),
  };
}

/** Parts in quoted-printable and base64, as text. */
const decodeMail = (raw: string): string =>
  raw
    .split(/\r?\n(?=----)/)
    .map((part) => {
      const [head = "", ...body] = part.split(/\r?\n\r?\n/);
      const text = body.join("\n\n");
      if (/base64/i.test(head)) return `${head}\n${Buffer.from(text, "base64").toString("utf8")}`;
      if (!/quoted-printable/i.test(head)) return part;
      const bytes = text
        .replace(/=\r?\n/g, "")
        .replace(/=([0-9A-F]{2})/g, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
      return `${head}\n${Buffer.from(bytes, "latin1").toString("utf8")}`;
    })
    .join("\n");

describeNotifierContract("mail over SMTP", mailSide);

describe("what is sent over HTTP", () => {
  let server: Awaited<ReturnType<typeof httpReceiver>>;
  beforeAll(async () => {
    server = await httpReceiver();
  });
  afterAll(() => server.close());

  it("is signed over its id, time and body", async () => {
    const address = { channel: "webhook" as const, url: server.url, secret: "s3cret" };
    await webhookNotifier({ now: () => 1_700_000_000_000 }).send(address, SAMPLE_MESSAGE, "k1");
    const { headers, body } = server.posts.at(-1) ?? { headers: {}, body: "" };
    const expected = createHmac("sha256", "s3cret").update(`k1.1700000000.${body}`).digest("base64");
    expect(headers).toMatchObject({
      "webhook-id": "k1",
      "idempotency-key": "k1",
      "webhook-timestamp": "1700000000",
      "webhook-signature": `v1,${expected}`,
    });
    expect(JSON.parse(body)).toMatchObject({ type: "run.failure", run: { number: 12 } });
  });

  it("keeps to Slack's limits and escapes, whatever it is told", async () => {
    const long = "<&>```".repeat(3_000);
    await slackNotifier().send(
      { channel: "slack", url: server.url },
      {
        ...SAMPLE_MESSAGE,
        title: long,
        warning: long,
        error: { task: long, message: long, hint: long },
        log: { task: "t", lines: [long] },
      },
      "k2",
    );
    type Text = { type: string; text: string };
    type Block = { type: string; block_id?: string; text?: Text; fields?: Text[] };
    const { blocks } = JSON.parse(server.posts.at(-1)?.body ?? "{}") as { blocks: Block[] };
    expect(blocks[0]).toMatchObject({ type: "header", block_id: "k2" });
    // The real error stands first below the title.
    expect(blocks[1]?.text?.text).toMatch(/^\*Error in\* /);
    expect(blocks[0]?.text?.text.length).toBeLessThanOrEqual(150);
    for (const text of blocks
      .slice(1)
      .flatMap(({ text, fields = [] }) => [...(text ? [text] : []), ...fields])) {
      expect(text.text.length).toBeLessThanOrEqual(3_000);
      expect(text.text.replaceAll(/&(amp|lt|gt);/g, "")).not.toMatch(/[<>]|&(?!amp;|lt;|gt;)/);
    }
  });

  it("does not go where a redirect points", async () => {
    server.behaviour.status = 302;
    await expect(
      slackNotifier().send({ channel: "slack", url: server.url }, SAMPLE_MESSAGE, "k3"),
    ).rejects.toMatchObject({ code: "invalid_input" });
  });
});
