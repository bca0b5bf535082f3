import { resolveMx } from "node:dns/promises";
import { guessServers } from "../domain/guess-servers.ts";
import type { GuessedServers } from "../schema.ts";

/** Fills the form from the address alone. Without an answer from DNS the usual names stand there. */
export async function guessMailbox(input: { address: string }): Promise<GuessedServers> {
  const domain = input.address.slice(input.address.lastIndexOf("@") + 1);
  const patience = new Promise<never[]>((resolve) => setTimeout(() => resolve([]), 3_000).unref());
  const mx = await Promise.race([resolveMx(domain).catch(() => []), patience]);
  return guessServers(
    input.address,
    mx.toSorted((one, two) => one.priority - two.priority).map((one) => one.exchange),
  );
}
