import * as z from "zod";
import type { Tx } from "#server/core/db.ts";
import { AppError } from "#server/core/errors.ts";
import { type Grade, grades } from "#server/leads/constants.ts";
import { whatWouldRaise } from "../domain/score-lead.ts";
import { contribution, type Raise } from "../schema.ts";
import { listScorable } from "./facts.ts";
import { findProfile } from "./get-profile.ts";

export type ScoreView = {
  value: number | null;
  grade: Grade | null;
  contributions: z.output<typeof contribution>[];
  profileVersion: number | null;
  scoredAt: Date | null;
  raises: Raise[];
};

/** Why this person has this grade, and what would raise it under the profile of today. */
export async function getScore(tx: Tx, leadId: string): Promise<ScoreView> {
  const [lead] = await listScorable(tx, [leadId]);
  if (!lead) throw new AppError("NOT_FOUND", "This person no longer exists.");
  const stored = await tx.leadScore.findFirst({ where: { leadId } });
  const profile = await findProfile(tx);
  const raises = profile ? whatWouldRaise(lead, profile).slice(0, 5) : [];
  if (!stored) return { value: null, grade: null, contributions: [], profileVersion: null, scoredAt: null, raises };
  return {
    value: stored.value,
    grade: z.enum(grades).parse(stored.grade),
    contributions: z.array(contribution).parse(stored.contributions),
    profileVersion: stored.profileVersion,
    scoredAt: stored.scoredAt,
    raises,
  };
}
