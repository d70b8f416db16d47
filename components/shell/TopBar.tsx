"use client";

import { ChevronsUpDown, Keyboard, Search, UserRound } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { signOut } from "@/components/session/session-requests";
import { ThemeMenu } from "@/components/theme/ThemeMenu";
import { Logo } from "@/components/ui/Logo";
import { Menu } from "@/components/ui/Menu";
import { StateGlyph } from "@/components/ui/StateGlyph";
import { Tag } from "@/components/ui/Tag";
import { useEngines } from "./useEngines";
import { useWorkbench } from "./workbench";

const ICON_BUTTON =
  "inline-flex size-[26px] items-center justify-center rounded-2 text-ink-2 hover:bg-hover hover:text-ink";

function WorkspaceMenu() {
  const { me, workspace } = useWorkbench();
  const router = useRouter();
  return (
    <Menu
      align="start"
      items={[
        { kind: "heading", key: "heading", label: "Workspaces" },
        ...me.workspaces.map(({ slug, name, role }) => ({
          kind: "action" as const,
          key: slug,
          label: name,
          hint: role,
          isChecked: slug === workspace.slug,
          onSelect: () => router.push(`/${slug}`),
        })),
        { kind: "line", key: "line" },
        {
          kind: "action",
          key: "new",
          label: "Make a workspace",
          onSelect: () => router.push("/no-workspace"),
        },
      ]}
      trigger={
        <button
          className="inline-flex h-[26px] max-w-[28ch] items-center gap-2 rounded-2 px-2 font-semibold text-13 hover:bg-hover"
          title={workspace.name}
          type="button"
        >
          <span className="sr-only">Workspace </span>
          <span className="truncate">{workspace.name}</span>
          <ChevronsUpDown aria-hidden="true" className="shrink-0 text-ink-3" size={13} />
        </button>
      }
    />
  );
}

function EnginesLink() {
  const { workspace } = useWorkbench();
  const { summary, failure } = useEngines();
  const state = failure !== null ? "down" : (summary?.state ?? "waiting");
  const words = failure !== null ? "server does not answer" : (summary?.words ?? "reading engines");
  return (
    <Link
      className="inline-flex h-[26px] items-center rounded-2 px-2 text-12 text-ink-2 no-underline hover:bg-hover hover:text-ink"
      href={`/${workspace.slug}/status`}
    >
      <StateGlyph label={words} state={state} />
    </Link>
  );
}

function PersonMenu() {
  const { me, workspace, version } = useWorkbench();
  const router = useRouter();
  return (
    <Menu
      items={[
        { kind: "heading", key: "who", label: `${me.name}, ${me.email}` },
        { kind: "heading", key: "role", label: `${workspace.role} of ${workspace.name}` },
        { kind: "line", key: "line" },
        {
          kind: "action",
          key: "account",
          label: "Account and password",
          onSelect: () => router.push(`/${workspace.slug}/settings/account`),
        },
        { kind: "action", key: "out", label: "Sign out", onSelect: () => void signOut() },
        { kind: "line", key: "line2" },
        { kind: "heading", key: "version", label: `Benchwright ${version}` },
      ]}
      trigger={
        <button aria-label={`Account of ${me.name}`} className={ICON_BUTTON} type="button">
          <UserRound aria-hidden="true" size={16} strokeWidth={1.75} />
        </button>
      }
    />
  );
}

/** 40 px: workspace, palette, engines, theme, keys, person. */
export function TopBar({ onPalette, onSheet }: { onPalette: () => void; onSheet: () => void }) {
  const { workspace } = useWorkbench();
  return (
    <header className="col-span-2 flex items-center gap-2 border-line-2 border-b bg-bg pr-3">
      <Link
        aria-label="Benchwright, home of this workspace"
        className="flex w-[var(--rail)] shrink-0 items-center justify-center gap-2 text-ink no-underline"
        href={`/${workspace.slug}`}
      >
        <Logo />
        <span aria-hidden="true" className="hidden font-semibold text-13 wide:inline">
          Benchwright
        </span>
      </Link>
      <WorkspaceMenu />
      <Tag>{workspace.role}</Tag>
      <button
        aria-keyshortcuts="Control+K"
        className="mx-auto flex h-[26px] w-full max-w-[400px] items-center gap-2 rounded-2 border border-ctl bg-panel px-2 text-ink-2 hover:bg-raised"
        onClick={onPalette}
        type="button"
      >
        <Search aria-hidden="true" size={14} />
        <span className="truncate">Go to a room, table, run or action</span>
        <kbd className="ml-auto rounded-1 border border-ctl px-1 font-sans text-11">Ctrl K</kbd>
      </button>
      <EnginesLink />
      <ThemeMenu />
      <button aria-label="Keyboard shortcuts" className={ICON_BUTTON} onClick={onSheet} type="button">
        <Keyboard aria-hidden="true" size={16} strokeWidth={1.75} />
      </button>
      <PersonMenu />
    </header>
  );
}
