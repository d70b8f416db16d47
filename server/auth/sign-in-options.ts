import type { AuthOptions, CookieOption } from "next-auth";
import credentials from "next-auth/providers/credentials";
import type { OAuthConfig } from "next-auth/providers/oauth";
import type { Clock } from "../../domain/shared/clock";
import { Failure } from "../../domain/shared/failure";
import { databaseFailure } from "../db/database-failure";
import type { Db } from "../workspaces/index";
import type { OidcSettings } from "./oidc-settings";
import { signIn } from "./sign-in";
import type { SignInLimit } from "./sign-in-limit";
import { signInWithProvider } from "./sign-in-with-provider";
import { userById, userIdOfAccount } from "./store";

export type AuthParts = {
  db: Db;
  clock: Clock;
  publicUrl: string;
  oidc: OidcSettings | null;
  secret: string;
  signInLimit: SignInLimit;
  clientAddress: string;
  /** Told of a sign-in that was refused, so that the transport can choose its status. */
  onRefused?: (failure: Failure) => void;
};

const OIDC = "oidc";
const SESSION_SECONDS = 14 * 24 * 60 * 60;

/** Browsers share cookies among all ports of a host, so the name holds the port: instances do not sign each other out. */
const cookiePrefix = (publicUrl: string): string => {
  const { port, protocol } = new URL(publicUrl);
  return `${protocol === "https:" ? "__Secure-" : ""}benchwright${port === "" ? "" : `-${port}`}`;
};

export const sessionCookieName = (publicUrl: string): string => `${cookiePrefix(publicUrl)}.session`;

function cookie(publicUrl: string, name: string, maxAge?: number): CookieOption {
  const secure = publicUrl.startsWith("https:");
  return {
    name: `${cookiePrefix(publicUrl)}.${name}`,
    options: {
      httpOnly: true,
      sameSite: "lax",
      path: "/",
      secure,
      ...(maxAge === undefined ? {} : { maxAge }),
    },
  };
}

type OidcClaims = { sub: string; name?: string; email?: string; email_verified?: boolean };

function oidcProvider(oidc: OidcSettings): OAuthConfig<OidcClaims> {
  return {
    id: OIDC,
    name: oidc.name,
    type: "oauth",
    wellKnown: `${oidc.issuer}/.well-known/openid-configuration`,
    clientId: oidc.clientId,
    clientSecret: oidc.clientSecret,
    idToken: true,
    checks: ["pkce", "state", "nonce"],
    authorization: { params: { scope: "openid email profile" } },
    profile: (claims) => ({ id: claims.sub, name: claims.name ?? null, email: claims.email ?? null }),
  };
}

/** The failure's own words where they may be shown, else one sentence. */
function refusal(error: unknown, onRefused: AuthParts["onRefused"]): string {
  const failure = error instanceof Failure ? error : databaseFailure(error);
  if (failure !== null) {
    onRefused?.(failure);
    return failure.hint === undefined ? failure.message : `${failure.message} ${failure.hint}`;
  }
  console.error("sign-in:", error);
  return "Signing in failed inside Benchwright; the details are in the server's log.";
}

/** How people sign in: next-auth with sessions in a signed and encrypted cookie. */
export function signInOptions(parts: AuthParts): AuthOptions {
  const { db, publicUrl, oidc, secret, signInLimit, clientAddress, onRefused } = parts;
  return {
    secret,
    session: { strategy: "jwt", maxAge: SESSION_SECONDS },
    useSecureCookies: publicUrl.startsWith("https:"),
    cookies: {
      sessionToken: cookie(publicUrl, "session"),
      callbackUrl: cookie(publicUrl, "callback-url"),
      csrfToken: cookie(publicUrl, "csrf"),
      pkceCodeVerifier: cookie(publicUrl, "pkce", 15 * 60),
      state: cookie(publicUrl, "state", 15 * 60),
      nonce: cookie(publicUrl, "nonce", 15 * 60),
    },
    pages: { signIn: "/sign-in", error: "/sign-in" },
    providers: [
      credentials({
        credentials: { email: { type: "email" }, password: { type: "password" } },
        async authorize(given) {
          try {
            const user = await signIn(
              { db, signInLimit },
              { email: given?.email ?? "", password: (given?.password ?? "").slice(0, 256), clientAddress },
            );
            return { id: user.id, email: user.email, name: user.name };
          } catch (error) {
            throw new Error(refusal(error, onRefused));
          }
        },
      }),
      ...(oidc === null ? [] : [oidcProvider(oidc)]),
    ],
    callbacks: {
      async signIn({ account, profile }) {
        if (account?.provider !== OIDC) return true;
        const claims = (profile ?? {}) as Partial<OidcClaims>;
        try {
          await signInWithProvider(parts, {
            provider: OIDC,
            subject: account.providerAccountId,
            email: claims.email ?? null,
            emailVerified: claims.email_verified === true,
            name: claims.name ?? null,
          });
          return true;
        } catch (error) {
          return `/sign-in?error=${encodeURIComponent(refusal(error, onRefused))}`;
        }
      },
      async jwt({ token, account, user }) {
        if (account == null) return token;
        const userId =
          account.provider === OIDC ? await userIdOfAccount(db, OIDC, account.providerAccountId) : user.id;
        const row = userId === null ? null : await userById(db, userId);
        if (row === null) throw new Error("the person vanished while signing in");
        return { sub: row.id, email: row.email, name: row.name, sessionEpoch: row.sessionEpoch };
      },
    },
  };
}
