/**
 * Every match, as `text.matchAll(pattern)` finds them. That one copies the pattern at each call, and the copy is compiled anew when garbage
 * was collected since: 0.2 s for the rules that one reply is read by. `pattern` has the flag g, as there.
 */
export function allMatches(text: string, pattern: RegExp): RegExpExecArray[] {
  const matches: RegExpExecArray[] = [];
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    matches.push(match);
    // After an empty match it would stand still: on to the next letter, which for a pattern with u may be two units long.
    if (match[0] === "") pattern.lastIndex += pattern.unicode && (text.codePointAt(pattern.lastIndex) ?? 0) > 0xffff ? 2 : 1;
  }
  return matches;
}
