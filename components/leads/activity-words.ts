import { leadFieldWords } from "#server/leads/constants.ts";
import type { LeadField } from "#server/leads/schema.ts";
import type { ActivityRow } from "#server/timeline/schema.ts";

const WORDS: Record<string, string> = {
  "lead/created": "Added",
  "lead/deleted": "Deleted",
  "lead/restored": "Restored from the trash",
  "lead/assigned": "New owner",
  "message/sent": "Mail sent",
  "message/sent-by-hand": "Mail written by hand",
  "message/failed": "Mail not sent",
  "message/bounced": "Mail bounced",
  "reply/received": "Reply",
  "reply/answered": "Answered",
  "meeting/booked": "Meeting booked",
  "meeting/moved": "Meeting moved",
  "meeting/cancelled": "Meeting cancelled",
  "meeting/held": "Meeting held",
  "meeting/no-show": "Did not come to the meeting",
  "deal/opened": "Deal opened",
  "deal/changed": "Deal changed",
  "draft/written": "Draft written",
  "draft/edited": "Draft edited",
  "draft/approved": "Draft approved",
  "draft/rejected": "Draft rejected",
  "note/added": "Note added",
  "note/removed": "Note removed",
  "suppression/added": "Do not contact",
  "suppression/lifted": "May be contacted again",
  "account/corrected": "Company corrected",
  "campaign/person.added": "Added to a campaign",
  "campaign/person.finished": "Through with the campaign",
  "campaign/person.stopped": "Campaign stopped",
  "campaign/person.paused": "Campaign paused",
  "campaign/person.resumed": "Campaign goes on",
  "campaign/person.returned": "Put back into the campaign",
  "campaign/send.moved": "Next mail moved",
  "mail/bounced": "Mail bounced",
  "mail/automatic": "Automatic answer",
  "mail/class.changed": "Reply read differently",
  "mail/action.undone": "Undone",
  "mail/answer.taken-back": "Answer taken back",
  "meeting/outcome.undone": "Meeting outcome taken back",
};

const CALENDAR: Record<string, string> = {
  accepted: "Accepted the invitation",
  declined: "Declined the invitation",
  tentative: "Said maybe to the invitation",
  counter: "Proposed another time",
};

/** One line of the timeline in the words of the screens. A kind that has no words yet is read from its name. */
export function activityWords({ kind, detail }: Pick<ActivityRow, "kind" | "detail">): string {
  if (kind === "lead/imported") return `Imported, row ${String(detail.row ?? "?")} of`;
  if (kind === "lead/corrected" || kind === "account/corrected")
    return `${kind === "lead/corrected" ? "Corrected" : "Company corrected"}: ${fieldsOf(detail.fields)}`;
  if (kind === "meeting/answered") return CALENDAR[String(detail.answer)] ?? "Answered the invitation";
  const known = WORDS[kind];
  if (known) return known;
  const [noun = "", verb = ""] = kind.split("/");
  const word = noun === "enrolment" ? "campaign" : noun;
  const text = `${word} ${verb}`.replaceAll(/[-.]/g, " ");
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function fieldsOf(fields: unknown): string {
  if (!Array.isArray(fields)) return "a field";
  return fields.map((field) => (leadFieldWords[field as LeadField] ?? String(field)).toLowerCase()).join(", ");
}
