import { describe, expect, it } from "vitest";
import { undoImport } from "#server/imports/commands/undo-import.ts";
import { createList } from "#server/lists/commands.ts";
import { getProgress } from "#server/progress/queries.ts";
import { createDefaultProfile } from "#server/scoring/commands/save-profile.ts";
import { scoreLeads } from "#server/scoring/commands/score-leads.ts";
import { testDatabase } from "#server/testing/database.ts";
import { testBlobs, testImport } from "#server/testing/imports.ts";
import { testLead } from "#server/testing/leads.ts";
import { testMember, testWorkspace } from "#server/testing/workspace.ts";
import { addLead } from "./commands/add-lead.ts";
import { correctFact, updateLead } from "./commands/correct-lead.ts";
import { deleteLeads } from "./commands/delete-leads.ts";
import { recordObservation } from "./commands/record-observation.ts";
import { continueBulk, startBulk, undoBulk } from "./commands/run-bulk.ts";
import { streamExport } from "./commands/stream-export.ts";
import { getLeadJson, getLeadPage, listFacts } from "./queries/get-lead.ts";
import { getScoreWithSources } from "./queries/get-score-with-sources.ts";
import { countLeads, listLeads } from "./queries/list-leads.ts";
import { bulkInput, listLeadsInput } from "./schema.ts";

await testDatabase();
const deps = { blobs: testBlobs() };

/** 0 → Aaa, 1 → Aab …: names hold no digits. */
const letters = (row: number) => String.fromCharCode(65 + Math.floor(row / 25), 97 + (Math.floor(row / 5) % 5), 97 + (row % 5));

describe("the list of people", () => {
  it("pages through everybody once, in every order, and counts what it lists", async () => {
    const workspace = await testWorkspace();
    const viewer = { userId: workspace.userId, role: "owner" as const };
    await workspace.run((tx) => createDefaultProfile(tx));
    const lines = Array.from(
      { length: 137 },
      (_, row) => `Person ${letters(row)},p${row}@c${row % 9}.example,${["CFO", "Controller", "Intern"][row % 3]},${row % 2 ? "IT" : "BR"}`,
    );
    await testImport(workspace, deps, `Name,Email,Title,Country\n${lines.join("\n")}`);
    for (const sort of ["grade", "name", "recent", "added"] as const) {
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await workspace.run((tx) => listLeads(tx, listLeadsInput.parse({ sort, limit: 25, cursor }), viewer));
        seen.push(...page.items.map((row) => row.fullName));
        cursor = page.nextCursor;
      } while (cursor);
      expect(new Set(seen).size).toBe(137);
      expect(seen).toHaveLength(137);
      if (sort === "name") expect(seen).toEqual([...seen].sort());
    }
    const italian = await workspace.run(async (tx) => [
      await countLeads(tx, { country: ["IT"] }, viewer),
      (await listLeads(tx, listLeadsInput.parse({ country: "IT", limit: 200 }), viewer)).items.length,
    ]);
    expect(italian).toEqual([{ count: 68, isCapped: false }, 68]);
    const found = await workspace.run((tx) => listLeads(tx, listLeadsInput.parse({ search: "person ca controller" }), viewer));
    expect(found.items.map((row) => row.fullName).sort()).toEqual(
      Array.from({ length: 137 }, (_, row) => ({ name: `Person ${letters(row)}`, isController: row % 3 === 1 }))
        .filter(({ name, isController }) => isController && name.toLowerCase().includes("ca"))
        .map(({ name }) => name)
        .sort(),
    );
    const first = await workspace.run((tx) => listLeads(tx, listLeadsInput.parse({ limit: 10 }), viewer));
    await expect(
      workspace.run((tx) => listLeads(tx, listLeadsInput.parse({ limit: 10, grade: "A", cursor: first.nextCursor }), viewer)),
    ).rejects.toThrow("cursor");
  });

  it("shows a rep only what the workspace lets them see, in counts too", async () => {
    const workspace = await testWorkspace();
    await workspace.run((tx) => tx.workspace.update({ where: { id: workspace.id }, data: { visibility: "own" } }));
    const rep = { userId: await testMember(workspace, { fullName: "Ana Reis" }), role: "rep" as const };
    const { id } = await testLead(workspace);
    await testLead(workspace, { email: "mine@oakum.example", ownerId: rep.userId });
    expect(await workspace.run((tx) => countLeads(tx, {}, rep))).toEqual({ count: 1, isCapped: false });
    await expect(workspace.run((tx) => getLeadPage(tx, id, rep))).rejects.toThrow("no longer exists");
  });
});

