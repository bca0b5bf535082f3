/**
 * A company's name as a person would write it in a mail: without legal form, registry remarks and shouting.
 * The full name is kept beside it; this one is shown where it is used and can be corrected.
 */
export function companyNameForMail(raw: string): string {
  const full = raw.replace(/\s+/g, " ").trim();
  let name = full
    .replace(/\s*[([][^)\]]*[)\]]\s*$/g, "")
    .replace(/[®™©]/g, "")
    .trim();
  for (let cut = withoutLegalForm(name); cut !== name; cut = withoutLegalForm(name)) name = cut.replace(LEFT_OVER, "");
  name = name.replace(/[\s,;:·|&/-]+$/u, "").trim();
  if (!/\p{L}|\p{N}/u.test(name)) return full;
  return calm(name);
}

/** "McKinsey and Company" without its end is McKinsey, not "McKinsey and". */
const LEFT_OVER = /(?:[\s,;:·|&/-]|\s(?:and|und|et|og|och|en|y)(?=\s*$))+$/iu;

const TRAILING = [
  "s\\.?\\s?p\\.?\\s?a",
  "s\\.?\\s?r\\.?\\s?l\\.?\\s?s?",
  "s\\.?\\s?a\\.?\\s?s\\.?u?",
  "s\\.?\\s?a\\.?\\s?r\\.?\\s?l",
  "s\\.?\\s?n\\.?\\s?c",
  "s\\.?\\s?a\\.?\\s?p\\.?\\s?a",
  "s\\.?a\\.?",
  "s\\.?\\s?l\\.?\\s?u?",
  "s\\.?\\s?c\\.?\\s?a",
  "e\\.?u\\.?r\\.?l",
  "gmbh\\s*&\\s*co\\.?\\s*(?:kg|ohg)(?:aa)?",
  "ag\\s*&\\s*co\\.?\\s*kg(?:aa)?",
  "g?gmbh",
  "mbh",
  "ug(?:\\s*\\(haftungsbeschränkt\\))?",
  "kgaa",
  "kg",
  "ohg",
  "gbr",
  "ag",
  "se",
  "e\\.\\s?v",
  "e\\.\\s?k",
  "inc(?:orporated)?",
  "llc",
  "l\\.l\\.c",
  "llp",
  "l\\.?l\\.?p",
  "lp",
  "corp(?:oration)?",
  "co",
  "company",
  "ltd",
  "limited",
  "plc",
  "pty",
  "pvt",
  "pte",
  "private",
  "public",
  "b\\.?\\s?v\\.?(?:\\s?b\\.?a)?",
  "n\\.?\\s?v",
  "v\\.o\\.f",
  "c\\.?v",
  "bvba",
  "a\\.?/?s",
  "aps",
  "a\\.?b",
  "oy",
  "oyj",
  "ab\\s*\\(publ\\)",
  "asa",
  "hf",
  "ehf",
  "sp\\.?\\s*z\\.?\\s*o\\.?\\s*o",
  "sp\\.?\\s*k",
  "spółka z o\\.?\\s?o",
  "spol\\.?\\s*s\\s*r\\.?\\s*o",
  "s\\.?\\s?r\\.?\\s?o",
  "a\\.\\s?s",
  "d\\.?\\s?o\\.?\\s?o",
  "d\\.?\\s?d",
  "k\\.?ft",
  "kft",
  "zrt",
  "nyrt",
  "ood",
  "eood",
  "ад",
  "оод",
  "еоод",
  "ооо",
  "зао",
  "пао",
  "ao",
  "ooo",
  "lda",
  "ltda",
  "s\\.?\\s?g\\.?\\s?p\\.?\\s?s",
  "eireli",
  "s\\.?\\s?a\\.?\\s?de\\s*c\\.?\\s?v",
  "s\\.?\\s?a\\.?\\s?b\\.?\\s*de\\s*c\\.?\\s?v",
  "s\\.?\\s?de\\s*r\\.?\\s?l\\.?\\s*de\\s*c\\.?\\s?v",
  "a\\.?\\s?ş",
  "ltd\\.?\\s*şti",
  "k\\.?k",
  "co\\.?,?\\s*ltd",
  "株式会社",
  "有限公司",
  "(?:sdn\\.?\\s*)?bhd",
  "tbk",
  "pt",
  "fz-?llc",
  "fze",
  "w\\.?l\\.?l",
  "p\\.?\\s?s\\.?\\s?c",
  "a\\.?\\s?e",
  "u\\.?a",
  "oü",
  "uab",
  "sia",
  "as",
];
// As few words as can be before it: the whole of "S.A. de C.V." is the form, not its end.
const TRAILING_FORM = new RegExp(`^(.*?[^\\s,])(?:\\s*,\\s*|\\s+)(?:${TRAILING.join("|")})\\.?$`, "iu");
const LEADING_FORM = /^(?:株式会社|ооо|зао|пао|оао|ао|uab|sia|pt\.?|tov|тов|the)\s+["«“]?(.+?)["»”]?$/iu;

function withoutLegalForm(name: string): string {
  const trailing = TRAILING_FORM.exec(name)?.[1];
  if (trailing && trailing.length > 1) return trailing.trim();
  const leading = LEADING_FORM.exec(name);
  return leading?.[1] && !/^the\s/i.test(name) ? leading[1].trim() : name;
}

/** ACME LEDGER → Acme Ledger; IBM, H&M, 3M and mixed case stay as their owners write them. */
function calm(name: string): string {
  const letters = name.replace(/[^\p{L}]/gu, "");
  if (letters.length < 5 || letters !== letters.toUpperCase() || letters === letters.toLowerCase()) return name;
  return name
    .split(" ")
    .map((word) =>
      word.length <= 3 || /\d|&/.test(word) ? word : word.replace(/\p{L}+/gu, (part) => part.charAt(0) + part.slice(1).toLowerCase()),
    )
    .join(" ");
}
