"use client";

import Link from "next/link";
import { useParams } from "next/navigation";
import type { ComponentType } from "react";
import { useWorkbench } from "@/components/shell/workbench";
import { classNames } from "@/components/ui/class-names";
import { EvidenceLine } from "@/components/ui/EvidenceLine";
import { PageHead } from "@/components/ui/PageHead";
import { Tag } from "@/components/ui/Tag";
import { AccountSection } from "./AccountSection";
import { AuditSection } from "./AuditSection";
import { InvitationsSection } from "./InvitationsSection";
import { MembersSection } from "./MembersSection";
import { NotificationsSection } from "./NotificationsSection";
import { SecretsSection } from "./SecretsSection";
import { SECTION_LABELS, SECTIONS, type Section, sectionOf } from "./sections";
import { TokensSection } from "./TokensSection";

const BODIES: Record<Section, ComponentType> = {
  members: MembersSection,
  invitations: InvitationsSection,
  tokens: TokensSection,
  secrets: SecretsSection,
  notifications: NotificationsSection,
  audit: AuditSection,
  account: AccountSection,
};

/** People, invitations, tokens, secrets, targets of notifications, the audit log and one's own account. */
export function SettingsPage() {
  const { workspace, me } = useWorkbench();
  const section = sectionOf(useParams<{ section?: string }>().section);
  const Body = BODIES[section];
  return (
    <>
      <PageHead
        meta={
          <span>
            you are <Tag>{workspace.role}</Tag> of {workspace.name}
          </span>
        }
        title="Settings"
      />
      <nav aria-label="Settings" className="flex shrink-0 border-line border-b px-1">
        {SECTIONS.map((each) => (
          <Link
            aria-current={each === section ? "page" : undefined}
            className={classNames(
              "-mb-px inline-flex h-[30px] items-center border-b-2 px-2.5 no-underline",
              each === section
                ? "border-accent font-semibold text-ink"
                : "border-transparent font-medium text-ink-2 hover:text-ink",
            )}
            href={`/${workspace.slug}/settings/${each}`}
            key={each}
          >
            {SECTION_LABELS[each]}
          </Link>
        ))}
      </nav>
      <section
        aria-label={SECTION_LABELS[section]}
        className="relative min-h-0 flex-1 overflow-auto"
        data-pane=""
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
        tabIndex={0}
      >
        <Body />
      </section>
      <EvidenceLine right={[{ key: "who", text: `signed in as ${me.email}` }]}>
        From the application database; times are UTC
      </EvidenceLine>
    </>
  );
}
