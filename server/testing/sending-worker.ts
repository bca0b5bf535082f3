// A worker that does nothing but send what is due: `node server/testing/sending-worker.ts <workspace>`. Tests kill it.
import { flushCompileCache } from "node:module";
import { setTimeout as wait } from "node:timers/promises";
import { inWorkspace } from "#server/core/db.ts";
import { provenWorkspace } from "#server/core/tenancy.ts";
import { createSandboxTransport } from "#server/providers/mail-transport/sandbox.ts";
import { createSmtpTransport } from "#server/providers/mail-transport/smtp.ts";
import { sendDueMessages } from "#server/sending/commands/send-due.ts";

const workspaceId = provenWorkspace(process.argv[2] ?? "");
const services = { mailTransport: createSmtpTransport({ allowLoopback: true }), sandboxTransport: createSandboxTransport() };

const due = () =>
  inWorkspace(workspaceId, async (tx) => {
    const rows = await tx.due.findMany({ where: { kind: "message", dueAt: { lte: tx.now } }, orderBy: { dueAt: "asc" }, take: 100 });
    return rows.map((row) => row.subjectId);
  });

// A process that is killed leaves nothing behind for the next one, unless it did so before.
flushCompileCache();
process.stdout.write("up\n");
for (;;) {
  // The database may be away: it is asked again. Rows of `due` are left where they are; a message that is done is passed over.
  await due()
    .then((ids) => (ids.length > 0 ? sendDueMessages(services, workspaceId, ids) : undefined))
    .catch(() => undefined);
  await wait(20);
}
