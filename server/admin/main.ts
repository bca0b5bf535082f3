import { parseArgs } from "node:util";
import { closeDatabase, inIdentity } from "#server/core/db.ts";
import { AppError } from "#server/core/errors.ts";
import { verbs } from "./verbs.ts";

const usage = `Usage: npm run admin -- <verb> [options] [--json]
  create-workspace --name NAME --owner-email ADDRESS --owner-password PASSWORD [--sandbox] [--key-scopes '*']
  create-api-key   --workspace SLUG-OR-ID --name NAME --scopes 'leads:read,leads:write' | '*'
  reset-password   --email ADDRESS [--password PASSWORD | --link]
  reset-second-step --email ADDRESS
  backup           [--to FILE]
  restore          --from FILE      into an instance that holds nothing yet
  verify-audit     [--workspace SLUG-OR-ID]
  rotate-keys      (a new APP_SECRET; nothing else may run meanwhile; with APP_SECRET set, give NEW_APP_SECRET)`;

/** Exit codes: 0 done, 1 failed, 2 wrong arguments. */
async function main(words: string[]): Promise<number> {
  const [name = "", ...rest] = words;
  const verb = Object.hasOwn(verbs, name) ? verbs[name] : undefined;
  if (!verb) return refuse(name === "" ? usage : `There is no verb "${name}".\n${usage}`);
  let options: Record<string, string | boolean | undefined>;
  try {
    options = parseArgs({ args: rest, options: { ...verb.options, json: { type: "boolean" } }, strict: true }).values;
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error));
  }
  const missing = verb.required.filter((option) => !options[option]);
  if (missing.length > 0) return refuse(`${name} needs ${missing.map((option) => `--${option}`).join(", ")}.`);
  try {
    if (!verb.needsEmptyDatabase) await inIdentity((tx) => tx.$queryRaw`select 1`);
    const result = await verb.run(options);
    console.log(
      options.json
        ? JSON.stringify(result)
        : Object.entries(result)
            .map(([key, value]) => `${key}: ${typeof value === "object" ? JSON.stringify(value, null, 2) : String(value)}`)
            .join("\n"),
    );
    return result.failed === true ? 1 : 0;
  } catch (error) {
    if (error instanceof AppError && error.code === "INVALID_INPUT") return refuse(error.message);
    console.error(error instanceof AppError ? error.message : error);
    return 1;
  } finally {
    await closeDatabase();
  }
}

function refuse(sentence: string): number {
  console.error(sentence);
  return 2;
}

process.exitCode = await main(process.argv.slice(2).filter((word) => word !== "--"));
