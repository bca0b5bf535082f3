import { inWorkspace, type Tx } from "#server/core/db.ts";
import { AppError } from "#server/core/errors.ts";
import { logger } from "#server/core/logger.ts";
import type { WorkspaceId } from "#server/core/tenancy.ts";
import { clearDue } from "#server/jobs/due.ts";
import type { Services } from "#server/services.ts";
import { INBOUND_DUE } from "../constants.ts";
import { classificationPrompt, modelClassification, needsModel, withModel } from "../domain/classification-prompt.ts";
import type { ReceivedMail } from "../domain/mail.ts";
import { type MailReading, readMail } from "../domain/read-mail.ts";
import { visibleText } from "../domain/visible-text.ts";
import { ownAddresses } from "../queries/own-addresses.ts";
import { readContext } from "../queries/read-context.ts";
import type { ProcessedResult } from "../schema.ts";
import { classifyMail, type ReadReply } from "./classify-mail.ts";
import { recordInbound } from "./record-inbound.ts";

/**
 * A stored mail becomes a reply and its consequences: read, match, classify (a port may be called in between), then one transaction
 * that records all of it. Idempotent: a mail that was processed answers with what came of it.
 */
export async function processInbound(services: Services, workspaceId: WorkspaceId, input: { inboundId: string }): Promise<ProcessedResult> {
  const stored = await inWorkspace(workspaceId, async (tx) => {
    const inbound = await tx.inboundMail.findFirst({ where: { id: input.inboundId } });
    if (!inbound) throw new AppError("NOT_FOUND", "This mail is no longer stored.");
    const reply = inbound.processedAt ? await tx.reply.findFirst({ where: { inboundId: inbound.id }, select: { id: true } }) : null;
    const own = await ownAddresses(tx);
    const workspace = await tx.workspace.findFirst({ where: { id: workspaceId }, select: { kind: true } });
    return {
      inbound,
      reply,
      own,
      isSandbox: workspace?.kind === "sandbox",
    };
  });
  const { inbound } = stored;
  if (inbound.processedAt) return { inboundId: inbound.id, outcome: outcomeOf(inbound.outcome), replyId: stored.reply?.id ?? null };

  try {
    const raw = await readAll(await services.blobs.open(workspaceId, inbound.digest));
    const mail = await services.mailParser.parse(raw);
    const reading = readMail(mail, stored.own);
    const read = await understand(services, workspaceId, {
      mail,
      reading,
      own: stored.own,
      isSandbox: stored.isSandbox,
    });
    const { keepsSource, ...result } = await inWorkspace(workspaceId, async (tx) => {
      const recorded = await recordInbound(tx, { inboundId: inbound.id, mail, reading, read });
      return { ...recorded, keepsSource: recorded.keepsSource || (await isKeptElsewhere(tx, inbound)) };
    });
    // Nobody we know, and no answer to us: private mail is not kept. Nor is the second copy of one.
    if (!keepsSource) await services.blobs.remove(workspaceId, inbound.digest);
    return result;
  } catch (error) {
    if (error instanceof AppError && error.isRetryable) throw error;
    logger.error({ err: error, inboundId: inbound.id }, "a stored mail could not be read");
    return inWorkspace(workspaceId, async (tx) => {
      await tx.inboundMail.updateMany({
        where: { id: inbound.id, processedAt: null },
        data: { processedAt: tx.now, outcome: "failed", error: error instanceof Error ? error.name : "unknown" },
      });
      await clearDue(tx, INBOUND_DUE, inbound.id);
      return { inboundId: inbound.id, outcome: "failed" as const, replyId: null };
    });
  }
}

/** For the due table: every stored mail that nobody has read. */
export async function processInbounds(services: Services, workspaceId: WorkspaceId, inboundIds: string[]): Promise<void> {
  for (const inboundId of inboundIds) {
    await processInbound(services, workspaceId, { inboundId }).catch((error: unknown) => {
      // A mail that is gone is done; a provider that fails is tried again with the next sweep.
      if (!(error instanceof AppError && error.code === "NOT_FOUND")) throw error;
    });
  }
}

/** The same bytes came to another mailbox, whose mail is kept or still to be read. */
async function isKeptElsewhere(tx: Tx, inbound: { id: string; digest: string }): Promise<boolean> {
  const others = await tx.inboundMail.findMany({ where: { digest: inbound.digest, id: { not: inbound.id } }, select: { outcome: true } });
  return others.some(({ outcome }) => outcome !== "ignored" && outcome !== "copy");
}

type Arrived = { mail: ReceivedMail; reading: MailReading; own: ReadonlySet<string>; isSandbox: boolean };

async function understand(services: Services, workspaceId: WorkspaceId, arrived: Arrived): Promise<ReadReply> {
  const { mail, reading } = arrived;
  const shown = visibleText(mail.text);
  const context = await inWorkspace(workspaceId, (tx) => readContext(tx, mail, reading));
  const read = classifyMail({ mail, reading, shown, context, own: arrived.own });
  const model = arrived.isSandbox ? null : services.languageModel;
  const isPersons = reading.kind === "reply" && !read.isAutomatic && context.match.by !== "none";
  if (!model || !isPersons || !needsModel(read.classification)) return read;
  try {
    const prompt = classificationPrompt({ text: read.text, subject: mail.subject });
    const answer = await model.generate({ prompt, schema: modelClassification, purpose: "classify a reply" });
    const classification = withModel(read.classification, answer.value, read.text);
    return { ...read, classification, classifiedBy: "model", model: answer.model };
  } catch (error) {
    // Without the model the rules' answer stands; a person sees "unsure" or "other".
    if (error instanceof AppError) return read;
    throw error;
  }
}

async function readAll(source: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of source) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function outcomeOf(value: string | null): ProcessedResult["outcome"] {
  return value === "reply" || value === "bounce" || value === "automatic" || value === "own" || value === "copy" || value === "ignored"
    ? value
    : "failed";
}
