import { recordAudit } from "#server/audit/commands.ts";
import type { Role } from "#server/auth/constants.ts";
import { isUniqueViolation, type Tx } from "#server/core/db.ts";
import { AppError } from "#server/core/errors.ts";
import type { EditBookingPage } from "../schema.ts";

type Editor = { userId: string; role: Role };

/** One's own page, or anybody's for managers and above. */
export async function editBookingPage(tx: Tx, editor: Editor, input: EditBookingPage): Promise<void> {
  const { id, ...data } = input;
  const page = await tx.bookingPage.findFirst({ where: { id } });
  if (!page) throw new AppError("NOT_FOUND", "This booking page no longer exists.");
  if (page.ownerId !== editor.userId && editor.role === "rep") {
    throw new AppError("FORBIDDEN", "Only its owner or a manager can change this booking page.");
  }
  if (data.slug !== page.slug) await takeSlug(tx, id, data.slug);
  await tx.bookingPage.updateMany({ where: { id }, data });
  await recordAudit(tx, {
    actorId: editor.userId,
    actorKind: "person",
    action: "booking-page.changed",
    subjectType: "booking_page",
    subjectId: id,
    fields: Object.keys(data),
  });
}

/** Slugs of other workspaces are invisible here: the database answers whether one is taken. */
async function takeSlug(tx: Tx, id: string, slug: string): Promise<void> {
  await tx.$executeRaw`savepoint take_slug`;
  try {
    await tx.$executeRaw`update booking_pages set slug = ${slug} where workspace_id = ${tx.workspaceId}::uuid and id = ${id}::uuid`;
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    await tx.$executeRaw`rollback to savepoint take_slug`;
    throw new AppError("CONFLICT", "This address is taken. Choose another one.");
  }
}
