import type { Locator, Page } from "playwright/test";
import { axeFindings, baseUrl, type E2eWorkspace, expect, test } from "./fixtures.ts";
import { header, type SentMail, startMailServers } from "./mail-servers.ts";

const BOX = "ines@acme.example";
const PASSWORD = "mail server secret";
const LIST = [
  "Nome;E-mail;Ruolo;Azienda",
  "Nadia Rossi;nadia@norvale.example;CFO;Norvale S.p.A.",
  "Tom Okafor;tom@tessar.example;Head of Finance;Tessar Ltd",
  "Broken;broken at broken;CFO;Broken",
].join("\r\n");

test("the other door: own offer, own mailbox, own list; a mail leaves and the answer stops the rest", async ({ page, live }) => {
  test.setTimeout(180_000);
  const servers = await startMailServers(BOX, PASSWORD);
  try {
    await test.step("what we sell, and where we are", () => describeOurselves(page));
    await test.step("a mailbox that proves itself", () => connectMailbox(page, servers.smtp.port, servers.imap.port));
    await test.step("a list with semicolons and a bad row", () => importList(page));
    await test.step("a campaign of two people", () => makeCampaign(page));
    await test.step("drafts are read and approved", () => approveDrafts(page));
    await test.step("it starts, and both mails arrive", async () => {
      await page.goto(`${baseUrl()}/campaigns`);
      await page
        .getByRole("row", { name: /Spring finance/ })
        .getByText("Spring finance")
        .click();
      await page.getByRole("button", { name: "Start campaign" }).click();
      const sheet = page.getByRole("dialog", { name: "Start Spring finance" });
      await sheet.getByRole("button", { name: /^Start: 2 people/ }).click();
      await expect(page.getByText("Started Spring finance with 2 people.")).toBeVisible();
      await expect
        .poll(() => servers.sent.map((mail) => mail.to).sort(), { timeout: 90_000 })
        .toEqual(["nadia@norvale.example", "tom@tessar.example"]);
    });
    const mail = servers.sent.find(({ to }) => to === "nadia@norvale.example");
    if (!mail) throw new Error("no mail to Nadia");
    expect(header(mail, "From")).toContain(BOX);
    expect(header(mail, "List-Unsubscribe")).toContain("mailto:");
    expect(mail.raw).toContain("Rua Augusta 1");

    await test.step("the answer shows in the inbox and stops the follow-ups", async () => {
      servers.answer(mail, "Nadia Rossi", "Hi Ines, yes, this sounds interesting. Can you do Tuesday at 3? Best, Nadia");
      await page.goto(`${baseUrl()}/inbox`);
      const reply = page.getByRole("region", { name: "Replies" }).getByRole("button", { name: /Nadia Rossi/ });
      await expect(reply).toContainText("Interested", { timeout: 90_000 });
      await expect(page.getByRole("region", { name: "Conversation" })).toContainText("Can you do Tuesday at 3?");
      await expect(page.getByRole("complementary", { name: "Person" })).toContainText("Spring finance · replied");
    });
    const { items } = await (await live.rest("GET", "/replies")).json();
    expect(items).toHaveLength(1);
    await test.step("the link in the other mail: looking changes nothing, the button does", async () => {
      const other = servers.sent.find(({ to }) => to === "tom@tessar.example");
      const token = unsubscribeToken(other);
      const check = async () => (await live.rest("GET", "/suppressions/check?email=tom@tessar.example")).json();
      await page.goto(`${baseUrl()}/u/${token}`);
      await expect(page.getByRole("heading", { level: 1 })).toHaveText("Stop mails from Acme to tom@tessar.example?");
      expect(await axeFindings(page)).toEqual([]);
      await page.reload();
      expect((await check()).suppressionId).toBeNull();
      await page.getByRole("button", { name: "Stop the mails" }).click();
      await expect(page.getByRole("heading", { level: 1 })).toHaveText("Done. You will not hear from us.");
      expect(await check()).toMatchObject({ canMail: false });
    });
    await test.step("one click of a mail provider (RFC 8058): no cookie, no origin, twice", () => oneClick(live, unsubscribeToken(mail)));
  } finally {
    await servers.close();
  }
});

function unsubscribeToken(mail: SentMail | undefined): string {
  return /unsubscribe%20([\w.~-]+)/.exec(mail ? header(mail, "List-Unsubscribe") : "")?.[1] ?? "";
}

