import { expect, it } from "vitest";
import { newId } from "#server/core/ids.ts";
import { testDatabase } from "#server/testing/database.ts";
import { testLead } from "#server/testing/leads.ts";
import { testMeetingRoom } from "#server/testing/meetings.ts";
import { testWorkspace } from "#server/testing/workspace.ts";
import { prefillFor } from "../commands/book-publicly.ts";
import { createBookingPage } from "../commands/create-booking-page.ts";
import { loadBookingLinks } from "./booking-links.ts";

await testDatabase();
const PUBLIC = "https://app.acme.com";

it("is a live workspace's only on a proven public https name", async () => {
  const acme = await testWorkspace();
  await acme.run((tx) => createBookingPage(tx, { ownerId: acme.userId }));
  const link = (appUrl?: string) => acme.run(async (tx) => (await loadBookingLinks(tx, [acme.userId], appUrl))(acme.userId, newId()));
  expect(await link(PUBLIC)).toBeNull();
  await acme.run((tx) => tx.workspace.updateMany({ where: { id: acme.id }, data: { publicUrlProvenAt: tx.now } }));
  expect(await link(PUBLIC)).toMatch(/^https:\/\/app\.acme\.com\/book\/[\w-]+\?l=[0-9a-f-]{36}\.[\w-]+$/);
  expect(await link("http://app.acme.com")).toBeNull();
  expect(await link("https://10.0.0.5")).toBeNull();
  expect(await link("https://acme.local")).toBeNull();
  await acme.run((tx) => tx.bookingPage.updateMany({ data: { isActive: false } }));
  expect(await link(PUBLIC)).toBeNull();
});

it("opens the page prefilled for the person it was written to, in a pretend workspace too", async () => {
  const room = await testMeetingRoom();
  const lead = await testLead(room, { fullName: "Nadia Rossi", email: "nadia@norvale.example" });
  const url = await room.run(async (tx) => (await loadBookingLinks(tx, [room.userId]))(room.userId, lead.id));
  const { pathname, searchParams } = new URL(url ?? "");
  expect(pathname).toBe(`/book/${room.slug}`);
  const linkToken = searchParams.get("l") ?? undefined;
  expect(await prefillFor({ slug: room.slug, linkToken })).toMatchObject({ name: "Nadia Rossi", email: "nadia@norvale.example" });
});