describe("one person", () => {
  it("takes a person's word before the file's, keeps both, and reads rank and zone again", async () => {
    const workspace = await testWorkspace();
    const by = { userId: workspace.userId, role: "owner" as const, actorKind: "person" as const };
    await testImport(
      workspace,
      deps,
      "Name,Email,Title,Company,# Employees\nNadia Rossi,nadia@norvale.example,Controller,Norvale SpA,240\n",
    );
    const [lead] = (await workspace.run((tx) => listLeads(tx, listLeadsInput.parse({}), by))).items;
    const id = lead?.id ?? "";
    await workspace.run((tx) => correctFact(tx, { leadId: id, subject: "lead", field: "title", value: "CFO" }, by));
    await workspace.run((tx) => correctFact(tx, { leadId: id, subject: "lead", field: "country", value: "Bulgaria" }, by));
    await workspace.run((tx) => correctFact(tx, { leadId: id, subject: "account", field: "employees", value: "1,200" }, by));
    await testImport(workspace, deps, "Name,Email,Title\nNadia Rossi,nadia@norvale.example,Head of Tax\n");
    const page = await workspace.run((tx) => getLeadPage(tx, id, by));
    expect(page).toMatchObject({ title: "CFO", seniority: "executive", timeZone: "Europe/Sofia", employees: 1_200, importRow: 2 });
    await workspace.run((tx) => createDefaultProfile(tx));
    await workspace.run((tx) => scoreLeads(tx, [id]));
    const why = await workspace.run((tx) => getScoreWithSources(tx, id, by));
    // the title was corrected, so the reason that reads it names the person and not the file
    expect(why.contributions.find((entry) => entry.fields.some((field) => field.field === "seniority"))?.sources).toMatchObject([
      { source: "Ines Prado", at: expect.any(Date) },
    ]);
    const facts = await workspace.run((tx) => listFacts(tx, id, by));
    const title = facts.find((fact) => fact.field === "title");
    expect(title).toMatchObject({ value: "CFO", byPerson: true, setByName: "Ines Prado" });
    expect(title?.others.map((other) => other.value).sort()).toEqual(["Controller", "Head of Tax"]);
    expect(title?.others.some((other) => other.source === "q1-finance.csv, row 2")).toBe(true);
    await expect(
      workspace.run((tx) => correctFact(tx, { leadId: id, subject: "lead", field: "country", value: "Atlantis" }, by)),
    ).rejects.toThrow("is not a country");
    await testLead(workspace, { email: "taken@oakum.example" });
    await expect(workspace.run((tx) => updateLead(tx, { id, email: "taken@oakum.example" }, by))).rejects.toThrow("One person per address");
    await expect(workspace.run((tx) => addLead(tx, { email: "taken@oakum.example" }, by))).rejects.toThrow(
      "has this e-mail address already",
    );
    const gone = await testLead(workspace, { email: "gone@oakum.example" });
    await workspace.run((tx) => deleteLeads(tx, [gone.id], by.userId));
    await expect(workspace.run((tx) => addLead(tx, { email: "gone@oakum.example" }, by))).rejects.toThrow("is in the trash");
  });
});

describe("a correction", () => {
  it("leaves a trace, also where the value was taken away", async () => {
    const workspace = await testWorkspace();
    const by = { userId: workspace.userId, role: "owner" as const, actorKind: "person" as const };
    const { id } = await testLead(workspace, { email: "a@oakum.example", title: "Controller" });
    const undoes = await workspace.run((tx) => correctFact(tx, { leadId: id, subject: "lead", field: "title", value: null }, by));
    expect(undoes).toEqual({ observationId: null });
    const [activity] = await workspace.run((tx) => tx.activity.findMany({ where: { leadId: id, kind: "lead/corrected" } }));
    expect(activity?.detail).toEqual({ fields: ["title"] });
    const [entry] = await workspace.run((tx) => tx.auditEntry.findMany({ where: { action: "lead/corrected", subjectId: id } }));
    expect(entry).toBeDefined();
  });

  it("taken back, leaves the file's word the file's: what they write later is heard", async () => {
    const workspace = await testWorkspace();
    const by = { userId: workspace.userId, role: "owner" as const, actorKind: "person" as const };
    await testImport(
      workspace,
      deps,
      "Name,Email,Title,Company,# Employees\nNadia Rossi,nadia@norvale.example,Controller,Norvale SpA,240\n",
    );
    const [lead] = (await workspace.run((tx) => listLeads(tx, listLeadsInput.parse({}), by))).items;
    const id = lead?.id ?? "";
    const [title, employees] = [
      { leadId: id, subject: "lead" as const, field: "title" as const },
      { leadId: id, subject: "account" as const, field: "employees" as const },
    ];
    const said = await workspace.run((tx) => correctFact(tx, { ...title, value: "CFO" }, by));
    const counted = await workspace.run((tx) => correctFact(tx, { ...employees, value: "1,200" }, by));
    await workspace.run((tx) => correctFact(tx, { ...title, value: "Controller", undoes: said }, by));
    await workspace.run((tx) => correctFact(tx, { ...employees, value: "240", undoes: counted }, by));
    const facts = await workspace.run((tx) => listFacts(tx, id, by));
    expect(facts.filter((fact) => fact.byPerson)).toEqual([]);
    expect(facts.find((fact) => fact.field === "title")).toMatchObject({ value: "Controller", others: [] });
    await workspace.run((tx) =>
      recordObservation(tx, {
        subjectType: "lead",
        subjectId: id,
        source: "reply",
        fields: { title: { value: "Head of Tax", confidence: 0.9 } },
      }),
    );
    const later = await workspace.run((tx) => listFacts(tx, id, by));
    expect(later.find((fact) => fact.field === "title")).toMatchObject({ value: "Head of Tax", byPerson: false });
    expect(await workspace.run((tx) => getLeadPage(tx, id, by))).toMatchObject({ title: "Controller", employees: 240 });
  });
});