/** As a mail provider presses it for its reader: a bare request from somewhere else, the form in one piece or in parts. */
async function oneClick(live: E2eWorkspace, token: string): Promise<void> {
  const check = async () => (await live.rest("GET", "/suppressions/check?email=nadia@norvale.example")).json();
  const press = (body: BodyInit, path = token, headers: Record<string, string> = {}) =>
    fetch(`${baseUrl()}/u/${path}`, { method: "POST", body, headers, redirect: "manual" });
  const form = () => new URLSearchParams({ "List-Unsubscribe": "One-Click" });
  for (const method of ["GET", "HEAD", "GET"]) expect((await fetch(`${baseUrl()}/u/${token}`, { method })).status).toBe(200);
  expect((await check()).suppressionId).toBeNull();

  const wrong = await press(form(), `${token.slice(0, -4)}AAAA`);
  expect(wrong.status).toBe(404);
  expect(await wrong.text()).toContain("This link does not work");
  expect((await check()).suppressionId).toBeNull();

  const first = await press(form());
  expect([first.status, first.headers.get("set-cookie"), await first.text()]).toEqual([200, null, ""]);
  const stopped = await check();
  expect(stopped).toMatchObject({ canMail: false });

  const parts = new FormData();
  parts.set("List-Unsubscribe", "One-Click");
  expect((await press(parts)).status).toBe(200);
  expect((await press(form(), token, { origin: "https://mail.provider.example" })).status).toBe(200);
  expect((await check()).suppressionId).toBe(stopped.suppressionId);
}

async function describeOurselves(page: Page): Promise<void> {
  await page.goto(`${baseUrl()}/settings/offer`);
  await page.getByRole("button", { name: "Add offer" }).click();
  await page.getByLabel("Name", { exact: true }).fill("Acme Ledger");
  await page.getByLabel("What it is, in one sentence").fill("Month-end close software");
  await page.getByLabel("For whom").fill("Finance teams with several entities");
  await page.getByLabel("Topic, in two to four words").fill("month-end close");
  await page.getByLabel("What you ask for").fill("A 20-minute call");
  await page.getByLabel("Claim", { exact: true }).fill("A first entity is set up in two weeks");
  await page.getByLabel("Evidence", { exact: true }).fill("Average of 61 set-ups in 2025");
  await page.getByRole("button", { name: "Save offer" }).click();
  await expect(page.getByText("Saved Acme Ledger.")).toBeVisible();

  await page.goto(`${baseUrl()}/settings/workspace`);
  await page.getByLabel("Postal address").fill("Acme Lda, Rua Augusta 1, 1100-048 Lisboa");
  await page.getByRole("button", { name: "Save the workspace" }).click();
  await expect(page.getByText("Saved the workspace.")).toBeVisible();
}

async function connectMailbox(page: Page, smtpPort: number, imapPort: number): Promise<void> {
  await page.goto(`${baseUrl()}/mailboxes`);
  await page.getByRole("button", { name: "Connect mailbox" }).click();
  const sheet = page.getByRole("dialog", { name: "Connect mailbox" });
  await sheet.getByLabel("E-mail").fill(BOX);
  await sheet.getByRole("button", { name: "Find its servers" }).click();
  await sheet.getByLabel("Name that recipients see").fill("Ines Prado");
  await sheet.getByLabel("Password", { exact: true }).fill(PASSWORD);
  for (const [title, port] of [
    ["Sending (SMTP)", smtpPort],
    ["Reading (IMAP)", imapPort],
  ] as const) {
    const server = sheet.getByRole("group", { name: title });
    await server.getByLabel("Server").fill("127.0.0.1");
    await server.getByLabel("Port").fill(String(port));
    await server.getByLabel("User name").fill(BOX);
    await server.getByLabel("Encryption").click();
    await page.getByRole("option", { name: "None" }).click();
    await expect(page.getByRole("listbox")).toHaveCount(0);
  }
  await sheet.getByRole("button", { name: "Connect and prove" }).click();
  const proof = sheet.getByRole("list", { name: "What was proven" }).getByRole("listitem");
  await expect(proof.filter({ hasText: "Done:" })).toHaveCount(4, { timeout: 60_000 });
  await expect(sheet).toContainText(`${BOX} sends and reads.`);
  await sheet.getByRole("button", { name: "Done", exact: true }).click();

  // At any hour of any day, so that the test need not wait for a working day.
  await page.getByRole("row", { name: new RegExp(BOX) }).click();
  await page.getByRole("button", { name: "Edit pace and hours" }).click();
  const edit = page.getByRole("dialog", { name: BOX });
  await edit.getByLabel("Shortest gap, min").fill("0");
  await edit.getByLabel("Longest gap, min").fill("0");
  await atAnyHour(edit);
  await edit.getByRole("button", { name: "Save mailbox" }).click();
  await expect(page.getByText(`Saved ${BOX}.`)).toBeVisible();
}

