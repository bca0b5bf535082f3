import { expect, it } from "vitest";
import { testDatabase } from "#server/testing/database.ts";
import { testMeetingRoom } from "#server/testing/meetings.ts";
import { editBookingPage } from "./edit-booking-page.ts";

const { owner } = await testDatabase();

it("says that an address is taken only when it is", async () => {
  const [room, other] = [await testMeetingRoom(), await testMeetingRoom()];
  const edit = (slug: string) =>
    room.run(async (tx) => {
      const { id, name, timeZone } = await tx.bookingPage.findFirstOrThrow();
      await editBookingPage(tx, { userId: room.userId, role: "owner" }, { id, slug, name, timeZone } as Parameters<
        typeof editBookingPage
      >[2]);
    });
  await expect(edit(other.slug)).rejects.toMatchObject({ code: "CONFLICT", message: "This address is taken. Choose another one." });
  await owner.query("alter table booking_pages add constraint no_nadia check (slug <> 'nadia')");
  const failed = await edit("nadia").catch((error: unknown) => error);
  expect(failed).toBeInstanceOf(Error);
  expect(failed).not.toMatchObject({ code: "CONFLICT" });
});
