import EmailReplyParser from "email-reply-parser";

export type VisibleText = { text: string; quoted: string };

/** The library's rules know more programs, but take more than linear time: it reads only what is short. */
const MOST_FOR_LIBRARY = 1_500;
const MAX_LINES = 4_000;
const MAX_LINE = 2_000;
const WROTE =
  /^[>\s-]*(?:(?:on|am|le|el|il|em|op|den|a|w dniu|dnia|no dia)\s.{4,200}(?:wrote|schrieb|a écrit|écrit|escribió|ha scritto|scritto|escreveu|schreef|skrev|pisze|napisał\(?a?\)?).{0,160}|.{2,160}(?:<[^<>\s]+@[^<>\s]+>|\[[^[\]\s]+@[^[\]\s]+\]).{0,40}(?:wrote|schrieb|a écrit|escribió|ha scritto|escreveu|schreef).{0,40}|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}.{2,160}<[^<>\s]+@[^<>\s]+>)\s*:?\s*-*$/i;
const WROTE_START = /^[>\s-]*(?:on|am|le|el|il|em|op|den)\s.{4,200}(?:\d{4}|\d{1,2}:\d{2}|<)/i;
const DIVIDER =
  /^[>\s]*(?:-{2,}|_{5,}|\*{3,})\s*(?:original message|ursprüngliche nachricht|original-nachricht|urspr\. nachricht|message d'origine|message transféré|mensaje original|messaggio originale|mensagem original|oorspronkelijk bericht|forwarded message|weitergeleitete nachricht|begin forwarded message|reply message|originalnachricht)\b.*$|^begin forwarded message:|^-{5,}\s*forwarded/i;
const HEADER_FROM = /^[>\s*]*(?:from|von|de|da|van|fra|från)\s?:\*?\s*\S/i;
const HEADER_NEXT =
  /^[>\s*]*(?:sent|date|gesendet|datum|envoyé|date d'envoi|enviado(?: el| em)?|fecha|data|inviato|verzonden|to|an|à|para|a|aan|subject|betreff|objet|asunto|oggetto|assunto|onderwerp)\s?:/i;
const RULE = /^\s*_{10,}\s*$/;
const SIGNATURE =
  /^\s*(?:--\s?|—|_{3,9}|sent from my .{2,40}|sent (?:from|with|via) .{2,40}|get outlook for .{2,30}|von mein(?:em|er) .{2,40} gesendet|gesendet (?:mit|von) .{2,60}|envoyé (?:de|depuis|à partir) .{2,40}|enviado desde .{2,40}|enviado (?:do|de|a partir) .{2,40}|inviato da(?:l mio)? .{2,40}|verzonden (?:vanaf|met) .{2,40}|verstuurd (?:vanaf|met) .{2,40})\s*$/i;
const CLOSING =
  /^\s*(?:(?:kind|best|warm|many|with kind|with best)?\s*regards|best(?: wishes)?|all the best|cheers|sincerely|yours(?: sincerely| truly| faithfully)?|many thanks|thanks(?: again| and regards| & regards)?|thank you|rgds|br|kr|mit (?:freundlichen|besten|herzlichen|lieben) grüßen|(?:freundliche|beste|viele|liebe|herzliche|schöne) grü(?:ß|ss)e|mfg|lg|vg|gruß|cordialement|bien cordialement|bien à vous|cdlt|sincères salutations|salutations|saludos(?: cordiales)?|un (?:cordial )?saludo|atentamente|cordiali saluti|distinti saluti|saluti|un saluto|(?:com os )?(?:melhores )?cumprimentos|atenciosamente|abraços?|met vriendelijke groet(?:en)?|vriendelijke groet(?:en)?|groet(?:en|jes)?|mvg)\s*[,.!]?\s*$/i;
const POSTSCRIPT = /^\s*p\.?\s?s\.?\s*[:.,-]?\s+\S/i;
const DISCLAIMER =
  /^\s*(?:this (?:e-?mail|message)(?: and any)?[^.]{0,60}(?:confidential|intended)|the information (?:contained )?in this|confidentiality notice|disclaimer|diese (?:e-?mail|nachricht) (?:enthält|ist|kann)|ce (?:message|courriel|mail)[^.]{0,60}confidentiel|este (?:mensaje|correo)[^.]{0,60}confidencial|questo messaggio[^.]{0,60}|esta mensagem[^.]{0,60}confidencial|dit (?:bericht|e-?mailbericht)[^.]{0,60})/i;

/**
 * What they wrote, apart from what they quote and their signature. Works on lines, once, so that its time grows with the
 * length of the mail. Answers below or between quoted lines are kept; what follows a copied header is all quote.
 */
export function visibleText(raw: string): VisibleText {
  const lines = raw
    .replaceAll("\r\n", "\n")
    .split("\n", MAX_LINES)
    .map((line) => line.slice(0, MAX_LINE).trimEnd());
  const own: string[] = [];
  const quoted: string[] = [];
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? "";
    if (startsCopiedHeader(lines, at) || DIVIDER.test(line)) {
      quoted.push(...lines.slice(at));
      break;
    }
    const wrote = wroteLines(lines, at);
    if (wrote > 0) {
      quoted.push(...lines.slice(at, at + wrote));
      at += wrote - 1;
      // Where the quote below is not marked with ">", all of it is quote.
      if (!nextIsMarked(lines, at + 1) && own.some((text) => text.trim() !== "")) {
        quoted.push(...lines.slice(at + 1));
        break;
      }
      continue;
    }
    if (/^\s*>/.test(line)) quoted.push(line);
    else own.push(line);
  }
  const { text, signature } = cutSignature(secondLook(own));
  return {
    text,
    quoted: [signature, quoted.join("\n").trim()]
      .filter((part) => part !== "")
      .join("\n\n")
      .slice(0, 50_000),
  };
}

/** What our rules left as their words, read once more by email-reply-parser; it may only take away a quote, not everything. */
function secondLook(own: readonly string[]): readonly string[] {
  const text = own.join("\n");
  if (text.length > MOST_FOR_LIBRARY || !/[:：]\s*$/m.test(text)) return own;
  const kept = new EmailReplyParser()
    .read(text)
    .getFragments()
    .filter((fragment) => !fragment.isQuoted())
    .map((fragment) => fragment.getContent())
    .join("\n");
  return kept.trim() === "" ? own : kept.split("\n");
}

/** How many lines "On …, … wrote:" takes at this place: one to three, because programs wrap it. */
function wroteLines(lines: readonly string[], at: number): number {
  const first = lines[at] ?? "";
  if (first.length > 400 || first.trim() === "") return 0;
  if (/[:：]\s*-*$/.test(first) && /[\d@<]/.test(first) && WROTE.test(first)) return 1;
  if (!WROTE_START.test(first)) return 0;
  for (const count of [2, 3]) {
    const joined = lines.slice(at, at + count).join(" ");
    if (joined.length <= 400 && /:\s*-*$/.test(joined) && WROTE.test(joined)) return count;
  }
  return 0;
}

/** Outlook copies the header of the mail that is answered: From, then Sent or To or Subject within four lines. */
function startsCopiedHeader(lines: readonly string[], at: number): boolean {
  const start = RULE.test(lines[at] ?? "") ? at + 1 : at;
  if (!HEADER_FROM.test(lines[start] ?? "")) return false;
  return lines.slice(start + 1, start + 5).filter((line) => HEADER_NEXT.test(line)).length >= 2;
}

function nextIsMarked(lines: readonly string[], at: number): boolean {
  const next = lines.slice(at, at + 3).find((line) => line.trim() !== "");
  return next !== undefined && /^\s*>/.test(next);
}

function cutSignature(lines: readonly string[]): { text: string; signature: string } {
  let end = lines.findIndex((line, at) => (SIGNATURE.test(line) && (at > 0 || line.trim().length > 3)) || DISCLAIMER.test(line));
  if (end < 0) end = lines.length;
  // A closing is one only near the end, and where no sentence follows: "Thanks!" may also open a mail, and a wish to hear no more come after.
  let [until, afterthought] = [end, -1];
  for (let at = Math.max(1, end - 14); at < end; at++) {
    const hasText = lines.slice(0, at).some((line) => line.trim() !== "");
    if (hasText && CLOSING.test(lines[at] ?? "") && !goesOn(lines.slice(at + 1, end))) {
      afterthought = lines.slice(at, end).findIndex((line) => POSTSCRIPT.test(line));
      [until, end] = [end, at];
      break;
    }
  }
  const join = (part: readonly string[]) =>
    part
      .join("\n")
      .replace(/\n{3,}/g, "\n\n")
      .trim();
  const from = afterthought < 0 ? until : end + afterthought;
  const text = join([...lines.slice(0, end), ...(from < until ? ["", ...lines.slice(from, until)] : [])]);
  return text === "" ? { text: join(lines), signature: "" } : { text, signature: join([...lines.slice(end, from), ...lines.slice(until)]) };
}

/** Whether the next line is said rather than signed: four words or more, most of them small. */
function goesOn(after: readonly string[]): boolean {
  const words = (after.find((line) => line.trim() !== "") ?? "").trim().split(/\s+/);
  const small = words.filter((word) => /^\p{Ll}[\p{L}'’-]*[.,!?]?$/u.test(word)).length;
  return words.length >= 4 && small / words.length >= 0.6;
}
