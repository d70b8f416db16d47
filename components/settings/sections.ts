export const SECTIONS = [
  "members",
  "invitations",
  "tokens",
  "secrets",
  "notifications",
  "audit",
  "account",
] as const;
export type Section = (typeof SECTIONS)[number];

export const SECTION_LABELS: Record<Section, string> = {
  members: "Members",
  invitations: "Invitations",
  tokens: "API tokens",
  secrets: "Secrets",
  notifications: "Notifications",
  audit: "Audit log",
  account: "Account",
};

/** The section that an address names; everything unknown is the first one. */
export const sectionOf = (text: string | undefined): Section =>
  SECTIONS.find((section) => section === text) ?? "members";
