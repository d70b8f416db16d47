import type { NotificationChannel, NotificationRule, NotificationRules } from "./notification-rules";

export type NotificationEvent = "failure" | "success" | "warning";

/** A message that is owed to one target. */
export type OwedMessage = {
  event: NotificationEvent;
  channel: NotificationChannel;
  target: string;
  includeLogs: boolean;
  includeMetrics: boolean;
};

/**
 * The messages that a run owes at its end; none where it was cancelled or has not ended. A run that succeeded with a
 * warning goes to `on_warning`, or to `on_success` where the document has no such rules. Rules with one target make one
 * message, which holds what any of them asks for.
 */
export function deliveriesFor(
  run: { status: string; warning: string | null },
  rules: NotificationRules,
): OwedMessage[] {
  const event = eventOf(run);
  if (event === null) return [];
  const owed = new Map<string, OwedMessage>();
  for (const rule of rulesOf(event, rules)) {
    const key = JSON.stringify([rule.channel, rule.target]);
    const before = owed.get(key);
    owed.set(key, {
      event,
      channel: rule.channel,
      target: rule.target,
      includeLogs: (rule.include_logs ?? false) || (before?.includeLogs ?? false),
      includeMetrics: (rule.include_metrics ?? false) || (before?.includeMetrics ?? false),
    });
  }
  return [...owed.values()];
}

function eventOf({ status, warning }: { status: string; warning: string | null }): NotificationEvent | null {
  if (status === "failed") return "failure";
  if (status === "succeeded") return warning === null ? "success" : "warning";
  return null;
}

function rulesOf(event: NotificationEvent, rules: NotificationRules): readonly NotificationRule[] {
  const chosen = {
    failure: rules.on_failure,
    success: rules.on_success,
    warning: rules.on_warning ?? rules.on_success,
  }[event];
  if (chosen === undefined) return [];
  return Array.isArray(chosen) ? chosen : [chosen];
}
