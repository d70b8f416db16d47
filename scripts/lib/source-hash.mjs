import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";

const TESTS = /\.(test|contract)\.[a-z]+$/;

function* filesUnder(target, skip) {
  if (!existsSync(target) || skip(target)) return;
  if (statSync(target).isFile()) yield target;
  else for (const name of readdirSync(target).sort()) yield* filesUnder(path.join(target, name), skip);
}

/** Changes exactly when a file under the targets (tests left out) changes in name or content. */
export function sourceHash(root, targets, skipped = []) {
  const left = new Set(skipped.map((name) => path.join(root, name)));
  const hash = createHash("sha256");
  for (const target of targets) {
    for (const file of filesUnder(path.join(root, target), (name) => left.has(name) || TESTS.test(name))) {
      hash.update(`${path.relative(root, file)}\0`).update(readFileSync(file)).update("\0");
    }
  }
  return hash.digest("hex");
}
