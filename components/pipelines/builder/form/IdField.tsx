"use client";

import { useId, useRef, useState } from "react";
import { FieldRow } from "@/components/form/FieldRow";
import { CONTROL_CLASS } from "@/components/ui/Field";

/** The id changes when the field is left, so that half a name renames nothing. */
export function IdField({
  value,
  isReadOnly,
  onRename,
}: {
  value: string;
  isReadOnly: boolean;
  onRename: (to: string) => void;
}) {
  const id = useId();
  const [typed, setTyped] = useState(value);
  const asked = useRef<string | null>(null);
  const rename = () => {
    const to = typed.trim();
    if (to === "" || to === value) return setTyped(value);
    // Enter asks, and leaving the field asks for nothing new: a name that is refused is refused once.
    if (asked.current !== to) onRename(to);
    asked.current = to;
  };
  return (
    <FieldRow errors={[]} help="Everything that names it follows." id={id} isRequired name="task_id">
      <input
        aria-describedby={`${id}-note`}
        className={`${CONTROL_CLASS} font-mono`}
        id={id}
        onBlur={rename}
        onChange={(event) => {
          asked.current = null;
          setTyped(event.target.value);
        }}
        onKeyDown={(event) => event.key === "Enter" && rename()}
        readOnly={isReadOnly}
        value={typed}
      />
    </FieldRow>
  );
}
