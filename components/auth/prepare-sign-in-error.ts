/** next-auth's own codes in words; other texts of `?error=` come from Benchwright and are shown as they are. */
const CODES: Record<string, string> = {
  OAuthSignin: "The identity provider could not be reached.",
  OAuthCallback: "The identity provider refused the sign-in, or it was cancelled there.",
  OAuthCreateAccount: "The account of the identity provider could not be linked.",
  OAuthAccountNotLinked: "This e-mail belongs to an account that signs in another way.",
  Callback: "Signing in did not finish. Try again.",
  AccessDenied: "The identity provider's account may not sign in here.",
  CredentialsSignin: "This e-mail and password do not belong together.",
  SessionRequired: "Sign in first.",
  Configuration: "Sign-in is not set up correctly; the details are in the server's log.",
};

/** The sentence for the `error` of the address; null where there is none. At most 300 characters. */
export function prepareSignInError(code: string | null): string | null {
  if (code === null || code === "") return null;
  return CODES[code] ?? (/^[A-Za-z]+$/.test(code) ? "Signing in failed. Try again." : code.slice(0, 300));
}
