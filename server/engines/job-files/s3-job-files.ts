import { AwsClient } from "aws4fetch";
import type { JobAttemptKey, JobFiles } from "../../../domain/ports/job-files";
import { Failure } from "../../../domain/shared/failure";

export type S3JobFilesOptions = {
  /** Null for the cloud's own. */
  endpoint: string | null;
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
  /** `s3://bucket/prefix`, without a slash at the end. */
  scope: string;
};

/** A job may wait and work this long before the URLs that it was given end: the longest that S3 grants. */
const EXPIRES_SECONDS = 7 * 24 * 3600;
const RETRIES = 4;

/** Files of a bucket. A job gets a presigned URL for each of its files, good for one verb, and no key. */
export function s3JobFiles(options: S3JobFilesOptions): JobFiles {
  const { region, accessKeyId, secretAccessKey, scope } = options;
  const client = new AwsClient({ accessKeyId, secretAccessKey, region, service: "s3", retries: RETRIES });
  const presigned = async (uri: string, method: "GET" | "PUT", headers = {}): Promise<string> => {
    const url = new URL(httpUrl(uri, options));
    url.searchParams.set("X-Amz-Expires", String(EXPIRES_SECONDS));
    return (await client.sign(url, { method, headers, aws: { signQuery: true } })).url;
  };
  const inFolder = ({ runId, taskId, attempt }: JobAttemptKey, name: string) =>
    `${scope}/.jobs/${runId}/${taskId}-${attempt}/${name}`;
  return {
    resultUri: (key) => inFolder(key, "result.json"),
    forReading: (uri) => presigned(uri, "GET"),
    forWriting: (uri) => presigned(uri, "PUT"),
    // The condition is part of the signature: by this URL nobody replaces what is there.
    forBeginning: (key) => presigned(inFolder(key, "begun"), "PUT", { "If-None-Match": "*" }),
    async read(uri) {
      const answer = await client.fetch(httpUrl(uri, options)).catch((cause: unknown) => {
        throw unavailable(uri, "it does not answer", cause);
      });
      if (answer.status === 404) return null;
      if (!answer.ok) throw unavailable(uri, `it answers ${answer.status}`);
      return answer.text();
    },
  };
}

/** Virtual-hosted at the cloud's own S3; by path elsewhere, where buckets seldom have names of their own. */
function httpUrl(uri: string, { endpoint, region }: S3JobFilesOptions): string {
  const [, bucket = "", key = ""] = /^s3:\/\/([^/]+)\/(.+)$/.exec(uri) ?? [];
  if (key === "") throw new Failure("invalid_input", `${uri} is no file of a bucket.`);
  const path = key.split("/").map(encodeURIComponent).join("/");
  if (endpoint !== null) return `${endpoint.replace(/\/+$/, "")}/${bucket}/${path}`;
  return bucket.includes(".")
    ? `https://s3.${region}.amazonaws.com/${bucket}/${path}`
    : `https://${bucket}.s3.${region}.amazonaws.com/${path}`;
}

const unavailable = (uri: string, why: string, cause?: unknown): Failure =>
  new Failure("engine_unavailable", `${uri} cannot be read from the bucket: ${why}.`, {
    hint: "See that the S3 server runs and that the keys may read there.",
    retryable: true,
    cause,
  });
