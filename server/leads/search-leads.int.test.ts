import { describe, expect, it } from "vitest";
import { testDatabase } from "#server/testing/database.ts";
import { testBlobs, testImport } from "#server/testing/imports.ts";
import { testLead } from "#server/testing/leads.ts";
import { type TestWorkspace, testWorkspace } from "#server/testing/workspace.ts";
import { listLeads } from "./queries/list-leads.ts";
import { listLeadsInput } from "./schema.ts";

await testDatabase();

async function found(workspace: TestWorkspace, search: string): Promise<string[]> {
  const viewer = { userId: workspace.userId, role: "owner" as const };
  const page = await workspace.run((tx) => listLeads(tx, listLeadsInput.parse({ search, sort: "name" }), viewer));
  return page.items.map((item) => item.fullName);
}

const NAMES = [
  "Ayşe Yıldız",
  "İlker Işık",
  "Seán O’Brien",
  "김민수",
  "Андрей Чайка",
  "Ελένη Παπά",
  "Cœur Þórsdóttir",
  "Łukasz Ægir",
  "Nguyễn Đức",
  "さだ がく",
];

describe("the search of people", () => {
  it.each(NAMES)("finds %s by the name that the screen shows, however it came here", async (name) => {
    const workspace = await testWorkspace();
    await testLead(workspace, { fullName: name, source: "api", email: "one@norvale.example" });
    await testImport(workspace, { blobs: testBlobs() }, `Name,Email\n${name},two@norvale.example`);
    expect(await found(workspace, name)).toEqual([name, name]);
    expect(await found(workspace, name.split(" ").toReversed().join(" ").toUpperCase())).toEqual([name, name]);
  });

  it("finds by plain letters, too", async () => {
    const workspace = await testWorkspace();
    await testLead(workspace, { fullName: "Ayşe Yıldız", source: "api" });
    expect(await found(workspace, "yildiz ayse")).toEqual(["Ayşe Yıldız"]);
  });

  it("finds the one whom two words mean among thousands whom each of them means", async () => {
    const workspace = await testWorkspace();
    await workspace.run(
      (tx) => tx.$executeRaw`
        with people as (
          insert into leads (id, workspace_id, email, full_name, owner_id, source, created_at, updated_at)
          select gen_random_uuid(), ${workspace.id}::uuid, n || '@many.example', (array['Anna', 'Maria'])[n % 2 + 1] || ' ' || (array['Kowalska', 'Garcia'])[n % 2 + 1],
            ${workspace.userId}::uuid, 'api', ${tx.now}, ${tx.now} from generate_series(1, 10400) n returning id, full_name, email
        ), states as (insert into lead_state (id, workspace_id, contact_state) select id, ${workspace.id}::uuid, 'free' from people)
        insert into lead_search (workspace_id, lead_id, text) select ${workspace.id}::uuid, id, lower(full_name) || ' ' || email from people`,
    );
    await testLead(workspace, { fullName: "Anna Garcia", email: "ag@late.example", source: "api" });
    expect(await found(workspace, "anna garcia")).toEqual(["Anna Garcia"]);
  });
});
