"use client";

import { ChevronDown, Play, Square } from "lucide-react";
import { Button } from "@/components/ui/Button";
import { Menu, type MenuItem } from "@/components/ui/Menu";
import { Dialect, EngineChoice } from "@/domain/query/dialect";
import { COMMAND_KEYS, type EditorCommands } from "../editor/editor-commands";
import { CHOICE_WORDS } from "../engine-words";

export type QueryActionsProps = {
  engine: EngineChoice;
  dialect: Dialect;
  /** Why an engine cannot be had, where that is known. */
  missing: Partial<Record<EngineChoice, string>>;
  isRunning: boolean;
  commands: EditorCommands;
  onEngine: (engine: EngineChoice) => void;
  onDialect: (dialect: Dialect) => void;
  onTranslated: () => void;
  /** Null where no result that the server keeps is shown. */
  onCopyResultLink: (() => void) | null;
};

const DIALECT_WORDS: Record<Dialect, string> = { trino: "Trino SQL", duckdb: "DuckDB SQL" };

/** Format, engine and dialect, and the one filled button: run. */
export function QueryActions(props: QueryActionsProps) {
  const { engine, dialect, missing, isRunning, commands, onEngine, onDialect, onTranslated } = props;
  const items: MenuItem[] = [
    { kind: "heading", key: "engine", label: "Runs on" },
    ...EngineChoice.options.map((each) => ({
      kind: "action" as const,
      key: each,
      label: CHOICE_WORDS[each],
      ...(missing[each] === undefined ? {} : { hint: missing[each] }),
      isChecked: each === engine,
      onSelect: () => onEngine(each),
    })),
    { kind: "line", key: "line" },
    { kind: "heading", key: "dialect", label: "Written in" },
    ...Dialect.options.map((each) => ({
      kind: "action" as const,
      key: `dialect ${each}`,
      label: DIALECT_WORDS[each],
      isChecked: each === dialect,
      onSelect: () => onDialect(each),
    })),
    { kind: "line", key: "line 2" },
    { kind: "action", key: "translated", label: "Show translated SQL", onSelect: onTranslated },
  ];
  const more: MenuItem[] = (["runAll", "preview", "explain", "format", "save", "reopen"] as const).map(
    (key) => ({
      kind: "action",
      key,
      label: COMMAND_KEYS[key].label,
      hint: COMMAND_KEYS[key].keys,
      onSelect: commands[key],
    }),
  );
  if (props.onCopyResultLink !== null)
    more.push({
      kind: "action",
      key: "link",
      label: "Copy the link to this result",
      onSelect: props.onCopyResultLink,
    });
  return (
    <div className="flex shrink-0 items-center gap-2 px-2">
      <Button kind="quiet" onClick={commands.format} title={COMMAND_KEYS.format.keys}>
        Format
      </Button>
      <Menu
        items={items}
        trigger={
          <Button>
            {engine === "auto" ? "Engine: automatic" : CHOICE_WORDS[engine]}
            {dialect === "duckdb" && ", DuckDB SQL"}
            <ChevronDown aria-hidden="true" size={13} />
          </Button>
        }
      />
      {isRunning && (
        <Button
          icon={<Square aria-hidden="true" size={12} />}
          onClick={commands.cancel}
          title={COMMAND_KEYS.cancel.keys}
        >
          Cancel
        </Button>
      )}
      <Button icon={<Play aria-hidden="true" size={13} />} kind="primary" onClick={commands.run}>
        Run statement
        <kbd className="hidden rounded-1 border border-current px-1 text-11 desk:inline">Ctrl Enter</kbd>
      </Button>
      <Menu
        items={more}
        trigger={
          <Button aria-label="More acts" kind="quiet">
            …
          </Button>
        }
      />
    </div>
  );
}
