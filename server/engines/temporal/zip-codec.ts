import { promisify } from "node:util";
import { gunzip, gzip } from "node:zlib";
import type { Payload, PayloadCodec } from "@temporalio/common";

const ENCODING = "binary/gzip";
/** Temporal takes no payload above 2 MB, and the plan of a run may be larger. */
const WORTH_BYTES = 16 * 1024;

const zip = promisify(gzip);
const unzip = promisify(gunzip);
const text = (bytes: Uint8Array | null | undefined) => Buffer.from(bytes ?? []).toString();

type Plain = { metadata: Record<string, string>; data: string };

/** Compresses large payloads. */
export const zipCodec: PayloadCodec = {
  encode: (payloads) => Promise.all(payloads.map(encoded)),
  decode: (payloads) => Promise.all(payloads.map(decoded)),
};

async function encoded(payload: Payload): Promise<Payload> {
  if ((payload.data?.length ?? 0) < WORTH_BYTES) return payload;
  const metadata = Object.fromEntries(
    Object.entries(payload.metadata ?? {}).map(([name, value]) => [name, text(value)]),
  );
  const plain: Plain = { metadata, data: text(payload.data) };
  return { metadata: { encoding: Buffer.from(ENCODING) }, data: await zip(JSON.stringify(plain)) };
}

async function decoded(payload: Payload): Promise<Payload> {
  if (text(payload.metadata?.encoding) !== ENCODING) return payload;
  const { metadata, data }: Plain = JSON.parse((await unzip(payload.data ?? new Uint8Array())).toString());
  const bytes = Object.entries(metadata).map(([name, value]) => [name, Buffer.from(value)]);
  return { metadata: Object.fromEntries(bytes), data: Buffer.from(data) };
}
