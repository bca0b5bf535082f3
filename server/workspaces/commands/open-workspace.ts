import { randomBytes } from "node:crypto";
import { inIdentity } from "#server/core/db.ts";
import { newId } from "#server/core/ids.ts";
import { provenWorkspace, type WorkspaceId } from "#server/core/tenancy.ts";
import type { WorkspaceKind } from "../schema.ts";

/** Where a pretend workspace's story begins: Mon 2 Mar 2026, 09:00 in Lisbon. */
const SANDBOX_START = new Date("2026-03-02T09:00:00Z");
const OFFICE_HOURS = { days: [1, 2, 3, 4, 5], from: "09:00", to: "17:00" };

/**
 * Makes an empty workspace with its owner. The rooms' own beginnings (scoring profile, pipeline, booking page) follow in
 * `furnishWorkspace`, inside the workspace.
 */
export async function openWorkspace(input: { ownerId: string; name: string; kind: WorkspaceKind; timeZone: string }): Promise<WorkspaceId> {
  const id = newId();
  const isSandbox = input.kind === "sandbox";
  const at = isSandbox ? SANDBOX_START : new Date();
  await inIdentity(async (tx) => {
    const owner = await tx.user.findUniqueOrThrow({ where: { id: input.ownerId } });
    await tx.workspace.create({
      data: {
        id,
        name: input.name,
        slug: slugOf(input.name),
        kind: input.kind,
        timeZone: input.timeZone,
        createdAt: at,
        clockAt: isSandbox ? SANDBOX_START : null,
        sandboxSeed: isSandbox ? 1 : null,
      },
    });
    await tx.member.create({
      data: {
        workspaceId: id,
        userId: owner.id,
        fullName: owner.fullName,
        email: owner.email,
        role: "owner",
        timeZone: input.timeZone,
        hours: OFFICE_HOURS,
        createdAt: at,
      },
    });
  });
  return provenWorkspace(id);
}

function slugOf(name: string): string {
  const words = name
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "")
    .slice(0, 40);
  return `${words || "workspace"}-${randomBytes(3).toString("hex")}`;
}
