import { wakeCampaign } from "#server/campaigns/commands/wake-campaign.ts";
import { inWorkspace, type Tx } from "#server/core/db.ts";
import type { WorkspaceId } from "#server/core/tenancy.ts";
import { setDue } from "#server/jobs/due.ts";
import type { InboxSession } from "#server/providers/mail-inbox/port.ts";
import { MailServerError } from "#server/providers/mail-transport/port.ts";
import { reserveMessage } from "#server/sending/commands/reserve-message.ts";
import { sendDueMessages } from "#server/sending/commands/send-due.ts";
import type { Services } from "#server/services.ts";
import { type Explained, explainMailProblem } from "../domain/explain-mail-problem.ts";
import { mailAccounts, openServers } from "../queries.ts";
import { type MailboxStatus, type ProofKey, type ProofStep, proofSteps } from "../schema.ts";
import { PROVE_DUE } from "./connect-mailbox.ts";
import { READ_DUE } from "./read-mailboxes.ts";

const LOOK_AGAIN_MS = 4_000;
const ARRIVES_WITHIN_MS = 3 * 60_000;

type Row = NonNullable<Awaited<ReturnType<typeof load>>>;

/** Proves that mailboxes send and read: signs in twice, finds Sent, mails itself, reads that back. Each step is stored as it happens; one call makes what progress it can. */
export async function proveMailboxes(services: Services, workspaceId: WorkspaceId, mailboxIds: readonly string[]): Promise<void> {
  for (const id of mailboxIds) {
    const row = await inWorkspace(workspaceId, (tx) => load(tx, id));
    if (!row) continue;
    await proveMailbox(services, workspaceId, row).catch((error: unknown) => {
      if (!(error instanceof BegunAnew)) throw error;
    });
  }
}

async function load(tx: Tx, id: string) {
  const row = await tx.mailbox.findFirst({ where: { id, removedAt: null, status: "connecting", kind: "smtp" } });
  const servers = row && openServers(tx, row);
  const account = (await mailAccounts(tx, [id])).get(id);
  if (!row || !servers || !account) return null;
  const proof = proofSteps.parse(row.proof);
  return { id, address: row.address, proof, known: JSON.stringify(proof), secret: row.secret, servers, account };
}

/** Somebody gave other servers or pressed "Try again" meanwhile: what this run finds says nothing about that, and the next one tries it. */
class BegunAnew extends Error {}

async function refuseBegunAnew(tx: Tx, row: Row): Promise<void> {
  await tx.$queryRaw`select 1 as one from mailboxes where workspace_id = ${tx.workspaceId}::uuid and id = ${row.id}::uuid for no key update`;
  const stored = await load(tx, row.id);
  if (!stored || stored.known !== row.known || !sameBytes(stored.secret, row.secret)) throw new BegunAnew();
}

const sameBytes = (one: Uint8Array | null, other: Uint8Array | null): boolean => Buffer.from(one ?? []).equals(Buffer.from(other ?? []));

async function proveMailbox(services: Services, workspaceId: WorkspaceId, row: Row): Promise<void> {
  const note = (key: ProofKey, step: Partial<ProofStep>, end?: { status: MailboxStatus }) =>
    inWorkspace(workspaceId, (tx) => noteStep(tx, row, key, step, end));
  const failed = (key: ProofKey, problem: Explained, status: MailboxStatus) =>
    note(key, { ok: false, message: problem.sentence, fix: problem.fix, link: problem.link }, { status });

  if (!isDone(row, "sign-in")) {
    const problem = await problemOf(async () => (await services.mailTransport.open(row.account)).release());
    if (problem) return failed("sign-in", explainMailProblem(problem, "send"), "cannot_send");
    await note("sign-in", { ok: true });
  }

  let session: InboxSession | undefined;
  const problem = await problemOf(async () => {
    session = await services.mailInbox.open(row.servers.imap);
  });
  if (problem || !session)
    return failed(
      "read",
      explainMailProblem(problem ?? { code: "protocol", host: row.servers.imap.host, said: "" }, "read"),
      "cannot_read",
    );
  try {
    await note("read", { ok: true });
    const folders = await session.folders();
    await inWorkspace(workspaceId, (tx) => tx.mailbox.update({ where: { id: row.id }, data: { sentFolder: folders.sent } }));
    await note(
      "sent-folder",
      folders.sent
        ? { ok: true, message: folders.sent }
        : {
            ok: false,
            message: "No folder for sent mails was found.",
            fix: "Mails that may have been sent must then be settled by a person.",
          },
    );
    await roundTrip(services, workspaceId, row, session, folders.inbox, note);
  } finally {
    await session.close();
  }
}

