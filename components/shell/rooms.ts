import {
  Activity,
  BookOpenCheck,
  Cable,
  FlaskConical,
  House,
  type LucideIcon,
  Settings2,
  SquareTerminal,
  Table2,
  Workflow,
} from "lucide-react";

export type Room = {
  key: string;
  label: string;
  /** Below `/<workspace>`; "" is the workspace's home. */
  path: string;
  /** Second key after `g`. */
  letter: string;
  icon: LucideIcon;
  about: string;
};

export type RoomGroup = { key: string; label: string; short: string; rooms: Room[] };

/** The rooms that exist. A room that is not built yet is not shown. */
export const ROOM_GROUPS: RoomGroup[] = [
  {
    key: "start",
    label: "Workspace",
    short: "",
    rooms: [
      { key: "home", label: "Home", path: "", letter: "h", icon: House, about: "What to do next, last runs" },
    ],
  },
  {
    key: "data",
    label: "Data Workbench",
    short: "Data",
    rooms: [
      {
        key: "sources",
        label: "Sources",
        path: "sources",
        letter: "s",
        icon: Cable,
        about: "Connections, syncs and their schedules",
      },
      {
        key: "lakehouse",
        label: "Lakehouse",
        path: "lakehouse",
        letter: "l",
        icon: Table2,
        about: "Tables and their versions",
      },
      {
        key: "query",
        label: "Query",
        path: "query",
        letter: "q",
        icon: SquareTerminal,
        about: "SQL over every table, on three engines",
      },
      {
        key: "datasets",
        label: "Data sets",
        path: "datasets",
        letter: "d",
        icon: BookOpenCheck,
        about: "Tables, models, reports and dashboards, and what is published",
      },
    ],
  },
  {
    key: "models",
    label: "ML Workbench",
    short: "Models",
    rooms: [
      {
        key: "pipelines",
        label: "Pipelines",
        path: "pipelines",
        letter: "p",
        icon: Workflow,
        about: "Pipelines and their runs",
      },
      {
        key: "experiments",
        label: "Experiments",
        path: "experiments",
        letter: "e",
        icon: FlaskConical,
        about: "Verdicts and forecasts",
      },
    ],
  },
];

/** At the foot of the rail. */
export const FOOT_ROOMS: Room[] = [
  {
    key: "status",
    label: "Status",
    path: "status",
    letter: "t",
    icon: Activity,
    about: "Engines and what is missing",
  },
  {
    key: "settings",
    label: "Settings",
    path: "settings",
    letter: ",",
    icon: Settings2,
    about: "People, invitations, tokens, secrets, audit log, password",
  },
];

export const ALL_ROOMS: Room[] = [...ROOM_GROUPS.flatMap(({ rooms }) => rooms), ...FOOT_ROOMS];

export const roomHref = (workspace: string, room: Pick<Room, "path">): string =>
  room.path === "" ? `/${workspace}` : `/${workspace}/${room.path}`;

/** The room that `pathname` lies in, or null. */
export function roomOfPath(pathname: string, workspace: string): Room | null {
  const [first = "", second = ""] = pathname.split("/").filter(Boolean);
  if (first !== workspace) return null;
  return ALL_ROOMS.find(({ path }) => path === second) ?? null;
}
