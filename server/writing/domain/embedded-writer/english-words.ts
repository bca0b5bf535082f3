import { isCommonWord } from "../entailment/common-words.ts";

export function sentenceOf(text: string): string {
  const plain = text.trim().replace(/\s+/g, " ");
  const ended = /[.!?]["')]?$/.test(plain) ? plain : `${plain}.`;
  return ended.charAt(0).toUpperCase() + ended.slice(1);
}

/** Small first letter, unless the first word is a name or an abbreviation. */
export function inner(text: string): string {
  const plain = text.trim().replace(/[.]+$/, "");
  const first = plain.split(/[\s,]/)[0] ?? "";
  const isPlain = /^\p{Lu}\p{Ll}*$/u.test(first) && isCommonWord(first.toLowerCase());
  return isPlain ? plain.charAt(0).toLowerCase() + plain.slice(1) : plain;
}

/** A noun phrase that a person typed with a capital: "Month-end close software" reads "month-end close software" inside a sentence. */
export function phrase(text: string): string {
  const plain = text.trim().replace(/[.]+$/, "");
  return /^(?:A\s|\p{Lu}[\p{Ll}-]+(?:[\s,]|$))/u.test(plain) ? plain.charAt(0).toLowerCase() + plain.slice(1) : plain;
}

export function article(noun: string): string {
  const word = noun.trim().split(/[\s-]/)[0] ?? "";
  const lower = word.toLowerCase();
  const spelled = /^[A-Z]{2,4}$/.test(word) && !/^(?:NA|LE|SO)/.test(word);
  if (spelled) return /^[AEFHILMNORSX]/.test(word) ? "an" : "a";
  if (/^(?:uni|use|usu|eu|one|ubi)/.test(lower)) return "a";
  if (/^(?:hour|honest|heir)/.test(lower)) return "an";
  return /^[aeiou]/.test(lower) ? "an" : "a";
}

const SMALL = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
/** Small whole numbers in words, larger ones with a comma, anything else as it stands. */
export function count(value: string): string {
  const plain = value.replace(/[\s,']/g, "");
  if (!/^\d+$/.test(plain)) return value;
  const number = Number(plain);
  return SMALL[number] ?? number.toLocaleString("en-GB");
}

export const isNumber = (value: string) => /^\d[\d\s,'.]*$/.test(value.trim());

/** "CFO" stays; "Head of Finance" is how it is written; "CONTROLLER" is calmed. */
export function titleInside(title: string): string {
  const plain = title.trim();
  return plain.length > 4 && plain === plain.toUpperCase() ? plain.charAt(0) + plain.slice(1).toLowerCase() : plain;
}

export function tooLongFor(text: string, words: number): boolean {
  return text.trim().split(/\s+/).length > words;
}
