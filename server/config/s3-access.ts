type Variables = Partial<
  Record<
    "S3_BUCKET" | "S3_PREFIX" | "S3_ENDPOINT" | "S3_REGION" | "S3_ACCESS_KEY_ID" | "S3_SECRET_ACCESS_KEY",
    string | undefined
  >
>;

export type S3Settings = {
  /** Null for the cloud's own. */
  endpoint: string | null;
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
  /** `s3://bucket/prefix`, without a slash at the end. */
  scope: string;
};

/** The bucket that the environment names, or null where the lake lies in the data folder. */
export function s3Access(env: Variables): S3Settings | null {
  if (env.S3_BUCKET === undefined) return null;
  const prefix = (env.S3_PREFIX ?? "").split("/").filter((part) => part !== "");
  return {
    endpoint: env.S3_ENDPOINT ?? null,
    region: env.S3_REGION ?? "us-east-1",
    accessKeyId: env.S3_ACCESS_KEY_ID ?? "",
    secretAccessKey: env.S3_SECRET_ACCESS_KEY ?? "",
    scope: ["s3:/", env.S3_BUCKET, ...prefix].join("/"),
  };
}
