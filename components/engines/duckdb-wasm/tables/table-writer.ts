import { concatBytes } from "../arrow/arrow-stream";
import type { StoreWriter } from "./table-store";

const GROUP_BYTES = 16 * 2 ** 20;

/** Takes the messages of a stream as they come, and writes them in groups; `drained` before more are asked for. */
export type TableWriter = {
  schema: (bytes: Uint8Array) => void;
  message: (bytes: Uint8Array) => void;
  end: () => Promise<{ schemaBytes: number; groups: [number, number][]; bytes: number }>;
};

export function tableWriter(writer: StoreWriter): TableWriter {
  const groups: [number, number][] = [];
  let waiting: Uint8Array[] = [];
  let waitingBytes = 0;
  let offset = 0;
  let schemaBytes = 0;
  let writing = Promise.resolve();

  const write = (bytes: Uint8Array) => {
    offset += bytes.length;
    writing = writing.then(() => writer.write(bytes));
    writing.catch(() => {});
  };
  const flush = () => {
    if (waiting.length === 0) return;
    groups.push([offset, waitingBytes]);
    write(concatBytes(waiting));
    waiting = [];
    waitingBytes = 0;
  };
  return {
    schema(bytes) {
      schemaBytes = bytes.length;
      write(bytes);
    },
    message(bytes) {
      waiting.push(bytes);
      waitingBytes += bytes.length;
      if (waitingBytes >= GROUP_BYTES) flush();
    },
    async end() {
      flush();
      await writing;
      await writer.finish();
      return { schemaBytes, groups, bytes: offset };
    },
  };
}
