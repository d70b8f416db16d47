import { decode } from "next-auth/jwt";
import type { Db } from "../workspaces/index";
import { findPerson, type Person } from "./find-person";
import { sessionCookieName } from "./sign-in-options";

type CookieJar = { getAll(): { name: string; value: string }[] };

/** next-auth splits a long cookie into `name.0`, `name.1` and so on. */
function sessionText(cookies: CookieJar, name: string): string {
  const parts = cookies
    .getAll()
    .filter((cookie) => cookie.name === name || cookie.name.startsWith(`${name}.`));
  const index = (cookie: { name: string }) => Number(cookie.name.slice(name.length + 1) || "0");
  return parts
    .sort((a, b) => index(a) - index(b))
    .map((cookie) => cookie.value)
    .join("");
}

/** The person behind the session cookie, or null where there is none, it is forged, too old, or ended since. */
export async function readSession(
  scope: { db: Db; publicUrl: string; secret: string },
  cookies: CookieJar,
): Promise<Person | null> {
  const token = sessionText(cookies, sessionCookieName(scope.publicUrl));
  if (token === "") return null;
  const claims = await decode({ token, secret: scope.secret }).catch(() => null);
  const { sub, sessionEpoch } = claims ?? {};
  if (sub === undefined || typeof sessionEpoch !== "number") return null;
  return findPerson(scope, { userId: sub, sessionEpoch });
}
