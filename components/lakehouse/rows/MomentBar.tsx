"use client";

import { Copy } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/Button";
import { CONTROL_CLASS } from "@/components/ui/Field";
import { toastDone } from "@/components/ui/toast";
import { asOfSql, type Moment } from "../table/as-of-sql";
import { instantOf, localOf } from "./prepare-moment";

export type MomentBarProps = {
  name: string;
  moment: Moment;
  refs: { name: string; type: "branch" | "tag" }[];
  onChange: (moment: Moment) => void;
};

const NOW = "";

/** Chooses a branch, a tag or an instant, and gives the SQL of what is shown. */
export function MomentBar({ name, moment, refs, onChange }: MomentBarProps) {
  const sql = asOfSql(name, moment);
  const others = refs.filter((ref) => ref.name !== "main");
  return (
    <div className="flex min-h-[34px] flex-wrap items-center gap-x-3 gap-y-1 border-line-2 border-b bg-sunken px-3 py-1 text-12">
      <label className="flex items-center gap-1.5 text-ink-2">
        Branch or tag
        <select
          className={`${CONTROL_CLASS} !w-auto`}
          onChange={(event) =>
            onChange(event.target.value === NOW ? { kind: "now" } : { kind: "ref", ref: event.target.value })
          }
          value={moment.kind === "ref" ? moment.ref : NOW}
        >
          <option value={NOW}>main</option>
          {others.map((ref) => (
            <option key={ref.name} value={ref.name}>
              {ref.name}, {ref.type}
            </option>
          ))}
        </select>
      </label>
      <InstantField key={moment.kind === "time" ? moment.asOf : ""} moment={moment} onChange={onChange} />
      {moment.kind !== "now" && <Button onClick={() => onChange({ kind: "now" })}>Back to now</Button>}
      <span className="ml-auto flex min-w-0 items-center gap-2">
        <code className="min-w-0 truncate text-ink-2" title={sql}>
          {sql}
        </code>
        <Button
          icon={<Copy aria-hidden="true" size={13} />}
          onClick={() =>
            void navigator.clipboard.writeText(sql).then(() => toastDone("The statement is on the clipboard"))
          }
        >
          Copy SQL
        </Button>
      </span>
    </div>
  );
}

function InstantField({ moment, onChange }: Pick<MomentBarProps, "moment" | "onChange">) {
  const [typed, setTyped] = useState(moment.kind === "time" ? localOf(moment.asOf) : "");
  const asOf = instantOf(typed);
  return (
    <form
      className="flex items-center gap-1.5"
      onSubmit={(event) => {
        event.preventDefault();
        if (asOf !== null) onChange({ kind: "time", asOf });
      }}
    >
      <label className="flex items-center gap-1.5 text-ink-2">
        As of, UTC
        <input
          className={`${CONTROL_CLASS} !w-auto`}
          onChange={(event) => setTyped(event.target.value)}
          step={1}
          type="datetime-local"
          value={typed}
        />
      </label>
      <Button disabledReason={asOf === null ? "Write a date and a time first." : null} type="submit">
        Go to it
      </Button>
    </form>
  );
}
