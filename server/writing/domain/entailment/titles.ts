import { lookup } from "#server/core/lookup.ts";
import { allMatches } from "../all-matches.ts";
import { fold } from "./normalise.ts";

/** A job title named in a text, in one spelling. `held` says that somebody is said to have it, not merely that it exists. */
export type TitleMention = { title: string; text: string; at: number; end: number; held: boolean };

const FUNCTION =
  "(?:finance|financial|accounting|accounts|sales|marketing|engineering|operations|ops|people|hr|human resources|legal|product|it|information|technology|technical|revenue|growth|data|security|procurement|treasury|tax|audit|controlling|commercial|customer success|support|strategy|business development|digital|compliance|risk|fp&a|supply chain|logistics)";
const ABBREVIATIONS: Record<string, string> = lookup({
  cfo: "chief financial officer",
  ceo: "chief executive officer",
  coo: "chief operating officer",
  cto: "chief technology officer",
  cmo: "chief marketing officer",
  cro: "chief revenue officer",
  cio: "chief information officer",
  chro: "chief human resources officer",
  cpo: "chief product officer",
  ciso: "chief information security officer",
  vp: "vice president",
  svp: "senior vice president",
  evp: "executive vice president",
  md: "managing director",
  gm: "general manager",
  fd: "finance director",
});
const PATTERN = new RegExp(
  [
    "chief [a-z]+(?: [a-z]+)? officer",
    `(?:group |deputy |interim |assistant |regional |global |senior |associate )*(?:(?:s|e)?vp|(?:senior |executive )?vice president)(?:,? (?:of )?${FUNCTION}(?: and ${FUNCTION})?)?`,
    `(?:group |deputy |interim |global |regional )*head of ${FUNCTION}(?: and ${FUNCTION})?`,
    `(?:group |deputy |interim |assistant |associate |junior |global |regional |managing |senior )*(?:${FUNCTION} )?(?:director|manager|controller|comptroller|treasurer|accountant|bookkeeper|auditor|analyst)(?: (?:of|for) ${FUNCTION})?`,
    `(?:${FUNCTION} )?(?:lead|team leader|officer|executive|specialist|coordinator|administrator|engineer|developer|consultant|partner)(?= (?:at|of|for|in)\\b)`,
    "co-?founder|founder|president|chairman|chairwoman|chairperson|board member|owner|general counsel|c[a-z]{1,3}o",
  ]
    .map((form) => `(?:${form})`)
    .join("|"),
  "g",
);
const IN_TEXT = new RegExp(`(?<![\\p{L}\\p{N}])(?:${PATTERN.source})(?![\\p{L}\\p{N}])`, "gu");
const NOT_TITLES = new Set(["co", "cargo"]);
const HELD_BEFORE =
  /(?:\b(?:as|you are|you're|you work as|you serve as|your (?:role|job|position|title|work) (?:as|is)|being|became|become|appointed|promoted to|for|to|dear|hi|hello|,|is|was)\s*(?:a|an|the|our|their|your)?\s*(?:\w+\s)?)$/;

export function titles(text: string): TitleMention[] {
  const lower = fold(text).length === text.length ? fold(text) : text.toLowerCase();
  return allMatches(lower, IN_TEXT)
    .filter((match) => !NOT_TITLES.has(match[0]) && (match[0].length > 4 || ABBREVIATIONS[match[0]] !== undefined || match[0] === "vp"))
    .map((match) => ({
      title: canonicalTitle(match[0]),
      text: text.slice(match.index, match.index + match[0].length),
      at: match.index,
      end: match.index + match[0].length,
      held:
        HELD_BEFORE.test(lower.slice(0, match.index)) &&
        !/\b(?:hiring|looking for|search for|searching for|opening for|role of|vacancy for|need|recruiting) (?:a |an |the |your )?(?:new )?$/.test(
          lower.slice(0, match.index),
        ),
    }));
}

export function canonicalTitle(title: string): string {
  return fold(title)
    .split(/[\s,]+/)
    .map((word) => ABBREVIATIONS[word] ?? word)
    .filter((word) => word !== "of" && word !== "for" && word !== "the")
    .join(" ")
    .replace(/\bfinancial director\b/, "finance director");
}
