import { companyDomainOfAddress } from "#server/accounts/domain/company-domain.ts";
import { inWorkspace } from "#server/core/db.ts";
import { AppError } from "#server/core/errors.ts";
import { provenWorkspace } from "#server/core/tenancy.ts";
import { unsubscribe } from "../commands.ts";
import { readUnsubscribe } from "../queries.ts";

export type UnsubscribeView = { workspaceName: string; address: string; companyDomain: string | null; isDone: boolean };

/** What the page shows: whose mails, to which address. Reading it changes nothing, whoever or whatever follows the link. */
export async function viewUnsubscribe(token: string): Promise<UnsubscribeView | null> {
  const claim = readUnsubscribe(token);
  if (!claim) return null;
  // The token is signed by this installation: it proves its workspace as a session would.
  return inWorkspace(provenWorkspace(claim.workspaceId), async (tx) => {
    const workspace = await tx.workspace.findFirst({ where: { id: claim.workspaceId }, select: { name: true } });
    const message = await tx.message.findFirst({ where: { id: claim.messageId, leadId: claim.leadId }, select: { toAddress: true } });
    if (!workspace || !message) return null;
    const rule = await tx.suppression.findFirst({
      where: { kind: "address", value: message.toAddress, reason: "opted_out", liftedAt: null },
      select: { id: true },
    });
    // Of whoever was erased no address is kept, and they stay on the list by its hash.
    const isErased = message.toAddress === "";
    return {
      workspaceName: workspace.name,
      address: isErased ? "Your address" : message.toAddress,
      companyDomain: companyDomainOfAddress(message.toAddress),
      isDone: isErased || rule !== null,
    };
  });
}

/** The button, and the one click of RFC 8058. False: the link is none of ours. */
export async function answerUnsubscribe(token: string, scope: "person" | "company"): Promise<boolean> {
  const claim = readUnsubscribe(token);
  if (!claim) return false;
  try {
    await inWorkspace(provenWorkspace(claim.workspaceId), (tx) =>
      unsubscribe(tx, { leadId: claim.leadId, messageId: claim.messageId, scope }),
    );
    return true;
  } catch (error) {
    // Signed by us, for a mail that is no longer here.
    if (error instanceof AppError && error.code === "NOT_FOUND") return false;
    throw error;
  }
}
