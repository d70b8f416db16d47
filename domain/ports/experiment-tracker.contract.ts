import { beforeAll, describe, expect, it } from "vitest";
import type { ExperimentTracker } from "./experiment-tracker";

export type ExperimentTrackerSubject = {
  tracker: ExperimentTracker;
  /** Stands in for a job: logs a finished run with these, registers a model version, and returns the run's id. */
  train(training: { experimentId: string; tags: Record<string, string>; model: string }): Promise<string>;
  /** Stands in for a job that was killed: a run that nobody ends. Returns its id. */
  begin(experimentId: string): Promise<string>;
  freshName(): string;
};

/** What every ExperimentTracker keeps. */
export function describeExperimentTrackerContract(
  name: string,
  make: () => Promise<ExperimentTrackerSubject>,
): void {
  describe(`ExperimentTracker: ${name}`, { timeout: 60_000 }, () => {
    let subject: ExperimentTrackerSubject;
    beforeAll(async () => {
      subject = await make();
    });

    const trained = async (tags: Record<string, string> = {}) => {
      const experiment = subject.freshName();
      const model = subject.freshName();
      const experimentId = await subject.tracker.ensureExperiment(experiment);
      return { experiment, experimentId, model, runId: await subject.train({ experimentId, tags, model }) };
    };

    it("makes an experiment once, also when asked twice at one time", async () => {
      const experiment = subject.freshName();
      const ids = await Promise.all([1, 2, 3].map(() => subject.tracker.ensureExperiment(experiment)));
      expect(new Set(ids).size).toBe(1);
      expect(await subject.tracker.ensureExperiment(experiment)).toBe(ids[0]);
    });

    it("shows a run that a job logged, with the page to open", async () => {
      const { experimentId, runId } = await trained({ "benchwright.run_id": "r-1" });
      const run = await subject.tracker.run(runId);
      expect(run).toMatchObject({ id: runId, experimentId, status: "FINISHED" });
      expect(run.tags["benchwright.run_id"]).toBe("r-1");
      expect(run.url).toContain(runId);
    });

    it("finds runs of one experiment by a tag", async () => {
      const { experiment, runId } = await trained({ "benchwright.run_id": "r-2" });
      const search = (id: string) =>
        subject.tracker.searchRuns(experiment, `tags.\`benchwright.run_id\` = '${id}'`, 10);
      expect((await search("r-2")).map((run) => run.id)).toEqual([runId]);
      expect(await search("r-3")).toEqual([]);
    });

    it("finds nothing in an experiment that is not there", async () => {
      expect(await subject.tracker.searchRuns(subject.freshName(), "", 10)).toEqual([]);
    });

    it("adds metrics and tags to a run", async () => {
      const { runId } = await trained();
      await subject.tracker.logMetrics(runId, { wape_overall: 0.196, bias: -0.01 });
      await subject.tracker.setTags(runId, { verdict: "PASS" });
      const run = await subject.tracker.run(runId);
      expect(run.metrics).toMatchObject({ wape_overall: 0.196, bias: -0.01 });
      expect(run.tags.verdict).toBe("PASS");
    });

    it("ends a run that its job left behind as failed", async () => {
      const experimentId = await subject.tracker.ensureExperiment(subject.freshName());
      const runId = await subject.begin(experimentId);
      expect((await subject.tracker.run(runId)).status).toBe("RUNNING");
      await subject.tracker.failRun(runId);
      expect((await subject.tracker.run(runId)).status).toBe("FAILED");
    });

    it("leaves a run that has ended as it ended", async () => {
      const { runId } = await trained();
      await subject.tracker.failRun(runId);
      expect((await subject.tracker.run(runId)).status).toBe("FINISHED");
    });

    it("lists the model versions of a run", async () => {
      const { runId, model } = await trained();
      expect(await subject.tracker.modelVersions(runId)).toMatchObject([
        { name: model, version: "1", runId },
      ]);
    });

    it("does not know a run that was never logged", async () => {
      const unknown = subject.tracker.run("0123456789abcdef0123456789abcdef");
      await expect(unknown).rejects.toMatchObject({ name: "Failure", code: "not_found" });
    });

    it("says which engine it is", async () => {
      expect((await subject.tracker.health()).version).not.toBe("");
    });
  });
}
