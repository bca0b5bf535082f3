import { randomUUID } from "node:crypto";
import { availableParallelism } from "node:os";
import { readOptions, startBench } from "./setup.ts";

// A month of a pretend workspace: 500 people in First touch, five mailboxes, time passing through the same handlers and jobs as a live
// one. The yardstick is the promise: 30 days in 60 seconds, on a database that keeps every commit.
const { rows: PEOPLE, days: DAYS, json } = readOptions("sandbox", { rows: 500, days: 30 });
const PROMISED_S = 60;

const { end } = await startBench({ LOG_LEVEL: "error" });
const { inIdentity, inWorkspace, setProcessKind } = await import("#server/core/db.ts");
setProcessKind("worker");
const { services } = await import("#server/services.ts");
await import("#server/jobs/registry.ts");
const { createSandbox } = await import("#server/sandbox/commands/create-sandbox.ts");
const { prepareStart } = await import("#server/sandbox/commands/prepare-start.ts");
const { runSandbox } = await import("#server/sandbox/commands/run-sandbox.ts");
const { countStory } = await import("#server/sandbox/queries/count-story.ts");
const { createLead } = await import("#server/leads/commands/create-lead.ts");
const { cast } = await import("#server/sandbox/domain/cast.ts");

const ownerId = randomUUID();
await inIdentity((tx) => tx.user.create({ data: { id: ownerId, email: "ines@acme.example", fullName: "Ines Prado" } }));
const { id } = await createSandbox({ ownerId, name: "Acme", timeZone: "Europe/Lisbon" });
const TITLES = ["CFO", "Controller", "Head of Finance", "Finance Director", "Accountant"];
const COUNTRIES = ["IT", "DE", "FR", "PT", "GB", "ES", "NL", "SE"];
// prepareStart adds the cast to whoever is here.
const invented = Math.max(0, PEOPLE - cast.length);
for (let from = 0; from < invented; from += 50) {
  await inWorkspace(id, async (tx) => {
    for (let n = from; n < Math.min(from + 50, invented); n++) {
      const domain = `company-${n % Math.ceil(PEOPLE / 2)}.example`;
      const word = n.toString(26).replace(/\d/g, (digit) => "qrstuvwxyz"[Number(digit)] ?? "q");
      await createLead(tx, {
        fullName: `Anna ${word}`,
        email: `p${n}@${domain}`,
        title: TITLES[n % TITLES.length] ?? "CFO",
        company: `Company ${word}`,
        companyDomain: domain,
        country: COUNTRIES[n % COUNTRIES.length] ?? "IT",
        ownerId,
        source: "bench",
      });
    }
  });
}
// Enough mailboxes that everybody gets all three mails within the month.
await inWorkspace(id, async (tx) => {
  const first = await tx.mailbox.findFirstOrThrow({});
  for (let n = 2; n <= 5; n++) {
    await tx.mailbox.create({
      data: { ...first, id: randomUUID(), address: `ines${n}@acme-ledger.example`, smtp: undefined, imap: undefined, proof: [] } as never,
    });
  }
  const campaign = await tx.campaign.findFirstOrThrow({});
  await tx.campaign.update({ where: { id: campaign.id }, data: { rules: { ...(campaign.rules as object), sender: { mode: "pool" } } } });
});
await prepareStart(services, id, { byId: ownerId });

const began = performance.now();
const until = new Date(Date.parse("2026-03-02T09:00:00Z") + DAYS * 86_400_000);
const { isDone } = await runSandbox(services, id, { until, withColleague: true, progressId: null, budgetMs: 900_000 });
const seconds = (performance.now() - began) / 1_000;
const sums = await inWorkspace(id, countStory);
const rssMb = Math.round(process.memoryUsage.rss() / 1_048_576);
await end();

const figure = {
  name: "sandbox",
  rows: PEOPLE,
  ours: { seconds: Number(seconds.toFixed(1)), days: DAYS, isDone, ...sums },
  yardstick: { seconds: PROMISED_S },
  ratio: Number((PROMISED_S / seconds).toFixed(2)),
  unit: "seconds for the month, promised over needed",
  peakRssMb: rssMb,
  cores: availableParallelism(),
  fsync: "on",
  runs: 1,
};
console.log(json ? JSON.stringify(figure) : figure);
