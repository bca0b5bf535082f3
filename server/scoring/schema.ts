import * as z from "zod";
import { grades, jobFunctions, seniorities } from "#server/leads/constants.ts";

const words = z.array(z.string().trim().min(1).max(80)).min(1).max(100);

export const condition = z.discriminatedUnion("fact", [
  z.object({ fact: z.literal("seniority"), in: z.array(z.enum(seniorities)).min(1) }),
  z.object({ fact: z.literal("function"), in: z.array(z.enum(jobFunctions)).min(1) }),
  z
    .object({ fact: z.literal("employees"), min: z.number().int().min(0).optional(), max: z.number().int().min(0).optional() })
    .refine((size) => size.min !== undefined || size.max !== undefined, { message: "Give a smallest or a largest size." })
    .refine((size) => size.min === undefined || size.max === undefined || size.min <= size.max, {
      message: "The smallest size is above the largest.",
    }),
  z.object({ fact: z.literal("industry"), in: words }),
  z.object({
    fact: z.literal("country"),
    in: z
      .array(z.string().regex(/^[A-Z]{2}$/, "Use two-letter country codes."))
      .min(1)
      .max(250),
  }),
  z.object({ fact: z.literal("keyword"), field: z.enum(["title", "company", "industry"]), anyOf: words }),
  z.object({ fact: z.literal("domain"), in: words }),
]);
export type Condition = z.output<typeof condition>;

/** All conditions of a rule must hold. Points add up; "never" takes the person out whatever else is true. */
export const scoringRule = z.object({
  id: z.string().regex(/^[a-z0-9-]{1,60}$/, "Use small letters, digits and hyphens."),
  label: z.string().trim().min(1, "Say what the rule means").max(120),
  when: z.array(condition).min(1, "A rule needs a condition").max(8),
  effect: z.union([z.number().int().min(-100).max(100), z.literal("never")]),
});
export type ScoringRule = z.output<typeof scoringRule>;

/** The lowest score of each grade; below E is F. */
export const thresholds = z
  .object({ A: z.number().int(), B: z.number().int(), C: z.number().int(), D: z.number().int(), E: z.number().int() })
  .refine((t) => t.A <= 100 && t.A > t.B && t.B > t.C && t.C > t.D && t.D > t.E && t.E > 0, {
    message: "Grades need falling limits between 100 and 1.",
  });
export type Thresholds = z.output<typeof thresholds>;

export const profileInput = z.object({
  rules: z
    .array(scoringRule)
    .max(100)
    .refine((rules) => new Set(rules.map((rule) => rule.id)).size === rules.length, { message: "Two rules have the same id." }),
  thresholds,
});
export type ProfileInput = z.output<typeof profileInput>;

/** `basedOn` is the version that was edited: when a colleague saved meanwhile, nothing is overwritten. */
export const saveProfileInput = profileInput.extend({ basedOn: z.number().int().optional() });

export const scoringProfile = profileInput.extend({
  version: z.number().int(),
  createdAt: z.date(),
  createdByName: z.string().nullable(),
});
export type ScoringProfileView = z.infer<typeof scoringProfile>;

export const contribution = z.object({
  rule: z.string(),
  label: z.string(),
  points: z.number().int(),
  /** the facts that the rule read */
  fields: z.array(z.object({ field: z.string(), value: z.string() })).default([]),
});
export type Contribution = z.output<typeof contribution>;

export const raise = z.object({
  rule: z.string(),
  label: z.string(),
  points: z.number().int(),
  because: z.enum(["unknown", "different", "holds"]),
  fields: z.array(z.string()),
  grade: z.enum(grades),
});
export type Raise = z.output<typeof raise>;

export const gradeCounts = z.object({ A: z.number(), B: z.number(), C: z.number(), D: z.number(), E: z.number(), F: z.number() });
export const distribution = z.object({
  people: z.number().int(),
  grades: gradeCounts,
  /** people per five points, 0–4 … 95–99, 100 in the last */
  histogram: z.array(z.number().int()).length(20),
});
export type Distribution = z.output<typeof distribution>;

export const previewOutput = z.object({
  now: distribution,
  after: distribution,
  changed: z.number().int(),
  /** the first fifty who change grade */
  examples: z.array(
    z.object({
      id: z.uuid(),
      fullName: z.string(),
      company: z.string().nullable(),
      from: z.enum(grades).nullable(),
      to: z.enum(grades),
      score: z.number().int(),
    }),
  ),
});
export type PreviewOutput = z.output<typeof previewOutput>;
