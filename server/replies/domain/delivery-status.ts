export type DeliveryStatus = {
  recipient: string;
  /** failed | delayed | delivered | relayed | expanded; empty when not said */
  action: string;
  /** x.y.z, empty when not said */
  status: string;
  diagnostic: string;
};

const FIELD = /^([A-Za-z][A-Za-z-]{1,60}):[ \t]*(.*)$/;
const ADDRESS = /[^\s<>()[\]:;,"']+@[^\s<>()[\]:;,"']+/;

/** RFC 3464: a block of fields for the mail, then one per recipient. Lenient: some hosts run the blocks together. */
export function readDeliveryStatus(text: string): DeliveryStatus[] {
  const found: DeliveryStatus[] = [];
  let block: Record<string, string> = {};
  let last = "";
  const close = () => {
    const recipient =
      addressOf(block["final-recipient"]) || addressOf(block["original-recipient"]) || addressOf(block["x-actual-recipient"]);
    if (recipient) {
      const status = /[245]\.\d{1,3}\.\d{1,3}/.exec(block.status ?? "")?.[0] ?? "";
      found.push({
        recipient,
        action: (block.action ?? "").toLowerCase().split(/[\s(]/)[0] ?? "",
        status,
        diagnostic: block["diagnostic-code"] ?? "",
      });
    }
    block = {};
    last = "";
  };
  for (const line of text.split("\n").slice(0, 2_000)) {
    const field = FIELD.exec(line);
    const name = field?.[1]?.toLowerCase();
    if (name) {
      if (name in block && (name === "final-recipient" || name === "original-recipient")) close();
      block[name] ??= field?.[2]?.trim() ?? "";
      last = name;
    } else if (/^[ \t]+\S/.test(line) && last) {
      block[last] = `${block[last] ?? ""} ${line.trim()}`.slice(0, 2_000);
    } else if (line.trim() === "") {
      close();
    }
  }
  close();
  return found;
}

/** "rfc822; <kim@norvale.example>" and its variants. */
export function addressOf(value: string | undefined): string {
  return (
    ADDRESS.exec((value ?? "").replace(/^[a-z0-9-]+\s*;/i, ""))?.[0]
      ?.replace(/[.>]+$/, "")
      .toLowerCase() ?? ""
  );
}
