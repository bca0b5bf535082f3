export type HeaderBlock = {
  from: string | null;
  to: string[];
  subject: string;
  messageId: string | null;
  answers: string[];
  isReport: boolean;
};

const MESSAGE_ID = /<[^<>\s]+>/g;
const MAIL_SYSTEM = /^(mailer-daemon|postmaster|mail-daemon|bounce[s]?)([+._-].*)?@/i;

/** What matching needs of a mail's header lines: who, in answer to what, and whether a mail system speaks. */
export function readHeaderBlock(block: string): HeaderBlock {
  const lines = new Map<string, string>();
  // Some servers pass on the zero bytes that junk carries, and no column or question to the database can hold one.
  for (const line of block
    .replaceAll("\0", "")
    .replace(/\r?\n[ \t]+/g, " ")
    .split(/\r?\n/)) {
    const colon = line.indexOf(":");
    if (colon > 0) lines.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
  }
  const from = addressIn(lines.get("from") ?? "");
  const answers = `${lines.get("in-reply-to") ?? ""} ${lines.get("references") ?? ""}`.match(MESSAGE_ID) ?? [];
  return {
    from,
    to: addressesIn(`${lines.get("to") ?? ""}, ${lines.get("cc") ?? ""}`),
    subject: lines.get("subject") ?? "",
    messageId: lines.get("message-id")?.match(MESSAGE_ID)?.[0] ?? null,
    answers: [...new Set(answers)],
    isReport: /multipart\/report/i.test(lines.get("content-type") ?? "") || (from !== null && MAIL_SYSTEM.test(from)),
  };
}

function addressIn(from: string): string | null {
  const text = /<([^<>]*@[^<>]*)>\s*$/.exec(from)?.[1] ?? /[^\s<>",;]+@[^\s<>",;]+/.exec(from)?.[0];
  return text ? text.trim().toLowerCase() : null;
}

/** Names go first: an address inside a quoted name is nobody's. */
function addressesIn(list: string): string[] {
  const found = list.replace(/"(?:[^"\\]|\\.)*"/g, "").match(/[^\s<>",;:()]+@[^\s<>",;:()]+/g) ?? [];
  return [...new Set(found.map((address) => address.toLowerCase()))].slice(0, 50);
}
