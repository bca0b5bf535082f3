import { describe, expect, it } from "vitest";
import { refuseRoleChange } from "./may-change-role.ts";

const admin = { userId: "a", role: "admin" as const };
const owner = { userId: "o", role: "owner" as const };
const rep = { userId: "r", role: "rep" as const };

describe("refuseRoleChange", () => {
  it("lets an admin change and remove people below owners", () => {
    expect(refuseRoleChange({ actor: admin, target: rep, to: "manager", owners: 1 })).toBeNull();
    expect(refuseRoleChange({ actor: admin, target: rep, to: "removed", owners: 1 })).toBeNull();
  });
  it("keeps owners for owners", () => {
    expect(refuseRoleChange({ actor: admin, target: rep, to: "owner", owners: 1 })).toMatch(/Only an owner/);
    expect(refuseRoleChange({ actor: admin, target: owner, to: "rep", owners: 2 })).toMatch(/Only an owner/);
    expect(refuseRoleChange({ actor: owner, target: rep, to: "owner", owners: 1 })).toBeNull();
  });
  it("never leaves a workspace without an owner", () => {
    expect(refuseRoleChange({ actor: owner, target: owner, to: "admin", owners: 1 })).toMatch(/at least one owner/);
    expect(refuseRoleChange({ actor: { userId: "o2", role: "owner" }, target: owner, to: "removed", owners: 2 })).toBeNull();
  });
  it("does not let people remove themselves", () => {
    expect(refuseRoleChange({ actor: admin, target: admin, to: "removed", owners: 1 })).toMatch(/yourself/);
  });
});
