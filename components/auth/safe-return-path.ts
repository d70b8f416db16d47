/** A path of this app that is safe to go to after signing in; everything else, and the sign-in page itself, is `/`. */
export function safeReturnPath(wanted: string | null | undefined): string {
  if (!wanted?.startsWith("/")) return "/";
  // Browsers read `/\host` and `//host` as another host, and drop tabs and line ends before they look.
  const HERE = "http://here.invalid";
  try {
    const url = new URL(wanted, HERE);
    const isHere = url.origin === HERE && !wanted.startsWith("//") && !wanted.includes("\\");
    const leadsBack = ["/sign-in", "/welcome", "/api"].some(
      (door) => url.pathname === door || url.pathname.startsWith(`${door}/`),
    );
    return isHere && !leadsBack ? url.pathname + url.search + url.hash : "/";
  } catch {
    return "/";
  }
}
