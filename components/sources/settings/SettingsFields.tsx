"use client";

import { FieldRow } from "@/components/form/FieldRow";
import { CONTROL_CLASS } from "@/components/ui/Field";
import type { InputError } from "@/domain/shared/failure";
import type { DiscoveredStream } from "@/domain/sources/connector-view";
import { readEntries } from "../streams/prepare-choice";
import { EntryRows, PairRows } from "./EntryRows";
import {
  destinationWords,
  POLICIES,
  type Setting,
  settingErrors,
  settingValue,
  splitSettings,
  streamWords,
} from "./prepare-settings";
import { ScheduleField } from "./ScheduleField";

export type SettingsFieldsProps = {
  name: string;
  document: Record<string, unknown>;
  errors: InputError[];
  isReadOnly: boolean;
  discovered: DiscoveredStream[] | null;
  now: Date;
  onChange: (path: (string | number)[], value: unknown) => void;
  onChooseStreams: () => void;
};

/** What the workbench itself asks of a connection, beside the connector's own config. */
export function SettingsFields(props: SettingsFieldsProps) {
  const { shown, folded } = splitSettings(props.document, props.errors);
  return (
    <>
      {shown.map((setting) => (
        <SettingField {...props} key={setting} setting={setting} />
      ))}
      {folded.length > 0 && (
        <details>
          <summary className="py-1.5 text-12 text-ink-2 hover:text-ink">
            {folded.length} more, all at default
          </summary>
          {folded.map((setting) => (
            <SettingField {...props} key={setting} setting={setting} />
          ))}
        </details>
      )}
    </>
  );
}

function SettingField({ setting, ...props }: SettingsFieldsProps & { setting: Setting }) {
  const value = settingValue(props.document, setting);
  const errors = settingErrors(props.errors, setting);
  if (setting === "schedule") {
    const { isReadOnly, now, onChange } = props;
    return (
      <ScheduleField errors={errors} isReadOnly={isReadOnly} now={now} onChange={onChange} value={value} />
    );
  }
  const Control = CONTROLS[setting];
  return (
    <FieldRow
      errors={errors}
      help={HELP[setting](value, props)}
      id={`setting-${setting}`}
      isGroup={setting === "streams" || setting === "schema_mapping" || setting === "deduplication"}
      isRequired={setting === "streams"}
      name={setting}
    >
      <Control {...props} errors={errors} value={value} />
    </FieldRow>
  );
}

type ControlProps = Omit<SettingsFieldsProps, "errors"> & { value: unknown; errors: string[] };

const HELP: Record<Exclude<Setting, "schedule">, (value: unknown, props: SettingsFieldsProps) => string> = {
  streams: (value, { discovered }) => streamWords(readEntries(value), discovered).leftOut,
  on_schema_change: (value) => POLICIES[typeof value === "string" ? value : "evolve"]?.help ?? "",
  parallel: () => "Streams at the same time, 1 to 16.",
  destination: (_, { name, document }) => destinationWords(name, document),
  retries: () => "Attempts of a stream whose failure may pass, with a growing wait between them.",
  schema_mapping: () => "Column of the source, then its name in the table.",
  deduplication: () => "Columns, by their names at the source: the last write of each key wins.",
};

function StreamsControl({ value, discovered, isReadOnly, onChooseStreams }: ControlProps) {
  const { count } = streamWords(readEntries(value), discovered);
  return (
    <div className="flex h-[26px] items-center rounded-2 border border-ctl bg-raised pr-1 pl-2">
      <span className="flex-1">{count}</span>
      <button className="link text-12" onClick={onChooseStreams} type="button">
        {isReadOnly ? "Show" : "Choose"}
      </button>
    </div>
  );
}

