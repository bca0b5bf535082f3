const MESSAGE_ID = /<[^<>\s]+>/g;
const MOST_CHARACTERS = 300_000;

/** Every Message-ID of this domain that the source names: how a bounce that quotes only our mail's header is matched. */
export function messageIdsIn(source: Uint8Array, domain: string): string[] {
  const text = Buffer.from(source).toString("latin1").slice(0, MOST_CHARACTERS);
  const ours = (text.match(MESSAGE_ID) ?? []).filter((id) => id.toLowerCase().endsWith(`@${domain.toLowerCase()}>`));
  return [...new Set(ours)].slice(0, 20);
}
