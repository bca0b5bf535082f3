import { addPeople } from "#server/campaigns/commands/add-people.ts";
import { startCampaign } from "#server/campaigns/commands/start-campaign.ts";
import { inWorkspace, type Tx } from "#server/core/db.ts";
import { AppError } from "#server/core/errors.ts";
import type { WorkspaceId } from "#server/core/tenancy.ts";
import { startImport } from "#server/imports/commands/plan-import.ts";
import { runImport } from "#server/imports/commands/run-import.ts";
import { storeFile } from "#server/imports/commands/store-file.ts";
import { settleEvents, withHeldEvents } from "#server/jobs/inline.ts";
import type { Services } from "#server/services.ts";
import { cast } from "../domain/cast.ts";
import { SAMPLE_FILE_NAME, sampleListCsv } from "../domain/sample-list.ts";

/** Stores the sample list as if it had been dropped on the import page. Nothing of it is a lead yet. */
export async function storeSampleList(
  services: Services,
  workspaceId: WorkspaceId,
  input: { byId: string },
): Promise<{ importId: string }> {
  await inWorkspace(workspaceId, requireSandbox);
  const { id } = await storeFile(services, workspaceId, {
    fileName: SAMPLE_FILE_NAME,
    mediaType: "text/csv",
    source: once(Buffer.from(sampleListCsv())),
    userId: input.byId,
    expectedBytes: null,
  });
  return { importId: id };
}

/** For programs: the sample list is in beside whoever was here, everybody (or the `best` of them) is in First touch, and it runs. Done twice, it is done once. */
export async function prepareStart(services: Services, workspaceId: WorkspaceId, input: { byId: string; best?: number }): Promise<void> {
  await inWorkspace(workspaceId, requireSandbox);
  await withHeldEvents(workspaceId, async () => {
    if (!(await inWorkspace(workspaceId, hasWholeCast))) {
      const { importId } = await storeSampleList(services, workspaceId, input);
      await inWorkspace(workspaceId, (tx) => startImport(tx, importId, input.byId));
      await runImport(services, workspaceId, importId);
    }
    await settleEvents(workspaceId);
    await inWorkspace(workspaceId, (tx) => startFirstTouch(tx, input.byId, input.best ?? MOST));
  });
}

/** By address, whatever else is here, and also when somebody of them lies in the trash: what a person deleted stays deleted. */
async function hasWholeCast(tx: Tx): Promise<boolean> {
  const emails = cast.map((member) => member.email);
  return (await tx.lead.count({ where: { email: { in: emails } } })) === emails.length;
}

const MOST = 2_000;
async function startFirstTouch(tx: Tx, byId: string, best: number): Promise<void> {
  const campaign = await tx.campaign.findFirst({ where: { name: "First touch", deletedAt: null }, orderBy: { createdAt: "asc" } });
  if (!campaign) throw new AppError("NOT_FOUND", "The campaign First touch is no longer here.");
  if (campaign.status !== "draft" && campaign.status !== "running") return;
  const people = await tx.$queryRaw<{ id: string }[]>`
    select l.id from leads l left join lead_state s on s.workspace_id = l.workspace_id and s.id = l.id
    where l.workspace_id = ${tx.workspaceId}::uuid and l.deleted_at is null
      and not exists (select 1 from enrolments e where e.workspace_id = l.workspace_id and e.campaign_id = ${campaign.id}::uuid and e.lead_id = l.id)
    order by s.score desc nulls last, l.email limit ${best}`;
  if (people.length > 0) await addPeople(tx, { campaignId: campaign.id, leadIds: people.map((row) => row.id), byId });
  if (campaign.status === "draft") await startCampaign(tx, { campaignId: campaign.id, byId });
}

async function requireSandbox(tx: Tx): Promise<void> {
  const workspace = await tx.workspace.findUniqueOrThrow({ where: { id: tx.workspaceId }, select: { kind: true } });
  if (workspace.kind !== "sandbox") throw new AppError("INVALID_STATE", "The sample list belongs to a pretend workspace.");
}

async function* once(bytes: Buffer): AsyncGenerator<Uint8Array> {
  yield bytes;
}
