import { expect, it } from "vitest";
import { updateMailboxInput } from "#server/mailboxes/schema.ts";
import { saveProfileInput } from "#server/teams/schema.ts";
import { createWorkspaceInput, workspaceSettingsInput } from "./schema.ts";

const hours = { days: [1], from: "09:00", to: "17:00" };
const takes: Record<string, (timeZone: string) => boolean> = {
  workspace: (timeZone) => createWorkspaceInput.safeParse({ name: "Acme", timeZone }).success,
  settings: (timeZone) => workspaceSettingsInput.safeParse({ timeZone }).success,
  profile: (timeZone) => saveProfileInput.safeParse({ fullName: "Ines", signature: "", timeZone, hours, singleKeys: true }).success,
  mailbox: (timeZone) => updateMailboxInput.safeParse({ id: crypto.randomUUID(), timeZone }).success,
};

it.each(Object.keys(takes))("the zone of a %s is a place, which JavaScript and the database read alike", (what) => {
  for (const zone of ["Europe/Lisbon", "Asia/Kathmandu", "UTC"]) expect([zone, takes[what]?.(zone)]).toEqual([zone, true]);
  for (const zone of ["Mars/Olympus", "+02:00", "-05:30", ""]) expect([zone, takes[what]?.(zone)]).toEqual([zone, false]);
});
