import { expect, it } from "vitest";
import type { Referral } from "../schema.ts";
import { proposalName } from "./proposal-name.ts";

it.each<[Referral, string | null]>([
  [{ name: "Marc Petit", email: "mp@rivoire.example" }, "Marc Petit"],
  [{ email: "marc.petit+sales@rivoire.example" }, "Marc Petit"],
  [{ email: "office@clyde.example" }, "office@clyde.example"],
  [{ email: "Einkauf-nord@werk.example" }, "Einkauf-nord@werk.example"],
  [{ email: "x7@werk.example" }, null],
])("proposes %o as %s", (referral, name) => {
  expect(proposalName(referral)).toBe(name);
});
