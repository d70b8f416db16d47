import { TRPCClientError } from "@trpc/client";
import { describe, expect, it, vi } from "vitest";
import type { QueryRun } from "@/domain/query/query-run";
import { fakeRun } from "./fake-run";
import { followRun } from "./server-executor";

const RUNNING = fakeRun({ status: "running" });
const ENDED = fakeRun({ status: "succeeded" });
const CANCELLED = fakeRun({ status: "cancelled" });
const unreachable = () => new TRPCClientError("Failed to fetch");

type Observer = { onData: (run: QueryRun) => void; onError: () => void; onComplete: () => void };

/** A server whose stream the test speaks for; `get` and `cancel` are answered in turn. */
function fakeClient({ get = [], cancel = [] }: { get?: (QueryRun | Error)[]; cancel?: (null | Error)[] }) {
  const turn = (answers: unknown[]) =>
    vi.fn(async () => {
      const answer = answers.shift();
      if (answer instanceof Error) throw answer;
      return answer;
    });
  let observer: Observer | undefined;
  const unsubscribe = vi.fn();
  const queries = {
    get: { query: turn(get) },
    cancel: { mutate: turn(cancel) },
    follow: {
      subscribe: (_input: unknown, given: Observer) => {
        observer = given;
        return { unsubscribe };
      },
    },
  };
  return {
    client: { queries } as unknown as Parameters<typeof followRun>[0],
    queries,
    unsubscribe,
    stream: () => observer as Observer,
  };
}

describe("following a run", () => {
  const follow = (fake: ReturnType<typeof fakeClient>, signal = new AbortController().signal) => {
    const seen: string[] = [];
    const ended = followRun(fake.client, "w", "q", {
      onRun: ({ status }) => seen.push(status),
      signal,
      againMs: 1,
    });
    return { seen, ended };
  };

  it("ends with its last state", async () => {
    const fake = fakeClient({});
    const { seen, ended } = follow(fake);
    fake.stream().onData(RUNNING);
    fake.stream().onData(ENDED);
    expect(await ended).toBe(ENDED);
    expect(seen).toEqual(["running", "succeeded"]);
    expect(fake.unsubscribe).toHaveBeenCalledOnce();
  });

  it("outlives a lost stream and a server that does not answer", async () => {
    const fake = fakeClient({ get: [unreachable(), RUNNING, unreachable(), ENDED] });
    const { seen, ended } = follow(fake);
    fake.stream().onError();
    expect(await ended).toBe(ENDED);
    expect(seen).toEqual(["running", "succeeded"]);
  });

  it("says a cancel again until the server has heard it", async () => {
    const fake = fakeClient({ cancel: [unreachable(), unreachable(), null] });
    const stop = new AbortController();
    const { ended } = follow(fake, stop.signal);
    stop.abort();
    await vi.waitFor(() => expect(fake.queries.cancel.mutate).toHaveBeenCalledTimes(3), { timeout: 20_000 });
    fake.stream().onData(CANCELLED);
    expect(await ended).toBe(CANCELLED);
  });

  it("fails where the run cannot be seen any longer", async () => {
    const gone = Object.assign(new TRPCClientError("gone"), {
      data: { failure: { code: "not_found", message: "Gone." } },
    });
    const fake = fakeClient({ get: [gone] });
    const { ended } = follow(fake);
    fake.stream().onComplete();
    await expect(ended).rejects.toBe(gone);
  });
});
