import path from "node:path";
import { cacheFolder } from "../folders.mjs";
import { findPython, packageIndexSettings, uvProgram } from "../python.mjs";
import { Problem } from "../problem.mjs";
import { startS3 } from "./s3.mjs";
import { startTemporal } from "./temporal.mjs";
import { startTrino } from "./trino.mjs";

/**
 * Engines that only the full tier starts. Each is fetched into the cache on first use, started on 127.0.0.1 in a folder
 * of its own, and given to the contracts by the variables it names; a contract that misses one is skipped and says so.
 * To add an engine, add `{ name, variables, start({ folder }) }`; `start` returns `{ contracts, stop }`.
 */
export const liveEngines = [
  {
    name: "S3",
    variables: ["CONTRACT_S3_ENDPOINT", "CONTRACT_S3_BUCKET", "CONTRACT_S3_REGION", "CONTRACT_S3_ACCESS_KEY_ID", "CONTRACT_S3_SECRET_ACCESS_KEY"],
    async start({ folder }) {
      const { url, bucket, region, stop } = await startS3({ folder });
      const contracts = {
        CONTRACT_S3_ENDPOINT: url,
        CONTRACT_S3_BUCKET: bucket,
        CONTRACT_S3_REGION: region,
        CONTRACT_S3_ACCESS_KEY_ID: "contract",
        CONTRACT_S3_SECRET_ACCESS_KEY: "contract",
      };
      return { contracts, stop };
    },
  },
  {
    name: "Trino",
    variables: ["CONTRACT_TRINO_URL"],
    async start({ folder }) {
      const { url, stop } = await startTrino({ folder });
      return { contracts: { CONTRACT_TRINO_URL: url }, stop };
    },
  },
  {
    name: "Temporal",
    variables: ["CONTRACT_TEMPORAL_ADDRESS"],
    async start({ folder }) {
      const { address, stop } = await startTemporal({ folder });
      return { contracts: { CONTRACT_TEMPORAL_ADDRESS: address }, stop };
    },
  },
  {
    // Connectors are installed from the package index into environments of their own.
    name: "Connectors",
    variables: ["CONTRACT_UV_PATH"],
    async start() {
      const python = await findPython();
      if (python.missing !== undefined) throw new Problem(python.missing);
      const contracts = {
        ...(await packageIndexSettings(python)),
        CONTRACT_UV_PATH: uvProgram(python),
        CONNECTORS_DIR: path.join(cacheFolder(), "connectors"),
      };
      return { contracts, stop: async () => {} };
    },
  },
];
