import { createTransport } from "nodemailer";
import type { MailAddress, Notifier } from "../../../domain/ports/notifier";
import { Failure } from "../../../domain/shared/failure";
import { mailText } from "./mail-text";

const ANSWER_MS = 15_000;

/** Sends mail over SMTP. `url` is `smtp://` or `smtps://`, with the name and password that it asks for. */
export function mailNotifier({ url, from }: { url: string; from: string }): Notifier<MailAddress> {
  return {
    send: async ({ addresses }, message, key) => {
      const transport = createTransport({
        url,
        connectionTimeout: ANSWER_MS,
        greetingTimeout: ANSWER_MS,
        socketTimeout: ANSWER_MS,
      });
      try {
        await transport.sendMail({
          from,
          to: addresses,
          ...mailText(message),
          messageId: `<${key}@benchwright>`,
        });
      } catch (cause) {
        throw mailFailure(cause);
      } finally {
        transport.close();
      }
    },
  };
}

function mailFailure(cause: unknown): Failure {
  const { code, responseCode } = cause as { code?: unknown; responseCode?: unknown };
  if (code === "EAUTH") {
    return new Failure("engine_unavailable", "The mail server refuses the name or password of SMTP_URL.", {
      retryable: true,
      cause,
    });
  }
  // 5xx of SMTP is for good; 4xx and a silent server are for now.
  if (typeof responseCode === "number" && responseCode >= 500)
    return new Failure("invalid_input", `The mail server refuses the message: ${responseCode}.`, {
      hint: "Look at its addresses and at SMTP_FROM.",
      cause,
    });
  const told = typeof responseCode === "number" ? `answered ${responseCode}` : "does not answer";
  return new Failure("engine_unavailable", `The mail server ${told}.`, { retryable: true, cause });
}
