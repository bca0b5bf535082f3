import type { Sentence } from "#server/writing/schema.ts";
import type { Brief } from "../brief.ts";

/** What one language must be able to say. Each list is alternatives; whoever composes picks by the seed. */
export type Grammar = {
  language: string;
  greetings: (brief: Brief) => Sentence[];
  /** Why them: from facts. Best first; each cites what it rests on. */
  openings: (brief: Brief) => Sentence[];
  /** What we sell, in one sentence. */
  introductions: (brief: Brief) => Sentence[];
  /** A claim in other frames, the plain one first. */
  claim: (claim: Brief["claims"][number], brief: Brief, place: "first" | "next") => Sentence[];
  /** Where a claim comes from. */
  evidence: (claim: Brief["claims"][number]) => Sentence[];
  /** What our earlier mail was, and when. */
  recalls: (brief: Brief) => Sentence[];
  questions: (brief: Brief) => Sentence[];
  asks: (brief: Brief) => Sentence[];
  closings: (brief: Brief) => Sentence[];
  subjects: (brief: Brief) => string[];
};

export const line = (kind: Sentence["kind"], text: string, ...factIds: string[]): Sentence => ({ kind, text, factIds });
