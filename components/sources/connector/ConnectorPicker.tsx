"use client";

import Link from "next/link";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/Button";
import { CONTROL_CLASS, TextField } from "@/components/ui/Field";
import { Tag } from "@/components/ui/Tag";
import type { ConnectorView } from "@/domain/sources/connector-view";
import { checkConnectorName } from "./check-connector-name";

export type ConnectorPickerProps = {
  /** Null while the catalogue loads. */
  connectors: ConnectorView[] | null;
  hrefOf: (connector: string) => string;
  onOther: (connector: string, version: string) => void;
};

const PLACEHOLDERS = ["one", "two", "three", "four"];

/** The connectors that were tested with the workbench, and any other of the package index by its name. */
export function ConnectorPicker({ connectors, hrefOf, onOther }: ConnectorPickerProps) {
  const [find, setFind] = useState("");
  const words = find.toLowerCase().split(/\s+/).filter(Boolean);
  const shown = connectors?.filter((one) => {
    const text = `${one.name} ${one.title} ${one.description}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
  return (
    <>
      <div className="shrink-0 border-line border-b px-3 py-2">
        <input
          aria-label="Find a connector"
          className={`${CONTROL_CLASS} max-w-96`}
          onChange={(event) => setFind(event.target.value)}
          placeholder="Find a connector"
          type="search"
          value={find}
        />
      </div>
      <ul className="grid grid-cols-1 gap-px border-line border-b bg-line room:grid-cols-2">
        {shown === undefined &&
          PLACEHOLDERS.map((key) => (
            <li className="bg-panel px-3 py-3" key={key}>
              <span className="block h-4 w-1/2 bg-sunken" />
            </li>
          ))}
        {shown?.map((one) => (
          <li className="bg-panel" key={one.name}>
            <Link className="block h-full px-3 py-2 no-underline hover:bg-hover" href={hrefOf(one.name)}>
              <span className="flex flex-wrap items-center gap-x-2">
                <span className="font-semibold">{one.title}</span>
                <code className="text-12 text-ink-2">
                  {one.name}
                  {one.testedVersion === null ? "" : ` ${one.testedVersion}`}
                </code>
                {one.kind === "built_in" && <Tag>built in</Tag>}
              </span>
              <span className="block text-12 text-ink-2">{one.description}</span>
            </Link>
          </li>
        ))}
      </ul>
      {shown?.length === 0 && (
        <p className="border-line border-b px-3 py-2 text-ink-2">
          None of the tested connectors is like that. Any Python connector of PyPI runs too: name it below.
        </p>
      )}
      <OtherConnector onOther={onOther} />
    </>
  );
}

function OtherConnector({ onOther }: Pick<ConnectorPickerProps, "onOther">) {
  const [name, setName] = useState("");
  const [version, setVersion] = useState("");
  const [error, setError] = useState<string | null>(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const problem = checkConnectorName(name.trim());
    setError(problem);
    if (problem === null) onOther(name.trim(), version.trim());
  };
  return (
    <form className="max-w-[520px] px-3 py-3" onSubmit={submit}>
      <h2 className="font-semibold text-title">Another connector</h2>
      <TextField
        error={error}
        help="As it is called at Airbyte; its package on PyPI is airbyte- and this name."
        isMono
        label="connector"
        onChange={(event) => setName(event.target.value)}
        placeholder="source-stripe"
        spellCheck={false}
        value={name}
      />
      <TextField
        help="The newest where it is empty; the first save pins it."
        isMono
        label="version"
        onChange={(event) => setVersion(event.target.value)}
        spellCheck={false}
        value={version}
      />
      <Button className="mt-3" type="submit">
        Use this connector
      </Button>
    </form>
  );
}
