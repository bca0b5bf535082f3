import { type Brief, sourcesOf } from "./brief.ts";
import type { VerifyContext } from "./verify-draft.ts";

/** What a draft of this brief is checked against. Both writers get the same. */
export function verifyContextOf(brief: Brief, links: readonly string[]): VerifyContext {
  const { fullName, firstName, callName } = brief.person;
  return {
    sources: sourcesOf(brief),
    ownSources: [brief.about.what, brief.about.ask],
    greetable: [fullName, firstName ?? "", callName].filter((name) => name.trim() !== ""),
    avoidWords: brief.offer.avoidWords,
    links,
    parties: brief.parties,
    known: brief.known,
    now: brief.now,
  };
}
