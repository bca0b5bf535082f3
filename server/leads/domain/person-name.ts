export type PersonName = { fullName: string; firstName: string | null; lastName: string | null };

const HONORIFIC =
  /^(?:dr|prof|professor|mr|mrs|ms|miss|mx|sir|dame|herr|frau|hr|fr|monsieur|madame|mme|mlle|m|sig|sig\.ra|sigra|dott|dott\.ssa|dottssa|ing|avv|rag|arch|geom|dipl|dipl\.-?ing|mag|sr|sra|srta|don|doña|dña|drs|ir|mgr|pan|pani|bc|phdr|mudr|judr|rev|hon|capt|lt|col|eng)\.?$/iu;
/** "Don Carlos Perez" is addressed so; "Don Draper" and "Hon Lee" are called so. */
const GIVEN_TOO = /^(?:don|hon|eng|arch)$/i;
const CREDENTIAL =
  /^(?:ph\.?d|m\.?b\.?a|e?mba|m\.?d|j\.?d|c\.?p\.?a|c\.?f\.?a|acca|acma|cima|fca|aca|cgma|pmp|esq|m\.?sc|b\.?sc|m\.?a|b\.?a|ll\.?[mb]|p\.?e|rn|cissp|cisa|shrm-?(?:cp|scp)|phr|sphr|obe|mbe|cbe)\.?$/iu;
/** Family name particles that are written small inside a name. */
const PARTICLES = new Set(
  "de da do dos das del della dello dei di du des la le lo van von der den ter ten zu zum zur af av bin ibn al el y e und".split(" "),
);

/**
 * A name as a person would write it in a mail: without titles and degrees, "Rossi, Nadia" turned round, shouting calmed.
 * Mixed case is the owner's own spelling and stays. Nothing is invented: a missing part stays missing.
 */
export function readPersonName(given: { full?: string | null; first?: string | null; last?: string | null }): PersonName | null {
  const first = words(given.first ?? "");
  const last = words(given.last ?? "");
  const full = words(turnRound(given.full ?? ""));
  if (first.length === 0 && last.length === 0) {
    if (full.length === 0) return null;
    const calmed = calm(full);
    const split = splitFamilyName(calmed);
    return { fullName: calmed.join(" "), firstName: split.first, lastName: split.last };
  }
  const firstName = first.length > 0 ? calm(first).join(" ") : null;
  const lastName = last.length > 0 ? calm(last).join(" ") : null;
  return { fullName: [firstName, lastName].filter((part) => part !== null).join(" "), firstName, lastName };
}

function turnRound(full: string): string {
  const [family, rest, ...more] = full.split(",").map((part) => part.trim());
  if (!family || !rest || more.length > 0) return full.replaceAll(",", " ");
  // "Rossi, Nadia" but not "Nadia Rossi, MBA".
  if (rest.split(/\s+/).every((word) => CREDENTIAL.test(word) || /^(?:jr|sr|i{2,3}|iv)\.?$/i.test(word))) return family;
  return `${rest} ${family}`;
}

function words(text: string): string[] {
  // An address in the name's place says no name: "office@clyde.example" is not Mr Clyde.Example.
  const named = text.includes("@") ? text.replace(/[^\s@]+@[^\s@]+\.[^\s@]+/g, " ") : text;
  const kept = named
    .normalize("NFC")
    .replace(/[\u00ad\u200b-\u200f\u2060\ufeff]/g, "")
    .replace(/\([^)]*\)|\[[^\]]*\]|"[^"]*"/g, " ")
    .replace(/[\p{Extended_Pictographic}|/\\<>{}=+*_~^#@0-9]/gu, " ")
    .split(/\s+/)
    .filter((word) => /\p{L}/u.test(word));
  while (kept.length > 1 && HONORIFIC.test(kept[0] ?? "") && !(kept.length === 2 && GIVEN_TOO.test(kept[0] ?? ""))) kept.shift();
  while (kept.length > 1 && isCredential((kept.at(-1) ?? "").replace(/,$/, ""), kept)) kept.pop();
  return kept.map((word) => word.replace(/^[,;:.-]+|[,;:-]+$/g, "")).filter((word) => word !== "");
}

/** "Nadia Rossi MA" has a degree; "Li Ma" has a family name, and "LI MA" may: these are taken off only where the rest is not shouted. */
const ALSO_NAMES = /^(?:ma|ba|md|jd|pe|rn|aca|fca|phr)\.?$/i;

function isCredential(word: string, all: readonly string[]): boolean {
  if (!CREDENTIAL.test(word)) return false;
  if (!ALSO_NAMES.test(word)) return true;
  const rest = all.slice(0, -1).join("");
  return word === word.toUpperCase() && rest !== rest.toUpperCase() && all.length > 2;
}

function calm(parts: string[]): string[] {
  const letters = parts.join("").replace(/[^\p{L}]/gu, "");
  const isOneCase = letters === letters.toUpperCase() || letters === letters.toLowerCase();
  const hasCase = letters.toUpperCase() !== letters.toLowerCase();
  if (!isOneCase || !hasCase || letters.length < 2) return parts;
  return parts.map((word, index) => {
    const lower = word.toLowerCase();
    if (index > 0 && index < parts.length - 1 && PARTICLES.has(lower)) return lower;
    if (/^\p{L}\.?$/u.test(lower)) return lower.toUpperCase();
    return lower
      .replace(/(^|[-'’.])(\p{L})/gu, (_, edge: string, letter: string) => edge + letter.toUpperCase())
      .replace(/^(Mc)(\p{L})/u, (_, prefix: string, letter: string) => prefix + letter.toUpperCase());
  });
}

function splitFamilyName(parts: string[]): { first: string | null; last: string | null } {
  const [first, ...rest] = parts;
  if (!first || rest.length === 0) return { first: first ?? null, last: null };
  // "Maria Elena de la Cruz": everything from the first particle is the family name; else the last word.
  const particle = rest.findIndex((word) => PARTICLES.has(word.toLowerCase()));
  const last = particle >= 0 ? rest.slice(particle) : rest.slice(-1);
  return { first, last: last.join(" ") };
}
