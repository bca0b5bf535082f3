import type { Tx } from "#server/core/db.ts";
import { env } from "#server/core/env.ts";
import { publicUrl } from "../domain/public-url.ts";

/** Our own address for links in mails: only where it was proven reachable from outside, or where no mail gets outside. */
export async function publicBase(tx: Tx, appUrl: string | undefined = env.APP_URL): Promise<string | null> {
  const workspace = await tx.workspace.findFirst({ where: { id: tx.workspaceId }, select: { kind: true, publicUrlProvenAt: true } });
  // A pretend workspace's mails are read here, so the address of this machine is enough.
  if (workspace?.kind === "sandbox") return (appUrl ?? `http://localhost:${env.PORT}`).replace(/\/$/, "");
  return publicUrl(appUrl, workspace?.publicUrlProvenAt) ?? null;
}