async function atAnyHour(form: Locator): Promise<void> {
  for (const day of ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]) {
    const chip = form.getByRole("button", { name: day, exact: true });
    if ((await chip.getAttribute("aria-pressed")) !== "true") await chip.click();
  }
  await form.getByLabel("From", { exact: true }).fill("00:00");
  await form.getByLabel("To", { exact: true }).fill("23:59");
}

async function importList(page: Page): Promise<void> {
  await page.goto(`${baseUrl()}/leads`);
  await page.getByRole("link", { name: "Import", exact: true }).first().click();
  await page.getByLabel(/Drop a CSV file here/).setInputFiles({ name: "spring.csv", mimeType: "text/csv", buffer: Buffer.from(LIST) });
  await expect(page.getByText("spring.csv, 3 rows, semicolons, UTF-8")).toBeVisible({ timeout: 20_000 });
  const becomes = (heading: string) => page.getByRole("combobox", { name: `What “${heading}” becomes` });
  await expect(becomes("Azienda")).toHaveValue("Company");
  await expect(page.getByText("row has an error")).toBeVisible();
  await page.getByRole("button", { name: "Import 2 people" }).click();
  await expect(page.getByRole("link", { name: "2 imported" })).toBeVisible({ timeout: 20_000 });
  await page.getByRole("button", { name: "See the rows" }).click();
  await expect(page.getByText("“broken at broken” is not an e-mail address.")).toBeVisible();
}

async function makeCampaign(page: Page): Promise<void> {
  await page.goto(`${baseUrl()}/campaigns/new`);
  await page.getByLabel("Name").fill("Spring finance");
  await page.getByRole("radio", { name: /First touch/ }).check();
  await page.getByRole("button", { name: "Create campaign" }).click();
  await page.getByRole("button", { name: "Add people" }).first().click();
  const sheet = page.getByRole("dialog", { name: "Add people" });
  await sheet.getByLabel("Who").fill("All free");
  await page.getByRole("option", { name: "All free people" }).click();
  await sheet.getByRole("button", { name: "Add 2 people" }).click();
  await expect(page.getByText("Added 2 people to Spring finance.")).toBeVisible();

  await page.getByRole("link", { name: "Rules" }).click();
  await page.getByRole("checkbox", { name: "Not on public holidays of their country" }).uncheck();
  await atAnyHour(page.getByRole("main"));
  await page.getByRole("button", { name: "Save rules" }).click();
  await expect(page.getByText("Saved the rules.")).toBeVisible();
}

async function approveDrafts(page: Page): Promise<void> {
  await page.goto(`${baseUrl()}/campaigns/drafts`);
  const { promise: mayCome, resolve: letCome } = Promise.withResolvers<void>();
  await page.route(/drafts\.sample/, async (route) => {
    await mayCome;
    await route.continue();
  });
  await page.getByRole("button", { name: "Approve 2 that pass…" }).click({ timeout: 30_000 });
  const dialog = page.getByRole("dialog");
  // Before the drafts are there, a press reads and approves nothing.
  const next = dialog.getByRole("button", { name: "Next", exact: true });
  await expect(next).toHaveAttribute("aria-disabled", "true");
  await next.dispatchEvent("click");
  letCome();
  await expect(dialog).toContainText("month-end close software");
  await expect(dialog).toContainText(/import spring\.csv, row \d/);
  await dialog.getByRole("button", { name: "Next: 2 of 2" }).click();
  await dialog.getByRole("button", { name: "Done reading" }).click();
  await dialog.getByRole("button", { name: "Approve 2 mails" }).click();
  await expect(page.getByText("No drafts wait.")).toBeVisible();
}
