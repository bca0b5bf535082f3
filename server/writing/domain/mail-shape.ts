import { fold, normalise } from "./entailment/normalise.ts";

const PLACEHOLDER =
  /\{\{?[^{}]*\}?\}|\[(?:[a-z]+[ _-]?){1,5}\]|<[a-z][a-z_ ]{1,30}>|%[a-z_]{2,}%|\$\{[^}]*\}|\b[Xx]{3,}\b|\blorem ipsum\b|\bTODO\b|\bTBD\b|\bundefined\b|\bNaN\b|\[object \w+\]/i;

export function placeholderIn(text: string): string | null {
  return text.match(PLACEHOLDER)?.[0] ?? null;
}

const LINK =
  /(?:https?:\/\/|www\.)[^\s<>")]+|[\p{L}\p{N}._%+-]+@[\p{L}\p{N}.-]+\.\p{L}{2,}|(?<![\p{L}\p{N}@.])(?:[a-z0-9-]+\.)+(?:com|net|org|io|co|ai|dev|app|eu|de|fr|uk|ru|cn|xyz|info|biz|link|ly|me|example|test)(?:\/[^\s<>")]*)?(?![\p{L}\p{N}])/giu;

/** Links, bare hosts and addresses that are not on the list. An entry allows itself and what lies below its host; an exact one only itself. */
export function foreignLinks(text: string, allowed: readonly string[], exact: readonly string[] = []): string[] {
  const list = allowed.map(hostOf);
  const own = exact.map(normalise);
  return Array.from(normalise(text).matchAll(LINK), (match) => match[0].replace(/[.,;:!?]+$/, "")).filter((link) => {
    if (own.includes(link)) return false;
    const host = hostOf(link);
    return !list.some((entry) => entry !== "" && (host === entry || host.endsWith(`.${entry}`)));
  });
}

function hostOf(link: string): string {
  const plain = link
    .toLowerCase()
    .replace(/^https?:\/\//, "")
    .replace(/^www\./, "");
  // "https://acme.example@evil.test" goes to evil.test.
  const beforePath = plain.split(/[/?#]/)[0] ?? "";
  return (beforePath.split("@").at(-1) ?? "").replace(/:\d+$/, "").replace(/\.$/, "");
}

export function forbiddenWord(text: string, avoid: readonly string[]): string | null {
  const plain = ` ${fold(normalise(text)).replace(/[^\p{L}\p{N}%]+/gu, " ")} `;
  return (
    avoid.find(
      (word) =>
        word.trim() !== "" &&
        plain.includes(
          ` ${fold(word.trim())
            .replace(/[^\p{L}\p{N}%]+/gu, " ")
            .trim()} `,
        ),
    ) ?? null
  );
}

const SALUTATION =
  /(?:^|\n)\s*(?:hi|hello|dear|hey|good (?:morning|afternoon|day|evening)|guten tag|hallo|bonjour|ciao)\s+(?:there\b|all\b|team\b|everyone\b)?\s*((?:[^,!.\n]|(?<=(?:^|\s)\p{L})\.){0,60})/iu;

/** The name that a greeting uses; null when it uses none. */
export function namedInGreeting(text: string): string | null {
  const named =
    normalise(text)
      .match(SALUTATION)?.[1]
      ?.replace(/^(?:mr|ms|mrs|dr|herr|frau|prof)\.?\s+/i, "")
      .trim() ?? "";
  return named === "" ? null : named;
}

export function wordsIn(text: string): number {
  return text
    .trim()
    .split(/\s+/)
    .filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
}
