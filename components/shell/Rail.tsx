"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { classNames } from "@/components/ui/class-names";
import { FOOT_ROOMS, ROOM_GROUPS, type Room, roomHref, roomOfPath } from "./rooms";
import { useWorkbench } from "./workbench";

function RailLink({ room, isHere, workspace }: { room: Room; isHere: boolean; workspace: string }) {
  const Icon = room.icon;
  return (
    <li>
      <Link
        aria-current={isHere ? "page" : undefined}
        aria-keyshortcuts={`g ${room.letter}`}
        className={classNames(
          "mx-1 flex flex-col items-center gap-0.5 rounded-2 border py-1.5 text-11 tracking-tight no-underline wide:tracking-normal wide:flex-row wide:gap-2 wide:px-2.5 wide:text-13",
          isHere
            ? "border-ctl bg-panel font-semibold text-ink shadow-[inset_3px_0_0_var(--accent)]"
            : "border-transparent text-ink-2 hover:bg-hover hover:text-ink",
        )}
        href={roomHref(workspace, room)}
      >
        <Icon aria-hidden="true" className="shrink-0" size={18} strokeWidth={1.6} />
        {room.label}
      </Link>
    </li>
  );
}

/** The rooms, grouped: data, models, and at the foot what is about the workspace. */
export function Rail() {
  const { workspace } = useWorkbench();
  const here = roomOfPath(usePathname(), workspace.slug);
  const link = (room: Room) => (
    <RailLink isHere={room.key === here?.key} key={room.key} room={room} workspace={workspace.slug} />
  );
  return (
    <nav
      aria-label="Rooms"
      className="flex min-h-0 flex-col overflow-y-auto border-line-2 border-r bg-bg py-1"
      data-pane=""
      tabIndex={-1}
    >
      {ROOM_GROUPS.map((group, index) => (
        <div className={classNames("py-1", index > 0 && "border-line-2 border-t")} key={group.key}>
          {group.short !== "" && (
            <p
              aria-hidden="true"
              className="px-1 pb-0.5 text-center text-11 text-ink-3 wide:px-3.5 wide:text-left"
            >
              <span className="wide:hidden">{group.short}</span>
              <span className="hidden wide:inline">{group.label}</span>
            </p>
          )}
          <ul aria-label={group.label} className="flex flex-col gap-0.5">
            {group.rooms.map(link)}
          </ul>
        </div>
      ))}
      <ul aria-label="About this workspace" className="mt-auto flex flex-col gap-0.5 py-1">
        {FOOT_ROOMS.map(link)}
      </ul>
    </nav>
  );
}
