import { createHmac, randomUUID } from "node:crypto";
import { assertNoTransaction, inWorkspace } from "#server/core/db.ts";
import { env } from "#server/core/env.ts";
import { lookUpOutside } from "#server/core/outside-host.ts";
import { keyFor } from "#server/core/secret.ts";
import type { WorkspaceId } from "#server/core/tenancy.ts";
import { isPublicHttps } from "../domain/public-url.ts";

const PATIENCE_MS = 10_000;

/** What this installation answers at /u/reachable?challenge=…: only who holds APP_SECRET can. */
export function reachabilityAnswer(challenge: string): string {
  return createHmac("sha256", keyFor("reachable")).update(challenge).digest("base64url");
}

/** Asks the public address from here and compares the answer. Until it is proven, mails carry no link of ours. */
export async function proveReachable(workspaceId: WorkspaceId): Promise<{ url: string | null; isProven: boolean; sentence: string }> {
  assertNoTransaction("proveReachable");
  const url = env.APP_URL ?? null;
  const sentence = await reasonItIsNot(url);
  await inWorkspace(workspaceId, (tx) =>
    tx.workspace.update({ where: { id: workspaceId }, data: { publicUrlProvenAt: sentence === null ? tx.now : null } }),
  );
  return { url, isProven: sentence === null, sentence: sentence ?? `${url} reaches this computer. Mails carry an unsubscribe link.` };
}

async function reasonItIsNot(url: string | null): Promise<string | null> {
  if (!url) return "No public address is set. Start Leadwright with APP_URL=https://… . Until then people opt out by e-mail.";
  if (!isPublicHttps(url)) return `${url} is not an https address with a public name. Until then people opt out by e-mail.`;
  const found = await lookUpOutside(new URL(url).hostname, { allowInside: false });
  if (found.kind !== "public") return `${url} does not lead to a public address. Check its DNS record.`;
  const challenge = randomUUID();
  try {
    const response = await fetch(new URL(`/u/reachable?challenge=${challenge}`, url), {
      redirect: "error",
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    const answer = (await response.text()).slice(0, 200);
    return answer === reachabilityAnswer(challenge) ? null : `Something else answers at ${url}. Check where the address leads.`;
  } catch {
    return `${url} does not answer. Check that it is forwarded to this computer.`;
  }
}
