import { CLASS_WORDS, replyClasses } from "#server/replies/constants.ts";
import type { InboxFrame } from "#server/replies/schema.ts";
import type { Filter } from "@/components/ui/filters/filter-state";

const options = (choices: readonly { id: string; name: string }[]) => choices.map(({ id, name }) => ({ value: id, label: name }));

/** Class, campaign, owner, mailbox: what the list can be narrowed to. */
export function replyFilters(frame: InboxFrame | undefined): Filter[] {
  return [
    { key: "class", label: "Class", kind: "one", options: replyClasses.map((value) => ({ value, label: CLASS_WORDS[value] })) },
    { key: "campaign", label: "Campaign", kind: "one", options: options(frame?.campaigns ?? []) },
    { key: "owner", label: "Owner", kind: "one", options: options(frame?.owners ?? []) },
    { key: "mailbox", label: "Mailbox", kind: "one", options: options(frame?.mailboxes ?? []) },
  ];
}
