import type { Tx } from "#server/core/db.ts";
import type { Grade } from "#server/leads/constants.ts";
import { scoreLead } from "../domain/score-lead.ts";
import type { Distribution, PreviewOutput, ProfileInput } from "../schema.ts";
import { listScorableAfter } from "./facts.ts";

const SLICE = 5_000;
const EXAMPLES = 50;

/** What saving this profile would change, counted over everybody; nothing is written. */
export async function previewProfile(tx: Tx, profile: ProfileInput): Promise<PreviewOutput> {
  const [now, after] = [empty(), empty()];
  const examples: PreviewOutput["examples"] = [];
  let changed = 0;
  for (let last: string | null = null; ; ) {
    const slice = await listScorableAfter(tx, last, SLICE);
    for (const lead of slice) {
      const score = scoreLead(lead, profile);
      if (lead.grade !== null && lead.score !== null) count(now, lead.score, lead.grade);
      count(after, score.value, score.grade);
      if (lead.grade === score.grade) continue;
      changed += 1;
      if (examples.length < EXAMPLES)
        examples.push({
          id: lead.id,
          fullName: lead.fullName,
          company: lead.company,
          from: lead.grade,
          to: score.grade,
          score: score.value,
        });
    }
    last = slice.at(-1)?.id ?? null;
    if (slice.length < SLICE) return { now, after, changed, examples };
  }
}

function empty(): Distribution {
  return { people: 0, grades: { A: 0, B: 0, C: 0, D: 0, E: 0, F: 0 }, histogram: Array.from({ length: 20 }, () => 0) };
}

function count(into: Distribution, value: number, grade: Grade): void {
  into.people += 1;
  into.grades[grade] += 1;
  const bucket = Math.min(19, Math.floor(value / 5));
  into.histogram[bucket] = (into.histogram[bucket] ?? 0) + 1;
}
