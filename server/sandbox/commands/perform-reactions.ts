import * as z from "zod";
import { inWorkspace, type Tx } from "#server/core/db.ts";
import type { WorkspaceId } from "#server/core/tenancy.ts";
import { receiveMail } from "#server/replies/commands/receive-mail.ts";
import type { Services } from "#server/services.ts";
import { bookAsProspect } from "./book-as-prospect.ts";

const payloadShape = z.object({
  text: z.string().default(""),
  subjectPrefix: z.string().optional(),
  headers: z.record(z.string(), z.string()).optional(),
  from: z.object({ name: z.string(), email: z.string() }).optional(),
});

/** People answer: their mail is composed as real MIME and takes the same way as mail from outside. */
export async function performReactions(services: Services, workspaceId: WorkspaceId, reactionIds: string[]): Promise<void> {
  for (const reactionId of reactionIds) {
    const scene = await inWorkspace(workspaceId, (tx) => loadScene(tx, reactionId));
    if (!scene) continue;
    if (scene.kind === "book") await bookAsProspect(workspaceId, scene);
    else
      await receiveMail(services, workspaceId, { mailboxId: scene.mailboxId, raw: await compose(services, scene), receivedAt: scene.at });
    await inWorkspace(workspaceId, (tx) => tx.sandboxReaction.updateMany({ where: { id: reactionId }, data: { doneAt: tx.now } }));
  }
}

export type Scene = NonNullable<Awaited<ReturnType<typeof loadScene>>>;

async function loadScene(tx: Tx, reactionId: string) {
  const reaction = await tx.sandboxReaction.findFirst({ where: { id: reactionId, doneAt: null } });
  if (!reaction) return null;
  const message = await tx.message.findFirst({ where: { id: reaction.messageId }, include: { lead: true } });
  const mailbox = message && (await tx.mailbox.findFirst({ where: { id: message.mailboxId } }));
  if (!message || !mailbox) return null;
  return {
    kind: reaction.kind,
    at: reaction.dueAt,
    payload: payloadShape.parse(reaction.payload),
    ordinal: reaction.ordinal,
    mailboxId: mailbox.id,
    mailboxAddress: mailbox.address,
    mailboxName: mailbox.displayName,
    hostId: mailbox.ownerId,
    messageId: message.id,
    messageIdHeader: message.messageIdHeader,
    references: message.references,
    subject: message.subject,
    bodyText: message.bodyText,
    sentAt: message.sentAt ?? reaction.dueAt,
    calendarPart: message.calendarPart,
    to: message.toAddress,
    replyId: message.replyId,
    draftId: message.draftId,
    leadId: message.leadId,
    fullName: message.lead?.fullName ?? message.toAddress,
    zone: message.lead?.timeZone ?? "Europe/Lisbon",
  };
}

async function compose(services: Services, scene: Scene): Promise<Buffer> {
  const { payload } = scene;
  const domain = scene.to.slice(scene.to.lastIndexOf("@") + 1);
  const messageId = `<${scene.messageId}.${scene.ordinal}@mail.${domain}>`;
  if (scene.kind === "bounce") {
    return services.pretendMail.bounce({
      to: scene.mailboxAddress,
      failedRecipient: scene.to,
      original: { messageId: scene.messageIdHeader, subject: scene.subject },
      messageId,
      date: scene.at,
    });
  }
  const subject = /^re:/i.test(scene.subject) ? scene.subject : `Re: ${scene.subject}`;
  const isAccept = scene.kind === "accept-invitation";
  return services.pretendMail.reply({
    from: payload.from ? { name: payload.from.name, address: payload.from.email } : { name: scene.fullName, address: scene.to },
    to: scene.mailboxAddress,
    messageId,
    date: scene.at,
    inReplyTo: scene.messageIdHeader,
    references: [...scene.references, scene.messageIdHeader],
    subject: isAccept ? `Accepted: ${scene.subject}` : payload.subjectPrefix ? `${payload.subjectPrefix}${scene.subject}` : subject,
    text: isAccept ? "Accepted" : payload.text,
    headers: payload.headers ?? {},
    quoted: scene.kind === "reply" ? { from: scene.mailboxName, date: scene.sentAt, text: scene.bodyText } : undefined,
    calendarReply: isAccept && scene.calendarPart ? acceptanceOf(scene.calendarPart, scene.to) : undefined,
  });
}

/** The invitation sent back with METHOD:REPLY and our attendee's yes, as calendar programs do. */
function acceptanceOf(invitation: string, attendee: string): string {
  return invitation
    .replace(/METHOD:REQUEST/, "METHOD:REPLY")
    .replace(/^ATTENDEE(?:.*\r?\n[ \t])*.*$/gm, `ATTENDEE;PARTSTAT=ACCEPTED:mailto:${attendee}`);
}
