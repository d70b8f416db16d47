import { describe, it } from "vitest";
import { describeJobFilesContract } from "../../../domain/ports/job-files.contract";
import { s3JobFiles } from "./s3-job-files";

// biome-ignore lint/style/noProcessEnv: a contract test finds its engine there
const env = process.env;
const {
  CONTRACT_S3_ENDPOINT: endpoint,
  CONTRACT_S3_BUCKET: bucket = "",
  CONTRACT_S3_REGION: region = "",
} = env;

if (endpoint === undefined) {
  describe("JobFiles on S3", () => {
    it.skip("needs CONTRACT_S3_ENDPOINT and CONTRACT_S3_BUCKET", () => {});
  });
} else {
  describeJobFilesContract("S3", async () => {
    const scope = `s3://${bucket}/job-files-${Date.now()}`;
    const {
      CONTRACT_S3_ACCESS_KEY_ID: accessKeyId = "",
      CONTRACT_S3_SECRET_ACCESS_KEY: secretAccessKey = "",
    } = env;
    const keys = { accessKeyId, secretAccessKey };
    return {
      files: s3JobFiles({ endpoint, region, ...keys, scope }),
      uri: (name) => `${scope}/tables/${name}`,
      write: async (target, text) => answered(await fetch(target, { method: "PUT", body: text })),
      create: async (target) => {
        const answer = await fetch(target, { method: "PUT", body: "", headers: { "If-None-Match": "*" } });
        if (answer.status !== 412) answered(answer);
        return answer.ok;
      },
      read: async (source) => {
        const answer = await fetch(source);
        answered(answer);
        return answer.text();
      },
    };
  });
}

function answered({ ok, status }: Response): void {
  if (!ok) throw new Error(`S3 answers ${status}`);
}
