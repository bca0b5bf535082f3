import { allMatches } from "../all-matches.ts";

/** One spelling of quotes, dashes, spaces and digits, so that the same thing is the same text. */
export function normalise(text: string): string {
  return (
    text
      .normalize("NFKC")
      .replace(/[‘’ʼ`´]/g, "'")
      .replace(/[“”„«»]/g, '"')
      .replace(/[‐‑‒−]/g, "-")
      // Soft hyphens, joiners and direction marks hide a word from a reader of code, not from a reader of mail.
      .replace(/[\u00AD\u200B-\u200F\u202A-\u202E\u2060-\u2064\uFEFF]/g, "")
      .replace(/\s+/g, " ")
      .trim()
  );
}

export function fold(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

const WORD = /[\p{L}\p{M}\p{N}]+(?:['&][\p{L}\p{M}\p{N}]+)*/gu;

export type Word = { text: string; lower: string; at: number; end: number };

export function words(text: string): Word[] {
  return allMatches(text, WORD).map((match) => ({
    text: match[0],
    lower: fold(match[0]).replace(/'s$/, ""),
    at: match.index,
    end: match.index + match[0].length,
  }));
}

/** Light on purpose: it only has to bring the forms of one word together. */
export function stem(word: string): string {
  let root = fold(word).replace(/'.*$/, "");
  if (root.length > 4 && root.endsWith("ies")) root = `${root.slice(0, -3)}y`;
  else if (root.length > 5 && root.endsWith("ing")) root = root.slice(0, -3);
  else if (root.length > 4 && root.endsWith("ed")) root = root.slice(0, -2);
  else if (root.length > 4 && /(?:ss|sh|ch|x|z)es$/.test(root)) root = root.slice(0, -2);
  else if (root.length > 3 && root.endsWith("s") && !/(?:ss|us|is)$/.test(root)) root = root.slice(0, -1);
  if (root.length > 4 && root.endsWith("ly")) root = root.slice(0, -2);
  if (/([bdfgklmnprt])\1$/.test(root) && root.length > 3) root = root.slice(0, -1);
  return root.length > 3 && root.endsWith("e") ? root.slice(0, -1) : root;
}

/** Blanks a span without moving what follows, so that offsets stay true. */
export function blank(text: string, at: number, end: number): string {
  return text.slice(0, at) + " ".repeat(end - at) + text.slice(end);
}
