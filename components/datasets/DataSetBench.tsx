"use client";

import dynamic from "next/dynamic";
import Link from "next/link";
import { usePathname, useSearchParams } from "next/navigation";
import { type ComponentType, useState } from "react";
import { Button } from "@/components/ui/Button";
import { EvidenceLine } from "@/components/ui/EvidenceLine";
import { FailurePanel } from "@/components/ui/FailurePanel";
import type { ShownFailure } from "@/components/ui/failure-of";
import { formatCount } from "@/components/ui/format";
import { LoadingBar } from "@/components/ui/LoadingBar";
import { PageHead } from "@/components/ui/PageHead";
import { Tabs } from "@/components/ui/Tabs";
import { useMyRole } from "@/components/ui/useMyRole";
import type { DataSetKind } from "@/domain/datasets/data-set-record";
import { DataSetFacts } from "./DataSetFacts";
import type { DataSetDetail, DataSetTabProps } from "./data-set-types";
import { KindLabel } from "./KindLabel";
import { PublicationList } from "./publish/PublicationList";
import { preparePublish } from "./publish/prepare-publish";
import { usePublishing } from "./publish/usePublishing";
import { VersionList } from "./versions/VersionList";

const loading = () => (
  <div className="relative h-8 bg-panel">
    <LoadingBar label="Opening" />
  </div>
);
const PublishDialog = dynamic(() => import("./publish/PublishDialog").then((module) => module.PublishDialog));
const UndoDialog = dynamic(() => import("./publish/UndoDialog").then((module) => module.UndoDialog));
const OwnerDialog = dynamic(() => import("./publish/OwnerDialog").then((module) => module.OwnerDialog));

type TabKey = "view" | "edit" | "compare" | "versions" | "publications";
const VIEWS: Record<
  TabKey,
  { label: string; kinds: DataSetKind[]; of: (kind: DataSetKind) => ComponentType<DataSetTabProps> }
> = (() => {
  const ReportTab = dynamic(() => import("./report/ReportTab").then((module) => module.ReportTab), {
    loading,
  });
  const DashboardTab = dynamic(
    () => import("./dashboard/DashboardTab").then((module) => module.DashboardTab),
    {
      loading,
    },
  );
  const ReportEditTab = dynamic(
    () => import("./report/ReportEditTab").then((module) => module.ReportEditTab),
    {
      loading,
    },
  );
  const DashboardEditTab = dynamic(
    () => import("./dashboard/DashboardEditTab").then((module) => module.DashboardEditTab),
    { loading },
  );
  const CompareTab = dynamic(() => import("./versions/CompareTab").then((module) => module.CompareTab), {
    loading,
  });
  const drafted: DataSetKind[] = ["report", "dashboard"];
  const all: DataSetKind[] = ["table", "model", ...drafted];
  return {
    view: { label: "View", kinds: drafted, of: (kind) => (kind === "report" ? ReportTab : DashboardTab) },
    edit: {
      label: "Edit",
      kinds: drafted,
      of: (kind) => (kind === "report" ? ReportEditTab : DashboardEditTab),
    },
    versions: { label: "Versions", kinds: all, of: () => VersionList },
    compare: { label: "Compare", kinds: drafted, of: () => CompareTab },
    publications: { label: "Publications", kinds: all, of: () => PublicationList },
  };
})();
const KEYS = Object.keys(VIEWS) as TabKey[];

type Dialogs =
  | { kind: "publish"; version: string; branch: string | null }
  | { kind: "undo" }
  | { kind: "owner" };
type Props = { workspace: string; dataSet: DataSetDetail; failure: ShownFailure | null };

