import { setTimeout } from "node:timers/promises";
import iconv from "iconv-lite";
import { describe, expect, it } from "vitest";
import { suppress } from "#server/compliance/commands.ts";
import { newId } from "#server/core/ids.ts";
import { suppressionHash } from "#server/core/seal.ts";
import { testDatabase } from "#server/testing/database.ts";
import { testBlobs, testCheck, testFile, testImport } from "#server/testing/imports.ts";
import { testLead } from "#server/testing/leads.ts";
import { testMember, testWorkspace } from "#server/testing/workspace.ts";
import { cancelImport, saveMapping, startImport } from "./commands/plan-import.ts";
import { pickUpImports, runImport } from "./commands/run-import.ts";
import { openRowErrors } from "./commands/stream-row-errors.ts";
import { undoImport } from "./commands/undo-import.ts";
import { checkImport, getImport } from "./queries/get-import.ts";

await testDatabase();
const deps = { blobs: testBlobs() };

const FILE = [
  "Nome;Azienda;Ruolo;E-mail;Paese;Dipendenti;Rinnovo;Opt out",
  "NADIA ROSSI;Norvale S.p.A.;Chief Financial Off.;Nadia@Norvale.example;Italia;240;2026-05-01;",
  "Otis Park;Oakum, Inc.;Controller;otis@oakum.example;USA;;;",
  "Omar Haddad;Norvale;Responsabile Amministrazione;omar@norvale.example;Italia;;;no",
  "Nadia Rossi;;;nadia@norvale.example;;;2026-05-02;",
  "Hanna Vik;Vik AS;Økonomisjef;hanna@vik.example;Norge;;;TRUE",
  "Broken;Broken;CFO;broken at broken;;;;",
  "Kim Lund;Ondra s.r.o.;VP Finance;;Norge;90;;",
].join("\r\n");

