import { Failure } from "../../domain/shared/failure";

const LOOPBACK = ["localhost", "127.0.0.1", "[::1]"];

/**
 * Refuses a request that changes something and that a page of another site sent. A client that is no browser sends
 * neither header and has no cookies that another site could ride on.
 *
 * The Origin must be the Host asked for, and the Host must be ours or a loopback name: a foreign name that was made to
 * point here (DNS rebinding) has both alike.
 *
 * Failures: `forbidden`.
 */
export function refuseCrossSite(request: Request, publicUrl: string): void {
  if (request.method === "GET" || request.method === "HEAD") return;
  const site = request.headers.get("sec-fetch-site");
  const origin = request.headers.get("origin");
  if (site === null && origin === null) return;
  if ((site === null || site === "same-origin") && isOurOwn(origin, request.headers.get("host"), publicUrl))
    return;
  throw new Failure("forbidden", "This request came from a page of another site.", {
    hint: `Open the app at ${publicUrl}, or set NEXTAUTH_URL to the address that you use.`,
  });
}

function isOurOwn(origin: string | null, host: string | null, publicUrl: string): boolean {
  if (origin === null) return true;
  if (!URL.canParse(origin)) return false;
  const from = new URL(origin);
  const ours = new URL(publicUrl);
  return from.host === ours.host || (from.host === host && LOOPBACK.includes(from.hostname));
}
