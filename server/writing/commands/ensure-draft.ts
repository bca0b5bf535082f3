import { inWorkspace, type Tx } from "#server/core/db.ts";
import type { WorkspaceId } from "#server/core/tenancy.ts";
import type { LanguageModel } from "#server/providers/language-model/port.ts";
import { buildBrief } from "../domain/brief.ts";
import { modelFor } from "../domain/model-for.ts";
import { loadMaterial, type Material, type StepKey } from "../queries/load-material.ts";
import { draftStatus } from "../schema.ts";
import { composeDraft, composeEmbedded } from "./compose-draft.ts";
import { claimDraft, type DraftOwner, fillDraft, type StoredDraft, storeDrafts } from "./store-draft.ts";

type Ports = { languageModel: LanguageModel | null };

const BATCH = 100;
/** Whoever claimed a draft this long ago and did not finish it was killed. */
const ABANDONED_MS = 10 * 60_000;
/** How many mails a model writes at once. */
const AT_ONCE = 4;

/** One generation per person and step, stored: asked again, the answer is the first one. Null: this person or step is gone. */
export async function ensureDraft(services: Ports, workspaceId: WorkspaceId, key: StepKey): Promise<StoredDraft | null> {
  const [draft] = await ensureDrafts(services, workspaceId, [key]);
  return draft ?? null;
}

/** The same for many: read, write without a transaction where a model is asked, record. Safe to run twice. */
export async function ensureDrafts(services: Ports, workspaceId: WorkspaceId, keys: readonly StepKey[]): Promise<StoredDraft[]> {
  const stored: StoredDraft[] = [];
  for (let at = 0; at < keys.length; at += BATCH) stored.push(...(await ensureBatch(services, workspaceId, keys.slice(at, at + BATCH))));
  return stored;
}

async function ensureBatch(services: Ports, workspaceId: WorkspaceId, keys: readonly StepKey[]): Promise<StoredDraft[]> {
  const begun = await inWorkspace(workspaceId, async (tx) => {
    const found = await findLiving(tx, keys);
    const missing = keys.filter((key) => !found.some((draft) => draft.enrolmentId === key.enrolmentId && draft.stepId === key.stepId));
    const materials = await loadMaterial(tx, missing);
    const model = modelFor(services, { kind: materials[0]?.workspaceKind ?? "sandbox" });
    const living = found.map(({ id, status }) => ({ id, status }));
    // Without a model nothing is waited for: the mails are written in the transaction that stores them.
    if (!model) return { drafts: [...living, ...(await writeEmbedded(tx, materials))], model, waiting: [] };
    const waiting: Claimed[] = [];
    for (const material of materials) {
      const draftId = await claimDraft(tx, ownerOf(material));
      if (draftId) waiting.push({ draftId, material });
    }
    return { drafts: living, model, waiting };
  });
  const { model, waiting } = begun;
  const byModel: StoredDraft[] = [];
  if (model) await inTurns(waiting, async (one) => byModel.push(await writeByModel(model, workspaceId, one)));
  return [...begun.drafts, ...byModel];
}

type Claimed = { draftId: string; material: Material };

async function writeEmbedded(tx: Tx, materials: readonly Material[]): Promise<StoredDraft[]> {
  const written = materials.map((material) => {
    const brief = buildBrief(material.input);
    return { owner: ownerOf(material), brief, composed: composeEmbedded(brief, material.links) };
  });
  const stored = await storeDrafts(tx, written);
  const beaten = materials.filter(
    (material) => !stored.some(({ owner }) => owner.enrolmentId === material.enrolmentId && owner.stepId === material.stepId),
  );
  const byOthers = beaten.length > 0 ? await findLiving(tx, beaten) : [];
  return [...stored, ...byOthers].map(({ id, status }) => ({ id, status }));
}

async function writeByModel(model: LanguageModel, workspaceId: WorkspaceId, { draftId, material }: Claimed): Promise<StoredDraft> {
  const brief = buildBrief(material.input);
  const composed = await composeDraft(model, brief, material.links);
  return inWorkspace(workspaceId, (tx) => fillDraft(tx, draftId, ownerOf(material), brief, composed));
}

async function inTurns<T>(items: readonly T[], work: (item: T) => Promise<unknown>): Promise<void> {
  const waiting = [...items];
  const turn = async () => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, waiting.length) }, turn));
}

async function findLiving(tx: Tx, keys: readonly StepKey[]) {
  const wanted = new Set(keys.map((key) => `${key.enrolmentId}:${key.stepId}`));
  const rows = await tx.draft.findMany({
    where: { enrolmentId: { in: keys.map((key) => key.enrolmentId) }, status: { notIn: ["rejected", "replaced"] } },
    select: { id: true, status: true, enrolmentId: true, stepId: true, createdAt: true },
  });
  const living = [];
  for (const row of rows) {
    if (!wanted.has(`${row.enrolmentId}:${row.stepId}`)) continue;
    const isAbandoned = row.status === "writing" && tx.now.getTime() - row.createdAt.getTime() > ABANDONED_MS;
    if (isAbandoned) await tx.draft.updateMany({ where: { id: row.id, status: "writing" }, data: { status: "replaced" } });
    else living.push({ ...row, status: draftStatus.parse(row.status) });
  }
  return living;
}

function ownerOf(material: Material): DraftOwner {
  const { leadId, campaignId, enrolmentId, stepId, offerVersionId } = material;
  return { purpose: "campaign", leadId, campaignId, enrolmentId, stepId, replyId: null, offerVersionId };
}
