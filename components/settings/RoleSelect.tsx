"use client";

import { CONTROL_CLASS } from "@/components/ui/Field";
import type { Role } from "@/domain/workspaces/role";
import { ROLES } from "@/domain/workspaces/role-at-least";

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
        const chosen = ROLES.find((role) => role === event.target.value);
        if (disabledReason === null && chosen !== undefined) onChange(chosen);
      }}
      title={disabledReason ?? undefined}
      value={value}
    >
      {ROLES.map((role) => (
        <option disabled={disabledReason !== null && role !== value} key={role} value={role}>
          {role}: {ROLE_RIGHTS[role]}
        </option>
      ))}
    </select>
  );
}
