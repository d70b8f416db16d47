import { beforeAll, describe, expect, it } from "vitest";
import type { JobRunner, JobState } from "./job-runner";

export type JobRunnerSubject = {
  runner: JobRunner;
  /** A zip that holds `greeting.txt` with the text `hello from the package`. */
  package: Uint8Array;
  freshId(): string;
};

/** The entrypoints of this contract, for a fake that knows jobs instead of a shell. */
export const ENTRYPOINTS = {
  greets: 'cat greeting.txt; echo; echo "word $CONTRACT_WORD"',
  counts: "for n in 1 2 3 4 5; do echo line $n; sleep 0.8; done; echo žluť",
  fails: "echo about to fail; exit 3",
  sleeps: "echo sleeping; sleep 60",
};

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** What every JobRunner keeps. */
export function describeJobRunnerContract(name: string, make: () => Promise<JobRunnerSubject>): void {
  describe(`JobRunner: ${name}`, { timeout: 120_000 }, () => {
    let subject: JobRunnerSubject;
    beforeAll(async () => {
      subject = await make();
    });

    const submit = async (entrypoint: string, id = subject.freshId()) => {
      const env = { CONTRACT_WORD: "sesame" };
      await subject.runner.submit({
        id,
        entrypoint,
        package: subject.package,
        env,
        metadata: { purpose: "contract" },
      });
      return id;
    };
    const until = async (id: string, holds: (state: JobState) => boolean) => {
      for (;;) {
        const state = await subject.runner.state(id);
        if (holds(state)) return state;
        await pause(100);
      }
    };
    const hasEnded = ({ status }: JobState) => status !== "queued" && status !== "running";
    const read = async (id: string, signal = new AbortController().signal) => {
      let text = "";
      for await (const chunk of subject.runner.tailLogs(id, signal)) text += chunk;
      return text;
    };

    it("runs an entrypoint in the package's folder, with its environment", async () => {
      const id = await submit(ENTRYPOINTS.greets);
      const text = await read(id);
      expect(text).toContain("hello from the package");
      expect(text).toContain("word sesame");
      const state = await until(id, hasEnded);
      expect(state.status).toBe("succeeded");
      expect(state.endedAt?.getTime()).toBeGreaterThanOrEqual(state.startedAt?.getTime() ?? Infinity);
    });

    it("runs equal ids once", async () => {
      const id = await submit(ENTRYPOINTS.greets);
      await submit(ENTRYPOINTS.greets, id);
      await until(id, hasEnded);
      await submit(ENTRYPOINTS.greets, id);
      expect((await read(id)).match(/word sesame/g)).toHaveLength(1);
    });

    it("follows the log as it is written, whole and once, and ends with the job", async () => {
      const id = await submit(ENTRYPOINTS.counts);
      const arrivals: number[] = [];
      let text = "";
      for await (const chunk of subject.runner.tailLogs(id, new AbortController().signal)) {
        arrivals.push(Date.now());
        text += chunk;
      }
      const lines = text.split("\n").filter((line) => /^(line \d|žluť)$/.test(line));
      expect(lines).toEqual(["line 1", "line 2", "line 3", "line 4", "line 5", "žluť"]);
      expect((arrivals.at(-1) ?? 0) - (arrivals[0] ?? 0)).toBeGreaterThan(300);
      expect(await read(id)).toBe(text);
    });

    it("tells that a job failed, with its reason", async () => {
      const id = await submit(ENTRYPOINTS.fails);
      const state = await until(id, hasEnded);
      expect(state).toMatchObject({ status: "failed", exitCode: 3 });
      expect(state.message).not.toBe("");
      expect(await read(id)).toContain("about to fail");
    });

    it("stops a job; stopping again, or stopping what is unknown, does nothing", async () => {
      const id = await submit(ENTRYPOINTS.sleeps);
      await until(id, (state) => state.status === "running");
      await subject.runner.stop(id);
      expect((await until(id, hasEnded)).status).toBe("cancelled");
      await subject.runner.stop(id);
      await subject.runner.stop(subject.freshId());
    });

    it("lets a reader leave without stopping the job", async () => {
      const id = await submit(ENTRYPOINTS.sleeps);
      const controller = new AbortController();
      setTimeout(() => controller.abort(), 500);
      await read(id, controller.signal);
      expect(["queued", "running"]).toContain((await subject.runner.state(id)).status);
      await subject.runner.stop(id);
    });

    it("does not know a job that was never submitted", async () => {
      await expect(subject.runner.state(subject.freshId())).rejects.toMatchObject({ code: "not_found" });
      await expect(read(subject.freshId())).rejects.toMatchObject({ code: "not_found" });
    });

    it("refuses an id that is not plain", async () => {
      await expect(submit(ENTRYPOINTS.greets, "../x")).rejects.toMatchObject({ code: "invalid_input" });
    });

    it("says which engine it is and how large", async () => {
      const health = await subject.runner.health();
      expect(health.version).not.toBe("");
      expect(health.cpus).toBeGreaterThan(0);
      expect(health.memoryBytes).toBeGreaterThan(0);
    });
  });
}