/** Mails itself through the ledger like any other mail, and waits until it lies in the inbox. */
async function roundTrip(
  services: Services,
  workspaceId: WorkspaceId,
  row: Row,
  session: InboxSession,
  inbox: string,
  note: (key: ProofKey, step: Partial<ProofStep>, end?: { status: MailboxStatus }) => Promise<void>,
): Promise<void> {
  // The first tick's instant names this attempt at proving: asked again it is the same mail.
  const begun = row.proof.find((step) => step.key === "sign-in")?.at ?? "";
  const { isNew, messageId } = await inWorkspace(workspaceId, (tx) =>
    reserveMessage(tx, {
      purpose: "proof",
      dedupeKey: `proof:${row.id}:${Date.parse(begun)}`,
      mailboxId: row.id,
      to: row.address,
      subject: "Leadwright can send and read this mailbox",
      bodyText: "This mail was sent by Leadwright to prove that it can send from this mailbox and read it.\nYou can delete it.\n",
    }),
  );
  if (isNew) {
    const { uidNext, uidValidity } = await session.state(inbox);
    await inWorkspace(workspaceId, (tx) =>
      tx.mailboxFolder.upsert({
        where: { workspaceId_mailboxId_folder: { workspaceId, mailboxId: row.id, folder: inbox } },
        create: { workspaceId, mailboxId: row.id, folder: inbox, uidValidity, lastUid: uidNext - 1n },
        update: {},
      }),
    );
    await sendDueMessages(services, workspaceId, [messageId]);
  }
  const mail = await inWorkspace(workspaceId, async (tx) => ({
    ...(await tx.message.findFirstOrThrow({ where: { id: messageId } })),
    now: tx.now,
  }));
  if (mail.status === "failed" || mail.status === "deferred") {
    return note(
      "round-trip",
      {
        ok: false,
        message: `The server did not take the mail: ${mail.reason ?? "no reason given"}.`,
        fix: "Check that this mailbox may send, then try again.",
      },
      { status: "cannot_send" },
    );
  }
  if (await session.has(inbox, mail.messageIdHeader)) {
    await note("round-trip", { ok: true }, { status: "ready" });
    return inWorkspace(workspaceId, (tx) => start(tx, row.id));
  }
  if (mail.now.getTime() - mail.reservedAt.getTime() > ARRIVES_WITHIN_MS) {
    const message = "The mail left, but did not arrive within 3 minutes.";
    return note(
      "round-trip",
      { ok: false, message, fix: "Look into the junk folder and the mailbox's filters, then try again." },
      { status: "cannot_read" },
    );
  }
  await inWorkspace(workspaceId, (tx) =>
    setDue(tx, { kind: PROVE_DUE, subjectId: row.id, dueAt: new Date(tx.now.getTime() + LOOK_AGAIN_MS) }),
  );
}

async function start(tx: Tx, id: string): Promise<void> {
  await tx.mailbox.update({ where: { id }, data: { lastReadAt: tx.now, sendError: null, readError: null } });
  await setDue(tx, { kind: READ_DUE, subjectId: id, dueAt: tx.now });
  // Campaigns that waited for a mailbox go on.
  await wakeCampaign(tx, null);
}

async function noteStep(tx: Tx, row: Row, key: ProofKey, step: Partial<ProofStep>, end?: { status: MailboxStatus }): Promise<void> {
  await refuseBegunAnew(tx, row);
  row.proof = row.proof.map((one) =>
    one.key === key ? { ...one, message: null, fix: null, link: null, ...step, at: tx.now.toISOString() } : one,
  );
  row.known = JSON.stringify(proofSteps.parse(row.proof));
  const failure = step.ok === false && end ? step.message : undefined;
  await tx.mailbox.update({
    where: { id: row.id },
    data: {
      proof: row.proof,
      ...(end && { status: end.status }),
      ...(failure && (end?.status === "cannot_send" ? { sendError: failure } : { readError: failure })),
    },
  });
}

const isDone = (row: Row, key: ProofKey) => row.proof.some((step) => step.key === key && step.ok === true);

async function problemOf(attempt: () => Promise<void>): Promise<MailServerError["problem"] | null> {
  try {
    await attempt();
    return null;
  } catch (error) {
    if (error instanceof MailServerError) return error.problem;
    throw error;
  }
}
