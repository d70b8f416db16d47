/** A web process that takes one request, as its environment says. Argument: `{ url, headers }` of it, as JSON. */
import { composition } from "../composition";
import { handleApiRequest } from "./handle-api-request";

const { url, headers } = JSON.parse(process.argv[2] ?? "{}") as {
  url: string;
  headers: Record<string, string>;
};
process.on("disconnect", () => process.exit(0));
await handleApiRequest(new Request(url, { method: "POST", headers, body: "{}" }), composition);
