import { z } from "zod";
import { Failure } from "../../domain/shared/failure";
import { type Db, ensureSampleWorkspace, putMembership, recordAudit } from "../workspaces/index";
import { hashPassword, NewPassword } from "./password";
import { countUsers, insertUser, lockSetup } from "./store";

const EmailAddress = z.string().trim().toLowerCase().max(254).pipe(z.email("This is not an e-mail address."));
export const PersonName = z.string().trim().min(1, "Say how you are called.").max(120);

/** A slow disk may keep several first visits waiting for one another. */
const PATIENT = { maxWait: 10_000, timeout: 20_000 };

export const SetUpInput = z.object({ email: EmailAddress, name: PersonName, password: NewPassword });
export type SetUpInput = z.infer<typeof SetUpInput>;

/** Makes the first person, admin of the sample workspace. Failures: `conflict` as soon as there is anybody. */
export async function setUp(scope: { db: Db }, { email, name, password }: SetUpInput): Promise<void> {
  const done = new Failure("conflict", "The first admin exists already.", { hint: "Sign in instead." });
  if ((await countUsers(scope.db)) > 0) throw done;
  const passwordHash = await hashPassword(password);
  await scope.db.$transaction(async (tx) => {
    await lockSetup(tx);
    if ((await countUsers(tx)) > 0) throw done;
    const user = await insertUser(tx, { email, name, passwordHash });
    const workspace = await ensureSampleWorkspace(tx);
    await putMembership(tx, workspace.id, user.id, "admin");
    await recordAudit({ db: tx, actor: user, workspace }, "setup.completed", email);
  }, PATIENT);
}