describe("import", () => {
  it("checks exactly and writes nothing, then writes what it said", async () => {
    const workspace = await testWorkspace();
    const marta = await testMember(workspace, { fullName: "Marta Dias" });
    await testLead(workspace, {
      email: "otis@oakum.example",
      fullName: "Otis Park",
      title: null,
      company: null,
      country: null,
      ownerId: marta,
    });
    await workspace.run((tx) =>
      tx.suppression.create({
        data: { id: newId(), workspaceId: workspace.id, kind: "domain", value: "ondra.example", reason: "competitor", createdAt: tx.now },
      }),
    );

    const id = await testCheck(workspace, deps, iconv.encode(FILE, "windows-1252"));
    const view = await workspace.run((tx) => getImport(tx, id));
    expect(view).toMatchObject({ status: "ready", shape: { delimiter: ";", encoding: "windows-1252" }, total: 7 });
    expect(view.cleaned[0]).toEqual({
      fullName: "Nadia Rossi",
      company: "Norvale",
      title: "finance, executive",
      timeZone: "Europe/Rome",
      error: null,
    });
    const check = await workspace.run((tx) => checkImport(tx, id));
    expect(check).toEqual({
      rows: 7,
      newPeople: 4,
      alreadyHere: 1,
      newCompanies: 3,
      doNotContact: 1,
      ownedByOthers: 1,
      joined: 1,
      errors: 1,
      withoutAddress: 1,
    });
    expect(await workspace.run((tx) => tx.lead.count())).toBe(1);

    await workspace.run((tx) => startImport(tx, id, workspace.userId));
    await runImport(deps, workspace.id, id);
    await pickUpImports(deps, workspace.id, [id]);
    const done = await workspace.run((tx) => getImport(tx, id));
    expect(done).toMatchObject({ status: "done", created: 4, updated: 1, skipped: 0, joined: 1, failed: 1, suppressed: 1 });

    const leads = await workspace.run((tx) => tx.lead.findMany({ include: { account: true, state: true }, orderBy: { email: "asc" } }));
    const by = new Map(leads.map((lead) => [lead.fullName, lead]));
    expect(by.get("Nadia Rossi")).toMatchObject({
      email: "nadia@norvale.example",
      title: "Chief Financial Off.",
      importRow: 2,
      account: { name: "Norvale S.p.A.", nameForMail: "Norvale", employees: 240 },
      state: { contactState: "free" },
    });
    expect(by.get("Omar Haddad")?.accountId).toBe(by.get("Nadia Rossi")?.accountId);
    expect(by.get("Otis Park")).toMatchObject({ ownerId: marta, title: "Controller", seniority: "manager", timeZone: "America/New_York" });
    expect(by.get("Hanna Vik")?.state?.contactState).toBe("do_not_contact");
    expect(by.get("Kim Lund")?.state?.contactState).toBe("needs_address");

    const nadia = by.get("Nadia Rossi")?.id ?? "";
    const [custom, members, staged, search] = await workspace.run((tx) =>
      Promise.all([
        tx.leadCustomValue.findMany({ where: { leadId: nadia } }),
        tx.leadListMember.count({ where: { listId: done.listId ?? "" } }),
        tx.$queryRaw<{ count: number }[]>`select count(*)::int as count from import_staging where import_id = ${id}::uuid`,
        tx.$queryRaw<{ lead_id: string }[]>`select lead_id from search_leads('rossi', 10)`,
      ]),
    );
    expect(custom).toMatchObject([{ key: "rinnovo", dateValue: new Date("2026-05-01") }]);
    expect(members).toBe(5);
    expect(staged[0]?.count).toBe(0);
    expect(search.map((row) => row.lead_id)).toEqual([nadia]);
  });

  it("knows an erased address, before and after it is written", async () => {
    const workspace = await testWorkspace();
    await workspace.run((tx) => suppress(tx, { kind: "hash", value: suppressionHash("otis@oakum.example"), reason: "erased" }));
    const id = await testCheck(workspace, deps, FILE);
    // Hanna by the file's own opt-out, Otis by the hash
    expect(await workspace.run((tx) => checkImport(tx, id))).toMatchObject({ newPeople: 5, doNotContact: 2 });
    await workspace.run((tx) => startImport(tx, id, workspace.userId));
    await runImport(deps, workspace.id, id);
    expect(await workspace.run((tx) => getImport(tx, id))).toMatchObject({ created: 5, suppressed: 2 });
    const otis = await workspace.run((tx) =>
      tx.lead.findFirstOrThrow({ where: { email: "otis@oakum.example" }, include: { state: true } }),
    );
    expect(otis.state?.contactState).toBe("do_not_contact");
  });

  it("doubles nothing when the same file comes again, and gives the bad rows back as a file", async () => {
    const workspace = await testWorkspace();
    const first = await testImport(workspace, deps, FILE);
    const second = await testImport(workspace, deps, FILE);
    const again = await workspace.run((tx) => getImport(tx, second));
    expect(again).toMatchObject({ created: 0, updated: 0, failed: 1, suppressed: 1, isRemembered: true });
    expect(await workspace.run((tx) => tx.lead.count())).toBe(5);
    expect(await workspace.run((tx) => tx.account.count())).toBe(4);
    const { lines } = await openRowErrors(workspace.id, { userId: workspace.userId, role: "owner" }, first);
    const text = (await Array.fromAsync(lines)).join("");
    expect(text.split("\r\n").slice(0, 2)).toEqual([
      "Row,Problem,Nome,Azienda,Ruolo,E-mail,Paese,Dipendenti,Rinnovo,Opt out",
      "7,“broken at broken” is not an e-mail address.,Broken,Broken,CFO,broken at broken,,,,",
    ]);
    const fixed = await testImport(workspace, deps, text.replaceAll("broken at broken", "b@broken.example"));
    expect(await workspace.run((tx) => getImport(tx, fixed))).toMatchObject({ created: 1, failed: 0 });
    expect(await workspace.run((tx) => tx.customField.findMany({ select: { key: true } }))).toEqual([{ key: "rinnovo" }]);
  });

  it("keeps people without an address apart by the numbers in their names", async () => {
    const workspace = await testWorkspace();
    const file = "Name,Company\nPerson 1,Norvale\nPerson 2,Norvale\nPERSON  2,norvale\nPerson 1,Vik\nDr. Otis Park,Vik\nOtis Park,Vik\n";
    const first = await testImport(workspace, deps, file);
    const counts = { total: 6, joined: 2, failed: 0 };
    expect(await workspace.run((tx) => getImport(tx, first))).toMatchObject({ ...counts, created: 4 });
    const second = await testImport(workspace, deps, file);
    expect(await workspace.run((tx) => getImport(tx, second))).toMatchObject({ ...counts, created: 0 });
    const people = await workspace.run((tx) =>
      tx.lead.findMany({ orderBy: { fullName: "asc" }, select: { fullName: true, firstName: true } }),
    );
    expect(people.map((person) => `${person.fullName}: ${person.firstName}`)).toEqual([
      "Otis Park: Otis",
      "Person 1: Person",
      "Person 1: Person",
      "Person 2: Person",
    ]);
  });

  it("calls a company by its name as soon as somebody says it", async () => {
    const workspace = await testWorkspace();
    await testLead(workspace, { email: "a@norvale.example", company: null });
    const names = () =>
      workspace.run(async (tx) =>
        (await tx.account.findMany({ orderBy: { domain: "asc" } })).map((account) => [account.name, account.nameForMail]),
      );
    expect(await names()).toEqual([["norvale.example", "norvale.example"]]);
    await testImport(workspace, deps, "Email,Company\nx@tessar.example,\ny@tessar.example,Tessar GmbH\nb@norvale.example,Norvale S.p.A.\n");
    expect(await names()).toEqual([
      ["Norvale S.p.A.", "Norvale"],
      ["Tessar GmbH", "Tessar"],
    ]);
  });

  it("knows a company without a domain however its name is written", async () => {
    const workspace = await testWorkspace();
    await testImport(workspace, deps, "Name,Company\nHanna,Vik\nBo,VIK\nKim,vik\n");
    const people = await workspace.run((tx) => tx.lead.findMany({ include: { account: true }, orderBy: { fullName: "asc" } }));
    expect(people.map(({ fullName, account }) => [fullName, account?.name])).toEqual([
      ["Bo", "Vik"],
      ["Hanna", "Vik"],
      ["Kim", "Vik"],
    ]);
  });

  it("keeps line breaks, tabs, quotes, backslashes and braces as they are", async () => {
    const workspace = await testWorkspace();
    const odd = 'a "b"\nc\td\\e{f},NULL;\u0001ü';
    const id = await testImport(workspace, deps, `Name,Email,Note\nOtis,otis@oakum.example,"${odd.replaceAll('"', '""')}"\n`);
    expect(await workspace.run((tx) => getImport(tx, id))).toMatchObject({ created: 1, failed: 0 });
    expect((await workspace.run((tx) => tx.leadCustomValue.findFirst()))?.textValue).toBe(odd);
  });

  it("joins rows of one person across chunks, and keeps 120 columns", async () => {
    const workspace = await testWorkspace();
    const columns = Array.from({ length: 120 }, (_, index) => `Custom ${index}`);
    const lines = Array.from(
      { length: 5_600 },
      (_, index) => `p${index % 5_300}@c${index % 700}.example,Person ${index},${columns.map(() => (index < 3 ? "7" : "")).join(",")}`,
    );
    const id = await testImport(workspace, deps, `Email,Name,${columns.join(",")}\n${lines.join("\n")}`);
    const done = await workspace.run((tx) => getImport(tx, id));
    // 5,300 addresses differ in their local part; the rest stand at other companies, so they are other people.
    const people = new Set(lines.map((line) => line.split(",")[0]));
    expect(done).toMatchObject({ status: "done", total: 5_600, created: people.size, joined: 5_600 - people.size, failed: 0 });
    expect(await workspace.run((tx) => tx.leadCustomValue.count({ where: { numberValue: 7 } }))).toBe(360);
  });

  it.each(["read", "write"])("ends with exact counts when two runs %s the file at once", async (what) => {
    const workspace = await testWorkspace();
    const lines = Array.from({ length: 6_500 }, (_, index) => `p${index}@c${index % 700}.example,Ana Prado`);
    const file = `Email,Name\n${lines.join("\n")}\nbroken,`;
    const id = what === "read" ? (await testFile(workspace, deps, file)).id : await testCheck(workspace, deps, file);
    await workspace.run((tx) => startImport(tx, id, workspace.userId));
    await Promise.all([runImport(deps, workspace.id, id), runImport(deps, workspace.id, id)]);
    const counts = { total: 6_501, created: 6_500, failed: 1, joined: 0 };
    expect(await workspace.run((tx) => getImport(tx, id))).toMatchObject({ status: "done", ...counts });
    expect(await workspace.run((tx) => Promise.all([tx.lead.count(), tx.account.count()]))).toEqual([6_500, 700]);
  });

  it("stops while two chunks are written, and then goes on or is taken back as a whole", async () => {
    const workspace = await testWorkspace();
    const lines = Array.from({ length: 16_000 }, (_, index) => `p${index % 15_000}@c${index % 1_000}.example,Person ${index}`);
    const id = await testCheck(workspace, deps, `Email,Name\n${lines.join("\n")}`);
    const start = () => workspace.run((tx) => startImport(tx, id, workspace.userId));
    await start();
    const stopped = runImport(deps, workspace.id, id);
    while ((await workspace.run((tx) => getImport(tx, id))).created === 0) await setTimeout(5);
    await workspace.run((tx) => cancelImport(tx, id));
    await stopped;
    const { status, created } = await workspace.run((tx) => getImport(tx, id));
    expect([status, created]).toEqual(["cancelled", await workspace.run((tx) => tx.lead.count())]);
    expect(created).toBeLessThan(15_000);

    await start();
    await runImport(deps, workspace.id, id);
    expect(await workspace.run((tx) => getImport(tx, id))).toMatchObject({ status: "done", created: 15_000, joined: 1_000, failed: 0 });
    expect(await undoImport(workspace.id, id)).toEqual({ removed: 15_000, kept: 0 });
    expect(await workspace.run((tx) => Promise.all([tx.lead.count(), tx.account.count()]))).toEqual([0, 0]);
  });

  it("reads the columns again when they are changed, under the new mapping", async () => {
    const workspace = await testWorkspace();
    const id = await testCheck(workspace, deps, "Kontakt,Ansprache\nnadia@norvale.example,Nadia Rossi\n");
    const view = await workspace.run((tx) => getImport(tx, id));
    const mapping = view.mapping.map((entry) =>
      entry.column === 1 ? { column: 1, heading: entry.heading, becomes: "fullName" as const } : entry,
    );
    await workspace.run((tx) => saveMapping(tx, { id, mapping, options: view.options }));
    expect((await workspace.run((tx) => getImport(tx, id))).status).toBe("checking");
    await workspace.run((tx) => startImport(tx, id, workspace.userId));
    await runImport(deps, workspace.id, id);
    expect(await workspace.run((tx) => tx.lead.findFirst())).toMatchObject({ email: "nadia@norvale.example", fullName: "Nadia Rossi" });
  });

  it("refuses what is no list, and a body that was cut", async () => {
    const workspace = await testWorkspace();
    await expect(testFile(workspace, deps, "PK\u0003\u0004xxxx")).rejects.toThrow("Save the sheet as CSV");
    await expect(testFile(workspace, deps, "")).rejects.toThrow("empty");
  });

  it("says where a quotation mark was never closed", async () => {
    const workspace = await testWorkspace();
    const id = await testImport(workspace, deps, 'Name,Email\n"Otis,otis@oakum.example\nNadia,nadia@norvale.example\n');
    expect(await workspace.run((tx) => getImport(tx, id))).toMatchObject({
      status: "failed",
      created: 0,
      error: expect.stringContaining("never closed"),
    });
  });

  it("finds somebody by the name that a later file brought", async () => {
    const workspace = await testWorkspace();
    await testImport(workspace, deps, "Email\nnadia@norvale.example\n");
    await testImport(workspace, deps, "Email,Name,Title,Company\nnadia@norvale.example,Nadia Rossi,CFO,Norvale S.p.A.\n");
    const found = await workspace.run((tx) => tx.$queryRaw<{ text: string }[]>`select text from lead_search`);
    expect(found).toEqual([{ text: "nadia rossi nadia@norvale.example cfo norvale s.p.a." }]);
  });

  it("reads the table of a file whose first letter of its own comes late", async () => {
    const workspace = await testWorkspace();
    const plain = Array.from({ length: 9_000 }, (_, at) => `p${at}@norvale.example,Otis Park,plain letters`);
    for (const encoding of ["windows-1252", "utf-8"]) {
      const file = iconv.encode(["Email,Name,Note", ...plain, `${encoding}@norvale.example,José Peña,ñ`].join("\n"), encoding);
      const { id } = await testFile(workspace, deps, file);
      const { shape } = await workspace.run((tx) => getImport(tx, id));
      expect(shape).toMatchObject({ encoding, headings: ["Email", "Name", "Note"] });
    }
  });

  it("passes over the line that tells a spreadsheet the separator", async () => {
    const workspace = await testWorkspace();
    await testImport(workspace, deps, "sep=;\r\nEmail;Name\r\nnadia@norvale.example;Nadia Rossi\r\n");
    const leads = await workspace.run((tx) => tx.lead.findMany({ select: { email: true, fullName: true } }));
    expect(leads).toEqual([{ email: "nadia@norvale.example", fullName: "Nadia Rossi" }]);
  });
});
