const ANSWER_PREFIX = /^\s*(?:re|aw|antw|rv|sv|vs|r|odp)\s*:/i;

export function answerSubject(subject: string): string {
  const plain = subject.trim();
  if (plain === "") return "Re: your mail";
  return ANSWER_PREFIX.test(plain) ? plain : `Re: ${plain}`;
}
