import type { ShownFailure } from "@/components/ui/failure-of";

const UNREACHABLE: ShownFailure = {
  code: "network",
  message: "The server does not answer.",
  hint: "Check that Benchwright runs, then try again.",
};

async function csrfToken(): Promise<string> {
  const response = await fetch("/api/auth/csrf");
  const body = (await response.json()) as { csrfToken: string };
  return body.csrfToken;
}

async function post(path: string, fields: Record<string, string>): Promise<Response> {
  return fetch(path, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({ ...fields, csrfToken: await csrfToken(), json: "true" }),
  });
}

/** The failure that the answer of a sign-in holds, or null where the person is signed in. */
export function refusalOf(status: number, url: string | undefined): ShownFailure | null {
  const error = url === undefined ? null : new URL(url, "http://here.invalid").searchParams.get("error");
  if (error === null && status < 400) return null;
  if (status === 429) {
    return {
      code: "rate_limited",
      message: error ?? "Too many attempts to sign in. Wait a while.",
      hint: null,
    };
  }
  if (status >= 500 || error === null) return UNREACHABLE;
  return { code: "unauthenticated", message: error, hint: null };
}

/** Signs in with e-mail and password. Resolves with what went wrong, or null. */
export async function signInWithPassword(email: string, password: string): Promise<ShownFailure | null> {
  try {
    const response = await post("/api/auth/callback/credentials", { email, password, callbackUrl: "/" });
    const body = (await response.json().catch(() => ({}))) as { url?: string };
    return refusalOf(response.status, body.url);
  } catch {
    return UNREACHABLE;
  }
}

/** Goes to the identity provider; comes back to `returnPath`. Resolves with what went wrong. */
export async function signInWithProvider(returnPath: string): Promise<ShownFailure | null> {
  try {
    const response = await post("/api/auth/signin/oidc", { callbackUrl: returnPath });
    const body = (await response.json()) as { url?: string };
    const refusal = refusalOf(response.status, body.url);
    if (refusal === null && body.url !== undefined) window.location.assign(body.url);
    return refusal;
  } catch {
    return UNREACHABLE;
  }
}

/** Ends the session of this browser and goes to the sign-in page. */
export async function signOut(): Promise<void> {
  await post("/api/auth/signout", { callbackUrl: "/sign-in" });
  window.location.assign("/sign-in");
}
