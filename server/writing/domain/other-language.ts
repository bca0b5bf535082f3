import type { Finding } from "#server/writing/schema.ts";

const ENGLISH = /^(?:en(?:g|[-_].*)?|english)$/i;

/**
 * Both writers write in English. Nothing is translated, because no translation could be checked against its sources; a person whose record
 * says another language gets no mail that nobody has looked at.
 */
export function otherLanguage(language: string | null | undefined): Finding[] {
  const said = language?.trim() ?? "";
  if (said === "" || ENGLISH.test(said)) return [];
  return [
    {
      code: "language",
      message: `Their language is ${nameOf(said)}, and this is written in English. Edit it, or approve it as it is.`,
      blocking: false,
    },
  ];
}

function nameOf(said: string): string {
  if (!/^[a-z]{2,3}(?:[-_][a-z0-9]+)*$/i.test(said)) return said;
  try {
    return new Intl.DisplayNames(["en"], { type: "language", languageDisplay: "standard" }).of(said.replaceAll("_", "-")) ?? said;
  } catch {
    return said;
  }
}
