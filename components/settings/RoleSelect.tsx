"use client";

import { CONTROL_CLASS } from "@/components/ui/Field";
import { Role } from "@/domain/workspaces/role";

const ROLE_RIGHTS: Record<Role, string> = {
  viewer: "reads everything",
  analyst: "reads everything, runs pipelines",
  engineer: "also changes pipelines",
  admin: "also manages people and tokens",
};

export type RoleSelectProps = {
  id?: string;
  label?: string;
  value: Role;
  onChange: (role: Role) => void;
  disabledReason?: string | null;
};

/** The four roles, from least to most, each with what it adds. */
export function RoleSelect({ id, label, value, onChange, disabledReason = null }: RoleSelectProps) {
  return (
    <select
      aria-disabled={disabledReason !== null || undefined}
      aria-label={label}
      className={`${CONTROL_CLASS} max-w-80 ${disabledReason === null ? "" : "border-dashed text-ink-3"}`}
      id={id}
      onChange={(event) => {
        if (disabledReason === null) onChange(Role.parse(event.target.value));
      }}
      title={disabledReason ?? undefined}
      value={value}
    >
      {Role.options.map((role) => (
        <option disabled={disabledReason !== null && role !== value} key={role} value={role}>
          {role}: {ROLE_RIGHTS[role]}
        </option>
      ))}
    </select>
  );
}
