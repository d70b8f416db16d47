import { execFileSync } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import path from "node:path";

const PATTERNS = {
  "private key": /-----BEGIN (RSA |EC |OPENSSH |)PRIVATE KEY-----/,
  "AWS access key": /\bAKIA[0-9A-Z]{16}\b/,
  "GitHub token": /\bgh[pousr]_[A-Za-z0-9]{36,}\b/,
  "Slack token": /\bxox[baprs]-[A-Za-z0-9-]{20,}\b/,
  "API key": /\bsk-[A-Za-z0-9_-]{32,}\b/,
  "password in an address": /\b[a-z][a-z0-9+]*:\/\/[\w.-]+:[A-Za-z0-9_-]{24,}@(?!127\.0\.0\.1|localhost|host\b)/,
};
const LARGEST = 1024 ** 2;

/** What in a text looks like a secret: the kind and the line, never the secret itself. */
export function secretsIn(text) {
  return text.split("\n").flatMap((line, index) =>
    Object.entries(PATTERNS).flatMap(([kind, pattern]) => (pattern.test(line) ? [{ kind, line: index + 1 }] : [])),
  );
}

/** Looks through every file that git knows or would take in. */
export function findSecrets(root) {
  const listed = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], { cwd: root, encoding: "utf8" });
  return listed.split("\0").filter(Boolean).flatMap((name) => {
    const file = path.join(root, name);
    const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
    if (size === 0 || size > LARGEST) return [];
    return secretsIn(readFileSync(file, "utf8")).map((found) => `${name}:${found.line}: ${found.kind}`);
  });
}
