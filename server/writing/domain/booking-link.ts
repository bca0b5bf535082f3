import type { DraftSource, Sentence } from "#server/writing/schema.ts";
import { line } from "./embedded-writer/grammar.ts";

const FIELD = "link";

/** The reader's own link to the sender's booking page, as something that a sentence rests on. */
export function bookingSource(url: string): DraftSource {
  return {
    id: "booking:link",
    label: "Booking page",
    value: `Pick a free time here: ${url}`,
    quote: null,
    source: "your booking page",
    at: null,
    field: FIELD,
    about: "us",
    isStale: false,
  };
}

/** Written by code in every mail that has it: no model sees or makes a link. */
export function bookingLine(source: DraftSource): Sentence {
  return line("ask", `Or pick a free time here: ${linkIn(source)}`, source.id);
}

/** Links that may stand in a mail exactly as they are, and in no other form: another token is another person's. */
export function exactLinks(sources: readonly DraftSource[]): string[] {
  return sources.filter((source) => source.field === FIELD).map(linkIn);
}

export function isLink(source: DraftSource): boolean {
  return source.field === FIELD;
}

function linkIn(source: DraftSource): string {
  return /https?:\/\/\S+/.exec(source.value)?.[0] ?? "";
}
