const ABBREVIATION = /(?:^|\s)(?:mr|mrs|ms|dr|prof|st|no|vs|e\.g|i\.e|etc|approx|inc|ltd|co|p|ch|\p{L})\.$/iu;

/** Sentences of a paragraph; a full stop after an abbreviation, an initial or inside a number ends none. */
export function splitSentences(text: string): string[] {
  const parts = text.trim().split(/(?<=[.!?]["')]?)\s+(?=["'(]?[\p{Lu}\p{N}\p{Lo}])/u);
  const joined: string[] = [];
  for (const part of parts) {
    const previous = joined.at(-1);
    if (previous !== undefined && ABBREVIATION.test(previous)) joined[joined.length - 1] = `${previous} ${part}`;
    else if (part.trim() !== "") joined.push(part.trim());
  }
  return joined;
}
