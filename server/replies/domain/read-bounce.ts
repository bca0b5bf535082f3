import { type Hardness, hardnessOf } from "./bounce-hardness.ts";
import { addressOf, type DeliveryStatus, readDeliveryStatus } from "./delivery-status.ts";
import { headerOf, type ReceivedMail } from "./mail.ts";
import { recipientsInNote, recipientsOfOriginal, splitReturned } from "./returned-text.ts";

type BouncedRecipient = { address: string; hardness: Hardness; status: string; diagnostic: string };
export type Bounce = {
  /** failed: it will not arrive; delayed: still trying; delivered: a receipt. Only failed ones count. */
  outcome: "failed" | "delayed" | "delivered";
  recipients: BouncedRecipient[];
  /** Message-IDs found in what was returned: they lead to the message of ours. */
  returnedIds: string[];
};

const ERROR_NOTE = /^error: |error message below/im;
const DAEMON = /^(?:mailer-?daemon|postmaster|post_?master|mail(?:er)?[-_ ]?(?:delivery|system)|mdaemon|mmsc)|mailer-daemon|^postmaster@/i;
const DAEMON_NAME =
  /mail(?:er)?[ -](?:delivery|daemon|system)|mail administrator|system administrator|delivery subsystem|ndr administrator|postmaster/i;
const SUBJECT =
  /undeliver|delivery (?:status|failure|failed|report|notification|problem|has failed|error)|deliver(?:y|ed)?[^.]{0,20}(?:fail|delay)|returned mail|return(?:ed|ing) (?:message )?to sender|failure (?:notice|delivery)|fail(?:ed|ure)[ -:]*(?:delivery|notice)|mail (?:system error|delivery)|could not be delivered|not (?:be )?delivered|message delayed|delayed \d+ hours|error sending your mail|bounce notification|bounced|non remis|unzustellbar|nicht zugestellt|no se pudo entregar|não entregue|mancata consegna|onbestelbaar|errors from|aws notification|are not member|delivery failure/i;
const NOTE =
  /(?:could not|couldn't|cannot|can't|unable to|was not|not) (?:be )?(?:deliver|sen[dt]|reach)|undeliverable|delivery (?:has |to the following )?(?:failed|failure|error)|permanent (?:fatal )?(?:error|failure)|returned (?:to sender|mail|message)|had (?:permanent|transient|temporary)|user unknown|did not reach|message delivery|following address(?:es)? failed|failed permanently|mailbox (?:unavailable|full)|couldn't deliver|has not been delivered|n'a pas (?:pu être|été)|nicht zugestellt|you are not (?:a )?member|unknown user|550[ -]|554[ -]|not a valid/i;
const STATUS_PART = /delivery-status/;
const RETURNED_PART = /^message\/(?:rfc822|global|partial)|rfc822-headers|global-headers/;
/** "User unknown" after the whole mail was handed over is a filter's answer, whatever words it borrows; 5.2 speaks of a mailbox that exists. */
const AFTER_DATA =
  /(?:reply to|after) (?:pipelined )?end of data|>>> DATA\s*\n(?:<<< [^\n]*\n)*<<< 5(?![^\n]*(?:account|invalid recipient))/i;
const AT_RCPT = />>> RCPT|reply to RCPT|after RCPT|RCPT TO/i;
const RFC3834 = /auto-replied/i;

/** Null when the mail is no delivery report. `own` are the addresses of our mailboxes. */
export function readBounce(mail: ReceivedMail, own: ReadonlySet<string>): Bounce | null {
  const fromJson = readJsonNotification(mail.text);
  if (fromJson) return fromJson;
  const statusText = mail.parts
    .filter((part) => STATUS_PART.test(part.contentType))
    .map((part) => part.text)
    .join("\n\n");
  const returned = mail.parts
    .filter((part) => RETURNED_PART.test(part.contentType))
    .map((part) => part.text)
    .join("\n\n");
  const looksLikeReport = mail.reportType === "delivery-status" || statusText !== "";
  if (!looksLikeReport && !looksFreeForm(mail)) return null;

  const { note, original } = splitReturned(mail.text);
  const whole = `${returned}\n${original}`;
  const not = new Set([...own, mail.from?.address ?? "", ...mail.to.map((to) => to.address)].filter((address) => address !== ""));
  const statuses = readDeliveryStatus(`${statusText}\n\n${statusText === "" ? mail.text : ""}`);
  const rows = statuses.length > 0 ? statuses.map((row) => withNote(row, note)) : freeForm(mail, note, whole, not);
  return {
    outcome: outcomeOf(mail, rows, note),
    recipients: toRecipients(rows),
    returnedIds: messageIds(whole === "\n" ? mail.text : whole),
  };
}

