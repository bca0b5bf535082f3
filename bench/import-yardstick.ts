import { createReadStream } from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import pg from "pg";
import { from } from "pg-copy-streams";

/** The rows of one import as a plain COPY writes them: the same three tables, the same indexes and foreign keys, one transaction each. */
const [url = "", folder = ""] = process.argv.slice(2);
const client = new pg.Client({ connectionString: url });
await client.connect();
const started = performance.now();
for (const table of ["accounts", "leads", "observations"]) {
  await pipeline(createReadStream(join(folder, table)), client.query(from(`copy ${table} from stdin`)));
}
const tookMs = performance.now() - started;
await client.end();
process.send?.({ tookMs, rssMb: Math.round(process.resourceUsage().maxRSS / 1024) });
