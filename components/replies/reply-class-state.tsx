"use client";
import { CLASS_TONE, CLASS_WORDS } from "#server/replies/constants.ts";
import type { ReplyClass } from "#server/replies/schema.ts";
import { State } from "@/components/ui/state";
import { useClock } from "@/components/ui/time/clock";
import { formatCivil } from "@/components/ui/time/format";

/** "Away until Mon 9 Mar": a class always in the same words, shape and colour. */
export function ReplyClassState({ row, filled }: { row: { class: ReplyClass; untilOn: string | null }; filled?: boolean }) {
  return (
    <State tone={CLASS_TONE[row.class]} {...(filled && { filled })}>
      <ClassWords row={row} />
    </State>
  );
}

function ClassWords({ row }: { row: { class: ReplyClass; untilOn: string | null } }) {
  const { now } = useClock();
  const words = CLASS_WORDS[row.class];
  const isDated = row.class === "away" || row.class === "not_now";
  if (!isDated || !row.untilOn) return words;
  return `${words} until ${formatCivil(row.untilOn, now)}`;
}
