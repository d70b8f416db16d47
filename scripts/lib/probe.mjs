import http from "node:http";
import https from "node:https";

/** The answer's status and text, or undefined when there is none in time. */
export function probe(url, timeoutMs = 3000, headers = {}) {
  return new Promise((resolve) => {
    const request = (url.startsWith("https:") ? https : http).get(url, { timeout: timeoutMs, headers }, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (chunk) => {
        if (text.length < 10_000) text += chunk;
      });
      response.on("end", () => resolve({ status: response.statusCode, text }));
      response.on("error", () => resolve(undefined));
    });
    request.on("timeout", () => request.destroy());
    request.on("error", () => resolve(undefined));
  });
}

/** The version of a Ray dashboard that answers, or undefined. */
export async function rayVersion(address) {
  const answer = await probe(new URL("/api/version", address).href);
  if (answer?.status !== 200) return undefined;
  try {
    return JSON.parse(answer.text).ray_version ?? "unknown";
  } catch {
    return undefined;
  }
}

/** The version of an MLflow server that answers, or undefined. */
export async function mlflowVersion(address) {
  const health = await probe(`${address.replace(/\/$/, "")}/health`);
  if (health?.status !== 200) return undefined;
  const answer = await probe(`${address.replace(/\/$/, "")}/version`);
  return answer?.status === 200 && answer.text.length < 40 ? answer.text.trim() : "unknown";
}

/** The version of a Trino coordinator that answers and has started, or undefined. */
export async function trinoVersion(address) {
  const answer = await probe(new URL("/v1/info", address).href);
  if (answer?.status !== 200) return undefined;
  try {
    const { nodeVersion, starting } = JSON.parse(answer.text);
    return starting ? undefined : (nodeVersion?.version ?? "unknown");
  } catch {
    return undefined;
  }
}

/** The version of a lake service that answers and says that it is well, or undefined. */
export async function lakeVersion(address, token) {
  const answer = await probe(`${address}/v1/health`, 3000, { authorization: `Bearer ${token}` });
  if (answer?.status !== 200) return undefined;
  try {
    return JSON.parse(answer.text).version ?? "unknown";
  } catch {
    return undefined;
  }
}
