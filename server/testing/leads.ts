import { createLead, type NewLead } from "#server/leads/commands/create-lead.ts";
import type { TestWorkspace } from "./workspace.ts";

/** A person with a work address at a reserved domain. */
export async function testLead(workspace: TestWorkspace, given: Partial<NewLead> = {}): Promise<{ id: string; accountId: string | null }> {
  return workspace.run((tx) =>
    createLead(tx, {
      fullName: "Nadia Rossi",
      email: "nadia@norvale.example",
      title: "CFO",
      company: "Norvale S.p.A.",
      country: "IT",
      ownerId: workspace.userId,
      source: "by hand",
      ...given,
    }),
  );
}
