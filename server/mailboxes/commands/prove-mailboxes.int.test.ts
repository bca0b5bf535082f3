import { expect, it } from "vitest";
import { MailServerError } from "#server/providers/mail-transport/port.ts";
import { createSandboxTransport } from "#server/providers/mail-transport/sandbox.ts";
import { services } from "#server/services.ts";
import { testDatabase } from "#server/testing/database.ts";
import { testMailbox } from "#server/testing/sending.ts";
import { testWorkspace } from "#server/testing/workspace.ts";
import { reconnectMailbox } from "./connect-mailbox.ts";
import { proveMailboxes } from "./prove-mailboxes.ts";

await testDatabase();

it("lets no run that began before a new password say what became of it", async () => {
  const workspace = await testWorkspace();
  const { id } = await testMailbox(workspace, { port: 1, status: "connecting" });
  const server = { host: "127.0.0.1", port: 1, security: "none" as const, user: "ana" };
  const reconnect = () =>
    workspace.run((tx) => reconnectMailbox(tx, { id, smtp: server, imap: server, password: "new", byId: workspace.userId }));
  const refusing = (meanwhile: () => Promise<unknown>) => ({
    ...services,
    mailTransport: {
      ...createSandboxTransport(),
      open: async () => {
        await meanwhile();
        throw new MailServerError({ code: "sign-in-refused", host: "127.0.0.1", said: "535 no" });
      },
    },
  });
  const statusOf = () => workspace.run(async (tx) => (await tx.mailbox.findFirstOrThrow({ where: { id } })).status);
  await reconnect();
  await proveMailboxes(refusing(reconnect), workspace.id, [id]);
  expect(await statusOf()).toBe("connecting");
  await proveMailboxes(
    refusing(async () => undefined),
    workspace.id,
    [id],
  );
  expect(await statusOf()).toBe("cannot_send");
});
