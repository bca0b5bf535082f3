import { inWorkspace } from "#server/core/db.ts";
import type { WorkspaceId } from "#server/core/tenancy.ts";
import { explainMailProblem } from "#server/mailboxes/domain/explain-mail-problem.ts";
import type { MailProblem } from "#server/providers/mail-transport/port.ts";

/** Trouble that only a person can end stops the mailbox; an unreachable server only says so, and the mails wait for their next attempt. */
const NEEDS_A_PERSON = new Set<MailProblem["code"]>([
  "sign-in-refused",
  "app-password-needed",
  "basic-auth-off",
  "host-not-allowed",
  "starttls-missing",
  "tls-failed",
]);

export async function noteMailboxTrouble(workspaceId: WorkspaceId, input: { mailboxId: string; problem: MailProblem }): Promise<void> {
  const { sentence } = explainMailProblem(input.problem, "send");
  await inWorkspace(workspaceId, async (tx) => {
    await tx.mailbox.updateMany({ where: { id: input.mailboxId }, data: { sendError: sentence } });
    if (!NEEDS_A_PERSON.has(input.problem.code)) return;
    await tx.mailbox.updateMany({
      where: { id: input.mailboxId, status: { in: ["ready", "cannot_read"] } },
      data: { status: "cannot_send" },
    });
  });
}
