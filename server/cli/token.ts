import { parseArgs } from "node:util";
import { Failure } from "../../domain/shared/failure";
import { Role } from "../../domain/workspaces/role";
import { composition } from "../composition";
import { createToken, ensureSampleWorkspace, workspaceBySlug } from "../workspaces/index";

const USAGE = "npm run token -- --workspace <slug> --role <viewer|analyst|engineer|admin> [--name <name>]";

/** Makes an API token and prints it on a line of its own, once. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      workspace: { type: "string", default: "sample" },
      role: { type: "string", default: "engineer" },
      name: { type: "string", default: "made on the command line" },
    },
  });
  const role = Role.safeParse(values.role);
  if (!role.success)
    throw new Failure("invalid_input", `There is no role "${values.role}".`, { hint: USAGE });
  const { env: _env, ...parts } = composition();
  try {
    await ensureSampleWorkspace(parts.db);
    const workspace = await workspaceBySlug(parts.db, values.workspace);
    if (workspace === null) throw new Failure("not_found", `There is no workspace "${values.workspace}".`);
    const actor = { id: "system", name: "command line" };
    const { token } = await createToken(
      { ...parts, workspace, role: "admin", actor },
      { name: values.name, role: role.data },
    );
    process.stdout.write(`${token}\n`);
  } finally {
    await parts.db.$disconnect();
  }
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    const told = error instanceof Error ? error.message : String(error);
    const hint = error instanceof Failure && error.hint !== undefined ? ` ${error.hint}` : "";
    process.stderr.write(`No token was made: ${told}${hint}\n`);
    process.exit(1);
  },
);
