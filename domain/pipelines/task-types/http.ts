import { z } from "zod";
import { findSecretReferences } from "../../sources/find-secret-references";
import type { TaskType } from "./task-type";

const HttpConfig = z.strictObject({
  method: z.enum(["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"]).default("GET").meta({ title: "Method" }),
  url: z
    .string()
    .max(2_000)
    .regex(/^https?:\/\/[^\s/]+/, "Write a whole address, for example https://example.com/hooks/1")
    .meta({ title: "Address", examples: ["https://example.com/hooks/1"] }),
  headers: z
    .record(z.string().regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/, "This is no name of a header"), z.string())
    .optional()
    .meta({
      title: "Headers",
      description: "$" + "{NAME} stands for a secret of the workspace.",
      examples: [{ Authorization: "Bearer $" + "{API_TOKEN}" }],
    }),
  body: z
    .json()
    .optional()
    .meta({ title: "Body", description: "A text is sent as it is, anything else as JSON." }),
  expected_status: z
    .array(z.int().min(100).max(599))
    .min(1)
    .optional()
    .meta({
      title: "Expected status",
      description: "Any of 200 to 299 where it is absent.",
      examples: [[200, 202]],
    }),
});
type HttpConfig = z.infer<typeof HttpConfig>;

export const http = {
  type: "http",
  label: "HTTP request",
  summary: "Sends a request and keeps its answer.",
  group: "control",
  config: HttpConfig,
  initial: { method: "GET", url: "https://example.com/" },
  maxAttempts: 1,
  unavailable: null,
  secrets: ({ headers = {} }) => findSecretReferences(headers).map(({ name }) => name),
  check: ({ config: { headers: _headers, ...rest } }) =>
    findSecretReferences(rest).map(({ name, pointer }) => ({
      pointer: `/config${pointer}`,
      message: `Secrets stand in headers only, where no log shows them. Move \${${name}} there.`,
    })),
} as const satisfies TaskType<"http", HttpConfig>;
