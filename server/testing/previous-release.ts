import { readdirSync } from "node:fs";
import { join } from "node:path";

/** The release before: its schema, by name. A new release moves this line and nothing else. */
const LAST_OF_PREVIOUS = "20260301000900_sandbox";

export const allMigrations: readonly string[] = readdirSync(join(process.cwd(), "prisma/migrations")).sort();
export const previousMigrations = allMigrations.filter((name) => name <= LAST_OF_PREVIOUS);
