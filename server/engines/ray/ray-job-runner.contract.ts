import { randomUUID } from "node:crypto";
import { strToU8, zipSync } from "fflate";
import { describe, it } from "vitest";
import { describeJobRunnerContract } from "../../../domain/ports/job-runner.contract";
import { rayJobRunner } from "./ray-job-runner";

// biome-ignore lint/style/noProcessEnv: a contract says itself which engine it runs against.
const address = process.env.CONTRACT_RAY_ADDRESS ?? "";

if (address === "") {
  describe("JobRunner: Ray", () => {
    it.skip("needs CONTRACT_RAY_ADDRESS, the HTTP address of a Ray dashboard", () => {});
  });
} else {
  describeJobRunnerContract("Ray", async () => ({
    runner: rayJobRunner({ address }),
    package: zipSync({ "greeting.txt": strToU8("hello from the package") }),
    freshId: () => `contract-${randomUUID()}`,
  }));
}
