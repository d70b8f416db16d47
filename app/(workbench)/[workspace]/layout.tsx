import type { Metadata } from "next";
import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import { SignInRedirect } from "@/components/auth/SignInRedirect";
import { Shell } from "@/components/shell/Shell";
import { WorkbenchProvider } from "@/components/shell/workbench";
import { pageCaller } from "@/server/trpc/page-caller";

export const dynamic = "force-dynamic";

type Props = { params: Promise<{ workspace: string }>; children: ReactNode };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { workspace } = await params;
  return { title: { default: workspace, template: `%s · ${workspace} · Benchwright` } };
}

export default async function WorkbenchLayout({ params, children }: Props) {
  const { workspace: slug } = await params;
  const { person, caller, version } = await pageCaller();
  if (person === null) return <SignInRedirect />;
  const me = await caller.auth.me();
  const workspace = me.workspaces.find((candidate) => candidate.slug === slug);
  if (workspace === undefined) notFound();
  return (
    <WorkbenchProvider me={me} version={version} workspace={workspace}>
      <Shell>{children}</Shell>
    </WorkbenchProvider>
  );
}