/** The head, the record and the tabs of a data set. The tab and the version are in the address. */
export function DataSetBench({ workspace, dataSet, failure }: Props) {
  const { kind, name, title, standing } = dataSet;
  const path = usePathname();
  const params = useSearchParams();
  const { whyNot } = useMyRole(workspace);
  const acts = usePublishing(workspace, kind, name);
  const [dialog, setDialog] = useState<Dialogs | null>(null);
  const keys = KEYS.filter((key) => VIEWS[key].kinds.includes(kind));
  const tab = keys.find((key) => key === params.get("tab")) ?? keys[0] ?? "versions";
  const given = Number(params.get("version"));
  const go = (query: Record<string, string>) =>
    window.history.pushState(null, "", `${path}?${new URLSearchParams(query)}`);
  const props: DataSetTabProps = {
    workspace,
    dataSet,
    version: Number.isInteger(given) && given > 0 ? given : null,
    onVersion: (version) => go({ tab: "view", ...(version === null ? {} : { version: String(version) }) }),
    whyNotDraft: whyNot("analyst"),
    whyNotPublish: whyNot("engineer"),
    onPublish: (version, branch) => setDialog({ kind: "publish", version, branch }),
  };
  const close = () => setDialog(null);
  return (
    <>
      <PageHead
        actions={
          <>
            <Link className="link" href={`/${workspace}/datasets`}>
              All data sets
            </Link>
            {kind === "table" && (
              <Link className="link" href={`/${workspace}/lakehouse/${encodeURIComponent(name)}`}>
                Rows and history
              </Link>
            )}
            <Button disabledReason={props.whyNotPublish} onClick={() => setDialog({ kind: "owner" })}>
              Owner
            </Button>
            <Button
              disabledReason={
                props.whyNotPublish ??
                (standing === null ? "No publication stands, so there is nothing to undo." : null)
              }
              onClick={() => setDialog({ kind: "undo" })}
            >
              Undo publication
            </Button>
            <PublishButton {...props} />
          </>
        }
        meta={<KindLabel kind={kind} />}
        title={title === name ? <code>{name}</code> : title}
      />
      {failure !== null && (
        <FailurePanel failure={failure} stillTrue="What is below is as it was last read." />
      )}
      <DataSetFacts dataSet={dataSet} workspace={workspace} />
      <Tabs
        items={keys.map((key) => {
          const View = VIEWS[key].of(kind);
          return { value: key, label: VIEWS[key].label, content: <View {...props} /> };
        })}
        label={`Views of ${title}`}
        onChange={(next) => go({ tab: next })}
        value={tab}
      />
      <EvidenceLine
        right={[
          { key: "versions", text: formatCount(dataSet.versions.length, "version") },
          { key: "publications", text: formatCount(dataSet.publications.length, "publication") },
          { key: "zone", text: "times in UTC" },
        ]}
      >
        {EVIDENCE[kind]}
      </EvidenceLine>
      {dialog?.kind === "publish" && (
        <PublishDialog
          acts={acts}
          branch={dialog.branch}
          dataSet={dataSet}
          onClose={close}
          version={dialog.version}
        />
      )}
      {dialog?.kind === "undo" && standing !== null && (
        <UndoDialog acts={acts} dataSet={dataSet} onClose={close} standing={standing} />
      )}
      {dialog?.kind === "owner" && <OwnerDialog acts={acts} dataSet={dataSet} onClose={close} />}
    </>
  );
}

const EVIDENCE: Record<DataSetKind, string> = {
  table: "Snapshots and branches from the lake's catalog; readers see main",
  model: "Versions from the registry; others see the one with the alias published",
  report: "Versions do not change; queries read the tables as they are when they start",
  dashboard: "Versions do not change; blocks are those of the reports' published versions",
};

/** Publishes the version that is looked at: of a table, its only branch that waits. */
function PublishButton({ dataSet, version, whyNotPublish, onPublish }: DataSetTabProps) {
  const { label, wanted, branch, whyNot } = preparePublish(dataSet, version);
  return (
    <Button
      disabledReason={whyNotPublish ?? whyNot}
      kind="primary"
      onClick={() => wanted !== null && onPublish(wanted, branch)}
    >
      {label}
    </Button>
  );
}
