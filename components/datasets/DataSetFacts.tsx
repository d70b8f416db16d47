"use client";

import Link from "next/link";
import { Fragment, type ReactNode } from "react";
import { formatInstant } from "@/components/ui/format";
import type { DataSetKind, LineageInput } from "@/domain/datasets/data-set-record";
import { DataSetStateGlyph } from "./DataSetStateGlyph";
import { inputHref } from "./data-set-href";
import type { DataSetDetail } from "./data-set-types";
import { shortVersion } from "./short-version";

const MOST_INPUTS = 4;
const NO_INPUT: Record<DataSetKind, string> = {
  table: "Origin not recorded",
  model: "Origin not recorded",
  report: "Reads no table",
  dashboard: "Shows no report",
};

/** The strip of facts under the head of a data set's page: the record that all kinds have in common. */
export function DataSetFacts({ workspace, dataSet }: { workspace: string; dataSet: DataSetDetail }) {
  const { publishedVersion, publishedAt, publishedBy, currentVersion, inputs } = dataSet;
  const facts: { key: string; value: ReactNode; note: ReactNode }[] = [
    {
      key: "state",
      value: <DataSetStateGlyph state={dataSet.state} />,
      note:
        publishedVersion === null
          ? "others see nothing of it"
          : `others see ${shortVersion(publishedVersion)}`,
    },
    {
      key: "published by",
      value: publishedBy ?? (publishedVersion === null ? "Never published" : "Not recorded"),
      note: publishedAt === null ? "" : `${formatInstant(publishedAt)} UTC`,
    },
    {
      key: "version",
      value: <span title={currentVersion ?? undefined}>Newest {shortVersion(currentVersion)}</span>,
      note: `${formatInstant(dataSet.updatedAt)} UTC, ${dataSet.updatedBy}`,
    },
    { key: "owner", value: dataSet.owner ?? "Nobody named", note: "owner" },
    {
      key: "made from",
      value: inputs.length === 0 ? NO_INPUT[dataSet.kind] : <Inputs inputs={inputs} workspace={workspace} />,
      note: inputs.length === 0 ? "" : "made from",
    },
  ];
  return (
    <dl className="grid shrink-0 grid-cols-2 gap-px border-line-2 border-b bg-line room:grid-cols-5">
      {facts.map(({ key, value, note }) => (
        <div className="min-w-0 bg-sunken px-3 py-1" key={key}>
          <dt className="sr-only">{key}</dt>
          <dd className="truncate font-semibold">{value}</dd>
          <dd className="truncate text-12 text-ink-2">{note}</dd>
        </div>
      ))}
    </dl>
  );
}

function Inputs({ inputs, workspace }: { inputs: LineageInput[]; workspace: string }) {
  const rest = inputs.length - MOST_INPUTS;
  return (
    <span title={inputs.map(({ label }) => label).join("\n")}>
      {inputs.slice(0, MOST_INPUTS).map((input, index) => (
        <Fragment key={`${input.kind} ${input.name}`}>
          {index > 0 && ", "}
          <InputLink input={input} workspace={workspace} />
        </Fragment>
      ))}
      {rest > 0 && ` and ${rest} more`}
    </span>
  );
}

function InputLink({ input, workspace }: { input: LineageInput; workspace: string }) {
  const href = inputHref(workspace, input);
  const label = input.kind === "tracked_run" ? "tracked run" : input.label;
  if (href === null) return <>{label}</>;
  if (input.kind === "tracked_run")
    return (
      <a className="link" href={href} rel="noreferrer" target="_blank">
        {label}
      </a>
    );
  return (
    <Link className="link" href={href} prefetch={false}>
      {label}
    </Link>
  );
}
