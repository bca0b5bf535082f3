import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { createMailparserMailParser } from "#server/providers/mail-parser/mailparser.ts";
import { readMail } from "#server/replies/domain/read-mail.ts";
import { readLabels } from "./inbound-labels.ts";

// How well mail is read that no person wrote: its class (the file name's prefix is the truth), who bounced, and whether for good.
// accuracy: mails whose class is right. With labels beside the mails (inbound-labels.ts says in which forms): recipient is the share of
// labelled bounces whose every recipient was found, hardSoft the share of those whose hardness is right. Without labels both are null:
// nothing is measured against our own reading.
const CLASSES: Record<string, string> = {
  arf: "complaint",
  rfc3834: "automatic",
  lhost: "bounce",
  rhost: "bounce",
  rfc3464: "bounce",
  rb: "bounce",
};
const { positionals, values } = parseArgs({
  args: process.argv.slice(2).filter((arg) => arg !== "--"),
  options: { json: { type: "boolean" }, verbose: { type: "boolean" } },
  allowPositionals: true,
});
const folder = positionals[0];
if (!folder || !existsSync(folder) || !statSync(folder).isDirectory())
  fail("Usage: eval inbound-mail <folder of .eml files> [--json] [--verbose]");
const files = readdirSync(folder)
  .filter((name) => name.endsWith(".eml") && classOf(name) !== undefined)
  .sort();
if (files.length === 0) fail(`${folder} holds no .eml file named for its class (${Object.keys(CLASSES).join(", ")}).`);

const labels = readLabels(folder);
const parser = createMailparserMailParser();
const right = { class: 0, recipient: 0, hard: 0 };
let [labelled, found] = [0, 0];
for (const name of files) {
  const read = readMail(await parser.parse(readFileSync(join(folder, name))), new Set());
  if (read.kind === classOf(name)) right.class++;
  else miss(name, `class ${read.kind}, not ${classOf(name)}`);
  const truth = labels?.get(name)?.recipients;
  if (!truth || truth.size === 0) continue;
  labelled++;
  const got = new Map(read.kind === "bounce" ? read.bounce.recipients.map((one) => [one.address, one.hardness]) : []);
  if ([...truth.keys()].every((address) => got.has(address))) right.recipient++;
  else miss(name, `recipient ${[...got.keys()].join(", ") || "none"}, not ${[...truth.keys()].join(", ")}`);
  for (const [address, hardness] of truth) {
    const said = got.get(address);
    if (!said || !hardness) continue;
    found++;
    if (said === hardness) right.hard++;
    else miss(name, `${said}, not ${hardness}`);
  }
}
const result = {
  cases: files.length,
  accuracy: share(right.class, files.length),
  recipient: labelled === 0 ? null : share(right.recipient, labelled),
  hardSoft: found === 0 ? null : share(right.hard, found),
};
console.log(
  values.json
    ? JSON.stringify(result)
    : `${result.cases} mails: class right ${percent(result.accuracy)}, recipient ${percent(result.recipient)}, hard against soft ${percent(result.hardSoft)}`,
);

function classOf(name: string): string | undefined {
  return CLASSES[name.split("-")[0] ?? ""];
}
function share(part: number, whole: number): number {
  return whole === 0 ? 0 : Math.round((part / whole) * 10_000) / 10_000;
}
function percent(value: number | null): string {
  return value === null ? "not labelled" : `${(value * 100).toFixed(1)} %`;
}
function miss(name: string, what: string): void {
  if (values.verbose) console.error(`${name}: ${what}`);
}
function fail(sentence: string): never {
  console.error(sentence);
  process.exit(2);
}
