import { describe, expect, it } from "vitest";
import { inOperator } from "#server/core/db.ts";
import { services } from "#server/services.ts";
import { testDatabase } from "#server/testing/database.ts";
import { testLead } from "#server/testing/leads.ts";
import { testWorkspace } from "#server/testing/workspace.ts";
import { createCaller } from "#server/trpc/root.ts";
import { countSizes } from "./commands.ts";
import { getInstance } from "./queries.ts";

const { owner } = await testDatabase();

describe("the operator of the instance", () => {
  it("sees the engine and how big each workspace is", async () => {
    const acme = await testWorkspace({ name: "Acme" });
    await testLead(acme);
    expect((await getInstance()).workspaces.find((each) => each.id === acme.id)).toMatchObject({ name: "Acme", size: null });
    await countSizes();
    const view = await getInstance();
    expect(view.workspaces.find((each) => each.id === acme.id)?.size).toMatchObject({ people: 1, mails: 0, members: 1 });
    expect(view.database.bytes).toBeGreaterThan(1_000_000);
    expect(view.findings.map((finding) => finding.id)).toContain("worker");
    expect(JSON.stringify(view)).not.toContain("Nadia");
  });

  it("reads no row of any tenant table, whatever it asks", async () => {
    const { rows } = await owner.query<{ name: string }>(`
      select c.relname as name from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v') order by 1`);
    const readable: string[] = [];
    for (const { name } of rows) {
      const asked = inOperator((tx) => tx.$queryRawUnsafe(`select * from "${name}" limit 1`));
      await asked.then(
        () => readable.push(name),
        (error: Error) => expect(error.message).toContain("permission denied"),
      );
    }
    expect(readable).toEqual(["workspace_sizes"]);
    const columns = await owner.query(
      "select column_name from information_schema.column_privileges where grantee = 'operator_role' and table_name = 'workspaces' order by 1",
    );
    expect(columns.rows.map((row: { column_name: string }) => row.column_name)).toEqual(["created_at", "id", "kind", "name"]);
    for (const table of ["engine.runs", "engine.steps"])
      await expect(inOperator((tx) => tx.$queryRawUnsafe(`select * from ${table} limit 1`))).rejects.toThrow("permission denied");
  });

  it("is one person: nobody else is answered, owners of workspaces included", async () => {
    const acme = await testWorkspace();
    const membership = { workspaceId: acme.id, name: "Acme", kind: "live" as const, role: "owner" as const };
    const signedIn = {
      userId: acme.userId,
      fullName: "Ines",
      email: "i@acme.example",
      isOperator: false,
      singleKeys: true,
      theme: "system",
      memberships: [membership],
    };
    const caller = createCaller({ services, actor: { kind: "person", signedIn, membership } });
    await expect(caller.instance.overview()).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(caller.instance.countSizes()).rejects.toMatchObject({ code: "FORBIDDEN" });
  });
});
