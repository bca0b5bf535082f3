import { inSweep, inWorkspace } from "#server/core/db.ts";
import { provenWorkspace } from "#server/core/tenancy.ts";

/** Each hour: every workspace counts itself. The operator reads the counts and nothing else. */
export async function countSizes(): Promise<number> {
  const workspaces = await inSweep((tx) => tx.workspace.findMany({ select: { id: true } }));
  const countedAt = new Date();
  for (const { id } of workspaces) {
    await inWorkspace(provenWorkspace(id), async (tx) => {
      const [files] = await tx.$queryRaw<{ bytes: bigint }[]>`
        select coalesce(sum(bytes), 0)::bigint as bytes from (select distinct digest, bytes from blobs where workspace_id = ${id}::uuid) b`;
      const size = {
        people: await tx.lead.count({ where: { deletedAt: null } }),
        mails: await tx.message.count({ where: { status: "sent" } }),
        replies: await tx.reply.count(),
        members: await tx.member.count({ where: { removedAt: null } }),
        fileBytes: files?.bytes ?? 0n,
        countedAt,
      };
      await tx.workspaceSize.upsert({ where: { workspaceId: id }, create: { workspaceId: id, ...size }, update: size });
    });
  }
  return workspaces.length;
}