describe("verbs over many", () => {
  it("reaches nobody by an empty list of ids", async () => {
    const workspace = await testWorkspace();
    const by = { userId: workspace.userId, role: "owner" as const };
    await testLead(workspace);
    const all = bulkInput.parse({ selection: { all: { ids: [] } }, verb: { kind: "delete" } });
    expect(await workspace.run((tx) => startBulk(tx, all, by))).toMatchObject({ count: 0 });
    expect(await workspace.run((tx) => countLeads(tx, {}, by))).toMatchObject({ count: 1 });
    expect((await workspace.run((tx) => listLeads(tx, listLeadsInput.parse({ ids: "" }), by))).items).toEqual([]);
  });

  it("assigns, lists and deletes at once, and takes each back", async () => {
    const workspace = await testWorkspace();
    const by = { userId: workspace.userId, role: "owner" as const };
    const ana = await testMember(workspace, { fullName: "Ana Reis" });
    const a = await testLead(workspace, { email: "a@oakum.example" });
    const b = await testLead(workspace, { email: "b@oakum.example", ownerId: ana });
    const ids = [a.id, b.id];
    const owners = () =>
      workspace.run(async (tx) =>
        (await tx.lead.findMany({ where: { id: { in: ids } }, orderBy: { email: "asc" } })).map((lead) => lead.ownerId),
      );
    const assigned = await workspace.run((tx) => startBulk(tx, { selection: { ids }, verb: { kind: "assign", ownerId: ana } }, by));
    expect(await owners()).toEqual([ana, ana]);
    await workspace.run((tx) => undoBulk(tx, assigned.id, by));
    expect(await owners()).toEqual([workspace.userId, ana]);

    const list = await workspace.run((tx) => createList(tx, { name: "Spring", createdById: workspace.userId }));
    await workspace.run((tx) =>
      startBulk(tx, { selection: { all: {}, except: [b.id] }, verb: { kind: "add_to_list", listId: list.id } }, by),
    );
    expect(await workspace.run((tx) => tx.leadListMember.count())).toBe(1);

    const deleted = await workspace.run((tx) => startBulk(tx, { selection: { ids }, verb: { kind: "delete" } }, by));
    expect(await workspace.run((tx) => countLeads(tx, {}, by))).toEqual({ count: 0, isCapped: false });
    expect(await workspace.run((tx) => countLeads(tx, { deleted: true }, by))).toEqual({ count: 2, isCapped: false });
    await workspace.run((tx) => undoBulk(tx, deleted.id, by));
    expect(await workspace.run((tx) => countLeads(tx, {}, by))).toEqual({ count: 2, isCapped: false });

    await workspace.run((tx) => startBulk(tx, { selection: { ids: [a.id] }, verb: { kind: "do_not_contact", reason: "competitor" } }, by));
    expect((await workspace.run((tx) => getLeadJson(tx, a.id, by))).state).toBe("do_not_contact");
  });

  it("goes on in a job where a killed one stopped", async () => {
    const workspace = await testWorkspace();
    const by = { userId: workspace.userId, role: "owner" as const };
    const ana = await testMember(workspace, { fullName: "Ana Reis" });
    await testImport(workspace, deps, `Email\n${Array.from({ length: 1_200 }, (_, row) => `p${row}@oakum.example`).join("\n")}`);
    const started = await workspace.run((tx) =>
      startBulk(tx, { selection: { all: {}, except: [] }, verb: { kind: "assign", ownerId: ana } }, by),
    );
    expect(started).toMatchObject({ count: 1_200, isDone: false });
    expect(await continueBulk(workspace.id, started.id, 0)).toBe("more");
    expect(await workspace.run((tx) => tx.lead.count({ where: { ownerId: ana } }))).toBe(500);
    expect(await continueBulk(workspace.id, started.id)).toBe("done");
    expect(await workspace.run((tx) => tx.lead.count({ where: { ownerId: ana } }))).toBe(1_200);

    const undone = await workspace.run((tx) => undoBulk(tx, started.id, by));
    expect(undone).toMatchObject({ count: 1_200, isDone: false, progressId: expect.any(String) });
    const progress = () => workspace.run((tx) => getProgress(tx, undone.progressId ?? ""));
    expect(await continueBulk(workspace.id, started.id, 0)).toBe("more");
    expect(await progress()).toMatchObject({ title: "Undo: Giving people a new owner", status: "running", done: 500, total: 1_200 });
    expect(await continueBulk(workspace.id, started.id)).toBe("done");
    expect(await progress()).toMatchObject({ status: "done", done: 1_200, result: "Everybody is as they were." });
    expect(await workspace.run((tx) => tx.lead.count({ where: { ownerId: ana } }))).toBe(0);
  });
});

