"use client";

import dynamic from "next/dynamic";
import { usePathname, useSearchParams } from "next/navigation";
import { type ComponentType, useState } from "react";
import { LoadingBar } from "@/components/ui/LoadingBar";
import { Tabs } from "@/components/ui/Tabs";
import { useMyRole } from "@/components/ui/useMyRole";
import type { TableDetail } from "../lake-types";
import { TableFacts } from "./TableFacts";
import { TABLE_TABS, type TableTab, type TabProps } from "./tab-props";
import { useTableActs } from "./useTableActs";

const loading = () => (
  <div className="relative flex-1 bg-panel">
    <LoadingBar label="Opening" />
  </div>
);
const VIEWS: Record<TableTab, { label: string; View: ComponentType<TabProps> }> = {
  rows: {
    label: "Rows",
    View: dynamic(() => import("../rows/RowsTab").then((module) => module.RowsTab), { loading }),
  },
  snapshots: {
    label: "Snapshots",
    View: dynamic(() => import("../snapshots/SnapshotsTab").then((module) => module.SnapshotsTab), {
      loading,
    }),
  },
  schema: {
    label: "Schema",
    View: dynamic(() => import("../schema/SchemaTab").then((module) => module.SchemaTab), { loading }),
  },
  files: {
    label: "Files",
    View: dynamic(() => import("../files/FilesTab").then((module) => module.FilesTab), { loading }),
  },
  branches: {
    label: "Branches",
    View: dynamic(() => import("../branches/BranchesTab").then((module) => module.BranchesTab), { loading }),
  },
  upkeep: {
    label: "Upkeep",
    View: dynamic(() => import("../upkeep/UpkeepTab").then((module) => module.UpkeepTab), { loading }),
  },
};

/** A view and its footer fill the height of the page. */
function TabBody({ View, props }: { View: ComponentType<TabProps>; props: TabProps }) {
  return (
    <div className="flex h-full min-h-0 flex-col">
      <View {...props} />
    </div>
  );
}

/** The facts of a table and its tabs. A tab and what is chosen in it are in the address. */
export function TableBench({ workspace, table }: { workspace: string; table: TableDetail }) {
  const path = usePathname();
  const given = useSearchParams().get("tab");
  const tab = TABLE_TABS.find((one) => one === given) ?? "rows";
  const [now] = useState(() => new Date());
  const { whyNot } = useMyRole(workspace);
  const acts = useTableActs(workspace, table.name);
  // What another tab has in the address means nothing in the one that opens.
  const onShow = (next: TableTab, query: Record<string, string> = {}) =>
    window.history.pushState(null, "", `${path}?${new URLSearchParams({ tab: next, ...query })}`);
  const props: TabProps = {
    workspace,
    table,
    acts,
    now,
    onShow,
    whyNotChange: whyNot("engineer"),
    whyNotCheck: whyNot("analyst"),
  };
  return (
    <>
      <TableFacts table={table} workspace={workspace} />
      <Tabs
        items={TABLE_TABS.map((value) => {
          const { label, View } = VIEWS[value];
          return { value, label, content: <TabBody View={View} props={props} /> };
        })}
        label={`Views of ${table.name}`}
        onChange={(next) => onShow(next as TableTab)}
        value={tab}
      />
    </>
  );
}
