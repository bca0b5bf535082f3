import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";

const sources = readdirSync("server", { recursive: true, encoding: "utf8" })
  .filter((path) => /\.ts$/.test(path) && !/\.test\.ts$/.test(path) && !/^(generated|testing)\//.test(path))
  .map((path) => ({ path: `server/${path}`, text: readFileSync(`server/${path}`, "utf8") }));

it("hands mails over from one place only", () => {
  const callers = sources
    .filter(({ text }) => /\b(transport|mailTransport|sandboxTransport)\s*\.\s*send\s*\(/i.test(text))
    .map(({ path }) => path);
  expect(callers).toEqual(["server/sending/commands/send-message.ts"]);
});

it("uses mail libraries in adapters only", () => {
  const users = sources.filter(({ text }) => /from "(nodemailer|imapflow)/.test(text)).map(({ path }) => path);
  expect(users.every((path) => path.startsWith("server/providers/"))).toBe(true);
});