function looksFreeForm(mail: ReceivedMail): boolean {
  const from = mail.from;
  const daemon =
    from === null ||
    DAEMON.test(from.address) ||
    DAEMON_NAME.test(from.name) ||
    /^<>$/.test(headerOf(mail, "return-path")) ||
    DAEMON.test(headerOf(mail, "from"));
  const subject = SUBJECT.test(mail.subject);
  const failed = mail.headers.has("x-failed-recipients");
  const note = NOTE.test(mail.text.slice(0, 6_000));
  if (failed) return true;
  if (RFC3834.test(headerOf(mail, "auto-submitted")) && !daemon) return false;
  return (daemon && (subject || note || ERROR_NOTE.test(mail.text.slice(0, 2_000)))) || (subject && note && !mail.inReplyTo.length);
}

function freeForm(mail: ReceivedMail, note: string, whole: string, not: ReadonlySet<string>): DeliveryStatus[] {
  const { leading, other } = recipientsInNote(note, not);
  const named = [...leading, ...other];
  const header =
    mail.headers
      .get("x-failed-recipients")
      ?.flatMap((value) => value.split(","))
      .map(addressOf)
      .filter((address) => address !== "") ?? [];
  const intended = recipientsOfOriginal(whole).filter((address) => !not.has(address));
  const pick = (addresses: readonly string[]) =>
    addresses.map(
      (recipient) =>
        named.find((row) => row.recipient === recipient) ?? {
          recipient,
          action: "",
          status: statusIn(note),
          diagnostic: note.slice(0, 3_000),
        },
    );
  if (header.length > 0) return pick(header);
  if (leading.length > 0) return leading;
  const confirmed = intended.filter((address) => named.some((row) => row.recipient === address));
  if (confirmed.length > 0) return pick(confirmed);
  return named.length > 0 ? named.slice(0, 1) : pick(intended.slice(0, 1));
}

function withNote(row: DeliveryStatus, note: string): DeliveryStatus {
  const isLate = !row.status.startsWith("5.1.") && (AFTER_DATA.test(note) || (row.status.startsWith("5.2.") && !AT_RCPT.test(note)));
  const diagnostic = row.diagnostic.length < 12 ? `${row.diagnostic} ${note.slice(0, 3_000)}` : row.diagnostic;
  return { ...row, diagnostic: isLate ? `${diagnostic} (after end of data)` : diagnostic };
}

function outcomeOf(mail: ReceivedMail, rows: readonly DeliveryStatus[], note: string): Bounce["outcome"] {
  const actions = new Set(rows.map((row) => row.action).filter((action) => action !== ""));
  if (actions.size > 0) {
    if (actions.has("failed") || actions.has("failure")) return "failed";
    if (actions.has("delayed")) return "delayed";
    return actions.has("delivered") || actions.has("relayed") || actions.has("expanded") ? "delivered" : "failed";
  }
  const opening = `${mail.subject}\n${note.slice(0, 1_500)}`;
  if (
    /\bdelay(?:ed)?\b|will (?:keep|continue) trying|do not need to resend|don't need to resend|still being retried|warning: (?:message|could not send)/i.test(
      opening,
    )
  )
    return "delayed";
  return "failed";
}

function toRecipients(rows: readonly DeliveryStatus[]): BouncedRecipient[] {
  const seen = new Map<string, BouncedRecipient>();
  for (const row of rows.slice(0, 50)) {
    if (seen.has(row.recipient)) continue;
    seen.set(row.recipient, {
      address: row.recipient,
      hardness: hardnessOf(row.status, row.diagnostic),
      status: row.status,
      diagnostic: row.diagnostic.slice(0, 500),
    });
  }
  return [...seen.values()];
}

function statusIn(text: string): string {
  return /\b[45]\.\d{1,2}\.\d{1,3}\b/.exec(text)?.[0] ?? "";
}

function messageIds(text: string): string[] {
  const ids = [...text.slice(0, 100_000).matchAll(/^message-id:\s*(<[^<>\s]{1,500}>)/gim)].map((match) => match[1] ?? "");
  return [...new Set(ids)].slice(0, 20);
}

/** Notifications that a sending service mails as JSON (Amazon SES over SNS). */
function readJsonNotification(text: string): Bounce | null {
  const kind = /^\s*\{"notificationType":"(Bounce|Delivery)"/.exec(text)?.[1];
  if (!kind) return null;
  const slice = text.slice(0, 20_000);
  const address = /"emailAddress"\s*:\s*"([^"]+)"/.exec(slice)?.[1] ?? /"destination"\s*:\s*\["([^"]+)"/.exec(slice)?.[1];
  const diagnostic = /"diagnosticCode"\s*:\s*"([^"]+)"/.exec(slice)?.[1] ?? "";
  const id = /"name"\s*:\s*"Message-ID"\s*,\s*"value"\s*:\s*"(<[^"]+>)"/i.exec(slice)?.[1];
  const row = { recipient: addressOf(address), action: "failed", status: statusIn(slice), diagnostic };
  return {
    outcome: kind === "Bounce" ? "failed" : "delivered",
    recipients: row.recipient ? toRecipients([row]) : [],
    returnedIds: id ? [id] : [],
  };
}