describe("out and back in", () => {
  it("imports its own export as the same people", async () => {
    const [here, there] = [await testWorkspace(), await testWorkspace()];
    const all = async (workspace: typeof here) => {
      const viewer = { userId: workspace.userId, role: "owner" as const };
      return workspace.run(async (tx) => {
        const rows = await tx.lead.findMany({ orderBy: { fullName: "asc" }, select: { id: true } });
        const leads = await Promise.all(rows.map((row) => getLeadJson(tx, row.id, viewer)));
        return leads.map(({ id: _, ownerId: __, ...lead }) => lead);
      });
    };
    await testImport(
      here,
      deps,
      [
        "First name,Last name,Email,Title,Company,Website,# Employees,Industry,Phone,Country,City,Time zone,Segment,Renewal,Seats,Note",
        'NADIA,ROSSI,nadia@norvale.example,CFO,"Norvale, S.p.A.",norvale.example,240,Software,+39 02 555 0101,Italy,Milano,,A,2026-05-01,12,"=cmd|\'/c calc\'!A1"',
        'Otis,Park,otis@oakum.example,"Controller, EMEA","Oakum ""X"" Inc.",oakum.example,1200,Retail,,USA,Austin,America/Chicago,B,,3.5,"two\nlines"',
        ",,only@address.example,,,,,,,,,,,,,",
        "Kim,Lund,,VP Finance,Ondra s.r.o.,,90,,,Norway,,,C,,,-5",
      ].join("\n"),
    );
    const file = Buffer.concat(
      await Array.fromAsync(streamExport(here.id, {}, { userId: here.userId, role: "owner", actorKind: "person" })),
    );
    expect(file.toString()).not.toMatch(/(^|,)=cmd/m);
    await testImport(there, deps, file);
    expect(await all(there)).toEqual(await all(here));
    expect(await all(here)).toHaveLength(4);
  });

  it("undoes an import, except whom somebody has touched", async () => {
    const workspace = await testWorkspace();
    const by = { userId: workspace.userId, role: "owner" as const, actorKind: "person" as const };
    await testLead(workspace, { email: "before@norvale.example" });
    const id = await testImport(
      workspace,
      deps,
      "Name,Email,Company\nA,a@oakum.example,Oakum\nB,b@tessar.example,Tessar\nC,before@norvale.example,Norvale\n",
    );
    const touched = await workspace.run((tx) => tx.lead.findFirstOrThrow({ where: { email: "b@tessar.example" } }));
    await workspace.run((tx) => updateLead(tx, { id: touched.id, title: "CFO" }, by));
    expect(await undoImport(workspace.id, id)).toEqual({ removed: 1, kept: 1 });
    const [emails, companies] = await workspace.run(async (tx) => [
      (await tx.lead.findMany({ orderBy: { email: "asc" } })).map((lead) => lead.email),
      (await tx.account.findMany({ orderBy: { name: "asc" } })).map((account) => account.domain),
    ]);
    expect(emails).toEqual(["b@tessar.example", "before@norvale.example"]);
    expect(companies).toEqual(["norvale.example", "tessar.example"]);
    await expect(undoImport(workspace.id, id)).rejects.toThrow("Only an import that has ended");
  });
});
