import { randomBytes } from "node:crypto";
import type { Tx } from "#server/core/db.ts";
import { AppError } from "#server/core/errors.ts";
import { newId } from "#server/core/ids.ts";
import { DEFAULT_PAGE } from "../constants.ts";
import { weeklyHoursOf } from "../domain/member-hours.ts";

const ATTEMPTS = 5;

/** Every member has one page from their first day. Called when a membership begins; a second call answers with the first page. */
export async function createBookingPage(tx: Tx, input: { ownerId: string }): Promise<{ id: string; slug: string }> {
  const existing = await tx.bookingPage.findFirst({ where: { ownerId: input.ownerId }, orderBy: { createdAt: "asc" } });
  if (existing) return { id: existing.id, slug: existing.slug };
  const member = await tx.member.findFirst({ where: { userId: input.ownerId } });
  if (!member) throw new AppError("NOT_FOUND", "This person is not in the workspace.");

  const base = slugOf(member.fullName);
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const [id, slug] = [newId(), attempt === 0 ? base : `${base}-${randomBytes(2).toString("hex")}`];
    // A slug is unique over the whole instance, whose other rows this transaction cannot see.
    const { count } = await tx.bookingPage.createMany({
      data: [
        {
          id,
          slug,
          workspaceId: tx.workspaceId,
          ownerId: input.ownerId,
          ...DEFAULT_PAGE,
          timeZone: member.timeZone,
          hours: weeklyHoursOf(member.hours),
          createdAt: tx.now,
        },
      ],
      skipDuplicates: true,
    });
    if (count === 1) return { id, slug };
  }
  throw new AppError("CONFLICT", "No free address for a booking page was found. Try again.");
}

function slugOf(name: string): string {
  const words = name
    .normalize("NFKD")
    .toLowerCase()
    .replaceAll(/[\u0300-\u036f]/g, "")
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-+|-+$/g, "")
    .slice(0, 40);
  return words.length >= 3 ? words : `meet-${randomBytes(3).toString("hex")}`;
}
