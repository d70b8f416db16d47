/** A version as people name it: small numbers as they are, a snapshot's long id by its end. */
export function shortVersion(version: string | null): string {
  if (version === null) return "none";
  return version.length > 9 ? `…${version.slice(-6)}` : `version ${version}`;
}
