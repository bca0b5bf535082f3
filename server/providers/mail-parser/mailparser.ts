import { domainToASCII } from "node:url";
import { type AddressObject, type HeaderLines, type ParsedMail, simpleParser } from "mailparser";
import type { MailAddress, MailPart, ReceivedMail } from "#server/replies/domain/mail.ts";
import { headersFromLines, unfoldHeader } from "./header-lines.ts";
import { textFromHtml } from "./html-text.ts";
import type { MailParser } from "./port.ts";

const MAX_TEXT = 200_000;
const MAX_HTML = 1_000_000;
const MAX_PART = 64_000;
const MAX_PARTS = 20;
const MACHINE_PART =
  /^(?:message\/(?:x-)?(?:global-)?(?:delivery-status|feedback-report|rfc822|disposition-notification|partial|global|headers)|text\/(?:rfc822-headers|calendar|html|plain)|application\/(?:ics|json))/i;

/** The embedded parser: mailparser reads the MIME tree, embedded messages stay closed. */
export function createMailparserMailParser(): MailParser {
  return {
    async parse(raw) {
      const parsed = await simpleParser(raw, {
        keepDeliveryStatus: true,
        ignoreEmbedded: true,
        skipHtmlToText: true,
        skipTextToHtml: true,
        skipImageLinks: true,
        skipTextLinks: true,
        checksumAlgo: false,
        maxInlinedImagesSize: 0,
        maxChildNodes: 500,
      }).catch(() => null);
      if (!parsed) return bareMail(raw);
      const mail = toReceivedMail(parsed);
      // A broken boundary leaves a multipart without parts: the bytes below the headers still say what it is.
      return mail.text === "" && mail.parts.length === 0 ? { ...mail, text: bareMail(raw).text } : mail;
    },
  };
}

function toReceivedMail(parsed: ParsedMail): ReceivedMail {
  const headers = headersFromLines(parsed.headerLines);
  const contentType = headers.get("content-type")?.[0] ?? "";
  const html = typeof parsed.html === "string" ? parsed.html.slice(0, MAX_HTML) : "";
  const plain = clean((parsed.text ?? "").slice(0, MAX_TEXT));
  return {
    headers,
    contentType: (contentType.split(";")[0] ?? "").trim().toLowerCase(),
    reportType: /report-type\s*=\s*"?([\w-]+)/i.exec(contentType)?.[1]?.toLowerCase() ?? null,
    messageId: messageIds(headers.get("message-id")?.[0])[0] ?? null,
    inReplyTo: messageIds(headers.get("in-reply-to")?.[0]),
    references: messageIds(headers.get("references")?.[0]),
    from: addresses(parsed.from)[0] ?? null,
    to: [...addresses(parsed.to), ...addresses(parsed.cc)],
    subject: clean(parsed.subject ?? "").slice(0, 500),
    sentAt: parsed.date && !Number.isNaN(parsed.date.getTime()) ? parsed.date : null,
    text: plain.trim() !== "" ? plain : clean(textFromHtml(html)).slice(0, MAX_TEXT),
    parts: machineParts(parsed),
  };
}

function machineParts(parsed: ParsedMail): MailPart[] {
  return parsed.attachments
    .filter((attachment) => MACHINE_PART.test(attachment.contentType))
    .slice(0, MAX_PARTS)
    .map((attachment) => {
      const header = attachment.headers.get("content-type");
      const parameters = typeof header === "object" && "params" in header ? (header as { params: Record<string, string> }).params : {};
      return {
        contentType: attachment.contentType.toLowerCase(),
        parameters,
        text: clean(attachment.content.subarray(0, MAX_PART).toString("utf8")),
      };
    });
}

/** For bytes that mailparser refuses: the headers and the first text, so that nothing is lost. */
function bareMail(raw: Buffer): ReceivedMail {
  const source = raw.subarray(0, MAX_TEXT).toString("utf8").replaceAll("\r\n", "\n");
  const end = source.indexOf("\n\n");
  const head = end < 0 ? source : source.slice(0, end);
  const lines: HeaderLines = unfoldHeader(head).map((line) => ({
    key: line
      .slice(0, Math.max(0, line.indexOf(":")))
      .trim()
      .toLowerCase(),
    line,
  }));
  const headers = headersFromLines(lines);
  const from = /<?([^\s<>"]+@[^\s<>"]+)>?\s*$/.exec(headers.get("from")?.[0] ?? "")?.[1];
  return {
    headers,
    contentType: "text/plain",
    reportType: null,
    messageId: messageIds(headers.get("message-id")?.[0])[0] ?? null,
    inReplyTo: messageIds(headers.get("in-reply-to")?.[0]),
    references: messageIds(headers.get("references")?.[0]),
    from: from ? { address: spelled(from), name: "" } : null,
    to: [],
    subject: clean(headers.get("subject")?.[0] ?? ""),
    sentAt: null,
    text: end < 0 ? "" : clean(source.slice(end + 2)),
    parts: [],
  };
}

function addresses(field: AddressObject | AddressObject[] | undefined): MailAddress[] {
  const fields = field === undefined ? [] : Array.isArray(field) ? field : [field];
  return fields
    .flatMap((one) => one.value)
    .flatMap((entry) => entry.group ?? [entry])
    .slice(0, 100)
    .flatMap((entry) => (entry.address ? [{ address: spelled(entry.address.trim()), name: clean(entry.name).slice(0, 200) }] : []));
}

/** As people are kept: small, the domain in ASCII. The library shows "xn--bcher-kva" as "bücher", under which nobody would be found. */
function spelled(address: string): string {
  const at = address.lastIndexOf("@") + 1;
  const domain = address.slice(at);
  return `${address.slice(0, at)}${/[^\x20-\x7e]/.test(domain) ? domainToASCII(domain) || domain : domain}`.toLowerCase();
}

function messageIds(value: string | undefined): string[] {
  return (clean(value?.slice(0, 20_000) ?? "").match(/<[^<>\s]{1,500}>/g) ?? []).slice(-50);
}

/** Postgres text holds no NUL; other control characters and invisible marks only deceive the eye. */
function clean(text: string): string {
  return text.replaceAll("\r\n", "\n").replace(UNSEEN, "").toWellFormed();
}
const UNSEEN = /(?![\n\t])[\p{Cc}\u200B\u2060\uFEFF]/gu;
