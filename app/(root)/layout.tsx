import { redirect } from "next/navigation";
import { pageCaller } from "@/server/trpc/page-caller";

export const dynamic = "force-dynamic";

/** The front door leads on: to the first admin's form, to signing in, or into the first workspace. */
export default async function FrontDoor() {
  const { person, caller } = await pageCaller();
  if (person === null) {
    const { needsSetup } = await caller.auth.state();
    redirect(needsSetup ? "/welcome" : "/sign-in");
  }
  const { workspaces } = await caller.auth.me();
  const first = workspaces.find(({ slug }) => slug === "sample") ?? workspaces[0];
  redirect(first === undefined ? "/no-workspace" : `/${first.slug}`);
}
