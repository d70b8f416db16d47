import { z } from "zod";

/** What is known of a secret: everything but its value. */
export const SecretView = z.object({
  name: z.string(),
  setAt: z.date(),
  setBy: z.string(),
  lastUsedAt: z.date().nullable(),
  /** Connections whose document names it. */
  usedBy: z.array(z.string()),
});
export type SecretView = z.infer<typeof SecretView>;
