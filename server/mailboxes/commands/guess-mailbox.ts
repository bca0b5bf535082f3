import { resolveMx } from "node:dns/promises";
import { inWorkspace } from "#server/core/db.ts";
import type { WorkspaceId } from "#server/core/tenancy.ts";
import { guessServers } from "../domain/guess-servers.ts";
import type { GuessedServers } from "../schema.ts";

/** Fills the form from the address alone. Without an answer from DNS the usual names stand there, and a pretend workspace asks nobody. */
export async function guessMailbox(workspaceId: WorkspaceId, input: { address: string }): Promise<GuessedServers> {
  const isLive = await inWorkspace(workspaceId, async (tx) => (await tx.workspace.count({ where: { id: workspaceId, kind: "live" } })) > 0);
  return guessServers(input.address, isLive ? await askForServers(input.address.slice(input.address.lastIndexOf("@") + 1)) : []);
}

async function askForServers(domain: string): Promise<string[]> {
  const patience = new Promise<never[]>((resolve) => setTimeout(() => resolve([]), 3_000).unref());
  const mx = await Promise.race([resolveMx(domain).catch(() => []), patience]);
  return mx.toSorted((one, two) => one.priority - two.priority).map((one) => one.exchange);
}
