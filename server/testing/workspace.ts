import { inIdentity, inWorkspace, type Tx } from "#server/core/db.ts";
import { newId } from "#server/core/ids.ts";
import { provenWorkspace, type WorkspaceId } from "#server/core/tenancy.ts";

export const WORKING_HOURS = { days: [1, 2, 3, 4, 5], from: "09:00", to: "17:00" };

export type TestWorkspace = {
  id: WorkspaceId;
  /** the owner of the workspace */
  userId: string;
  run: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>;
  /** sandbox workspaces only */
  setClock: (instant: string | Date) => Promise<void>;
};

/** A workspace with one owner. With `clockAt` it is a sandbox whose time stands still until set. */
export async function testWorkspace(
  options: { name?: string; clockAt?: string; timeZone?: string; role?: string } = {},
): Promise<TestWorkspace> {
  const id = provenWorkspace(newId());
  const userId = newId();
  const at = new Date(options.clockAt ?? Date.now());
  const timeZone = options.timeZone ?? "Europe/Lisbon";
  await inIdentity(async (tx) => {
    await tx.user.create({ data: { id: userId, email: `ines-${userId}@acme.example`, fullName: "Ines Prado" } });
    await tx.workspace.create({
      data: {
        id,
        name: options.name ?? "Acme",
        slug: `acme-${id}`,
        kind: options.clockAt ? "sandbox" : "live",
        timeZone,
        country: "PT",
        postalAddress: "Rua do Ouro 1, 1100-060 Lisboa, Portugal",
        clockAt: options.clockAt ? at : null,
        createdAt: at,
      },
    });
    await tx.member.create({
      data: {
        workspaceId: id,
        userId,
        fullName: "Ines Prado",
        email: `ines-${userId}@acme.example`,
        role: options.role ?? "owner",
        timeZone,
        hours: WORKING_HOURS,
        createdAt: at,
      },
    });
  });
  return {
    id,
    userId,
    run: (work) => inWorkspace(id, work),
    setClock: async (instant) => {
      await inWorkspace(id, (tx) => tx.workspace.update({ where: { id }, data: { clockAt: new Date(instant) } }));
    },
  };
}

/** A colleague in the same workspace. */
export async function testMember(
  workspace: Pick<TestWorkspace, "id">,
  options: { fullName: string; role?: string; timeZone?: string },
): Promise<string> {
  const userId = newId();
  const email = `${userId}@acme.example`;
  await inIdentity(async (tx) => {
    await tx.user.create({ data: { id: userId, email, fullName: options.fullName } });
    await tx.member.create({
      data: {
        workspaceId: workspace.id,
        userId,
        fullName: options.fullName,
        email,
        role: options.role ?? "rep",
        timeZone: options.timeZone ?? "Europe/Lisbon",
        hours: WORKING_HOURS,
        createdAt: new Date(),
      },
    });
  });
  return userId;
}
