/** Who may be stopped by whoever holds the link: the person of one message, in one workspace. */
export type UnsubscribeClaim = { workspaceId: string; leadId: string; messageId: string };

export type TokenKey = { sign: (payload: Uint8Array) => Uint8Array; isSigned: (payload: Uint8Array, signature: Uint8Array) => boolean };

const IDS = 48;
const UUID = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/;

/** Three ids and a signature in 86 characters that fit any URL. */
export function makeUnsubscribeToken(claim: UnsubscribeClaim, key: TokenKey): string {
  const payload = new Uint8Array([...bytesOf(claim.workspaceId), ...bytesOf(claim.leadId), ...bytesOf(claim.messageId)]);
  return Buffer.concat([payload, key.sign(payload)]).toString("base64url");
}

export function readUnsubscribeToken(token: string, key: TokenKey): UnsubscribeClaim | null {
  if (!/^[A-Za-z0-9_-]{86}$/.test(token)) return null;
  const bytes = Buffer.from(token, "base64url");
  const payload = bytes.subarray(0, IDS);
  if (!key.isSigned(payload, bytes.subarray(IDS))) return null;
  return { workspaceId: idAt(payload, 0), leadId: idAt(payload, 16), messageId: idAt(payload, 32) };
}

function bytesOf(id: string): Uint8Array {
  if (!UUID.test(id)) throw new TypeError("an id must be a UUID");
  return Buffer.from(id.replaceAll("-", ""), "hex");
}

function idAt(bytes: Uint8Array, from: number): string {
  const hex = Buffer.from(bytes.subarray(from, from + 16)).toString("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