function PolicyControl({ value, isReadOnly, onChange, errors }: ControlProps) {
  return (
    <select
      aria-invalid={errors.length > 0}
      className={CONTROL_CLASS}
      disabled={isReadOnly}
      id="setting-on_schema_change"
      onChange={(event) =>
        onChange(["on_schema_change"], event.target.value === "" ? undefined : event.target.value)
      }
      value={typeof value === "string" ? value : ""}
    >
      <option value="">evolve, the default</option>
      {Object.entries(POLICIES).map(([policy, { label }]) => (
        <option key={policy} value={policy}>
          {label}
        </option>
      ))}
    </select>
  );
}

/** Digits become a number; anything else stays text, so that the complaint about it is shown and nothing typed is lost. */
const numberOf = (text: string): unknown =>
  text === "" ? undefined : /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;

const textOf = (value: unknown): string => (value === undefined || value === null ? "" : String(value));

function ParallelControl({ value, isReadOnly, onChange, errors }: ControlProps) {
  return (
    <input
      aria-invalid={errors.length > 0}
      className={CONTROL_CLASS}
      id="setting-parallel"
      inputMode="numeric"
      onChange={(event) => onChange(["parallel"], numberOf(event.target.value))}
      placeholder="3, the default"
      readOnly={isReadOnly}
      value={textOf(value)}
    />
  );
}

function DestinationControl({ value, isReadOnly, onChange, errors }: ControlProps) {
  return (
    <input
      aria-invalid={errors.length > 0}
      className={`${CONTROL_CLASS} font-mono`}
      id="setting-destination"
      onChange={(event) => onChange(["destination"], event.target.value || undefined)}
      placeholder="lake.shop"
      readOnly={isReadOnly}
      spellCheck={false}
      value={textOf(value)}
    />
  );
}

function RetriesControl({ value, isReadOnly, onChange, errors }: ControlProps) {
  const held = typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  return (
    <div className="flex gap-1">
      <input
        aria-invalid={errors.length > 0}
        aria-label="Attempts, the first one counts"
        className={CONTROL_CLASS}
        id="setting-retries"
        inputMode="numeric"
        onChange={(event) => onChange(["retries", "max_attempts"], numberOf(event.target.value))}
        placeholder="attempts"
        readOnly={isReadOnly}
        value={textOf(held.max_attempts)}
      />
      <input
        aria-label="First wait, such as 5s"
        className={CONTROL_CLASS}
        onChange={(event) => onChange(["retries", "initial_interval"], event.target.value || undefined)}
        placeholder="first wait"
        readOnly={isReadOnly}
        value={textOf(held.initial_interval)}
      />
    </div>
  );
}

function MappingControl({ value, isReadOnly, onChange }: ControlProps) {
  const pairs =
    typeof value === "object" && value !== null ? Object.entries(value as Record<string, string>) : [];
  return (
    <PairRows
      isReadOnly={isReadOnly}
      labels={["Column of the source", "Column of the table"]}
      onChange={(next) =>
        onChange(
          ["transformation", "schema_mapping"],
          next.length === 0 ? undefined : Object.fromEntries(next),
        )
      }
      pairs={pairs.map(([from, to]) => [from, textOf(to)])}
    />
  );
}

function KeyControl({ value, isReadOnly, onChange }: ControlProps) {
  const key = typeof value === "object" && value !== null ? (value as { key?: unknown }).key : undefined;
  return (
    <EntryRows
      entries={Array.isArray(key) ? key.map(textOf) : []}
      isReadOnly={isReadOnly}
      label="Column of the key"
      onChange={(next) =>
        onChange(
          ["transformation", "deduplication"],
          next.length === 0 ? undefined : { key: next, strategy: "last_write_wins" },
        )
      }
    />
  );
}

const CONTROLS: Record<Exclude<Setting, "schedule">, (props: ControlProps) => React.ReactNode> = {
  streams: StreamsControl,
  on_schema_change: PolicyControl,
  parallel: ParallelControl,
  destination: DestinationControl,
  retries: RetriesControl,
  schema_mapping: MappingControl,
  deduplication: KeyControl,
};
