import { createHash } from "node:crypto";
import { z } from "zod";
import { Failure } from "../../domain/shared/failure";
import { unzipFiles, zipFiles } from "../pipelines/index";
import { recordAudit, requireRole, type WorkspaceScope } from "../workspaces/index";
import { type Db, putCodePackage } from "./store";

const MOST_BYTES = 20 * 1024 * 1024;
const MOST_FILES = 2_000;

export const SaveCodePackageInput = z.object({
  /** The folder that `training_script` starts with. */
  name: z.string().regex(/^[A-Za-z][\w-]{0,63}$/, "Start with a letter; use letters, digits, _ and -"),
  /** The zip's bytes. */
  zip: z.instanceof(Uint8Array),
});
export type SaveCodePackageInput = z.infer<typeof SaveCodePackageInput>;

export const SaveCodePackageResult = z.object({
  name: z.string(),
  version: z.string(),
  files: z.array(z.string()),
});

/**
 * Stores job code, versioned by its content: `version` is the SHA-256 of the files. A single folder of the package's
 * name around all files is taken off. Failures: `invalid_input`.
 */
export async function saveCodePackage(
  scope: WorkspaceScope<{ db: Db }>,
  { name, zip }: SaveCodePackageInput,
): Promise<z.infer<typeof SaveCodePackageResult>> {
  requireRole(scope, "engineer");
  if (zip.byteLength > MOST_BYTES)
    throw new Failure("invalid_input", "A code package may have 20 MiB at most.");
  const files = withoutOuterFolder(unzipFiles(zip), name);
  const paths = Object.keys(files).sort();
  const unsafe = paths.find(
    (path) => path.startsWith("/") || path.includes("\\") || path.split("/").includes(".."),
  );
  if (unsafe !== undefined)
    throw new Failure("invalid_input", `The path ${unsafe} leads out of the package.`);
  if (paths.length === 0 || paths.length > MOST_FILES) {
    throw new Failure(
      "invalid_input",
      paths.length === 0 ? "The zip holds no files." : `The zip holds more than ${MOST_FILES} files.`,
    );
  }
  const bytes = zipFiles(files);
  const contentHash = createHash("sha256").update(bytes).digest("hex");
  const isNew = await putCodePackage(scope.db, {
    workspaceId: scope.workspace.id,
    name,
    contentHash,
    bytes,
    files: paths,
    createdBy: scope.actor.name,
    createdAt: scope.clock.now(),
  });
  if (isNew) await recordAudit(scope, "code.saved", name, { version: contentHash });
  return { name, version: contentHash, files: paths };
}

function withoutOuterFolder(files: Record<string, Uint8Array>, name: string): Record<string, Uint8Array> {
  const entries = Object.entries(files).filter(
    ([path]) => !/(^|\/)(__pycache__|__MACOSX|\.DS_Store)(\/|$)/.test(path),
  );
  const inside = entries.every(([path]) => path.startsWith(`${name}/`));
  return Object.fromEntries(
    inside ? entries.map(([path, bytes]) => [path.slice(name.length + 1), bytes]) : entries,
  );
}
