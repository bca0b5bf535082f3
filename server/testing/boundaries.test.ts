import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { cruise, type ICruiseResult } from "dependency-cruiser";
import { afterAll, expect, it } from "vitest";
import config from "../../.dependency-cruiser.mjs";

/** For each rule a break of it: path → content. The first file is the culprit. */
const PLANTED: Record<string, Record<string, string>> = {
  "no-cycles": {
    "server/leads/queries.ts": 'import { b } from "../deals/queries.ts"; export const a = b;',
    "server/deals/queries.ts": 'import { a } from "../leads/queries.ts"; export const b = a;',
  },
  "domain-is-pure": { "server/leads/domain/score.ts": 'import { readFileSync } from "node:fs"; export const x = readFileSync;' },
  "schema-is-isomorphic": {
    "server/leads/schema.ts": 'import { q } from "./queries.ts"; export const x = q;',
    "server/leads/queries.ts": "export const q = 1;",
  },
  "core-knows-nobody": {
    "server/core/clock.ts": 'import { q } from "../leads/queries.ts"; export const x = q;',
    "server/leads/queries.ts": "export const q = 1;",
  },
  "server-never-imports-the-ui": {
    "server/leads/queries.ts": 'import { B } from "../../components/ui/button.tsx"; export const x = B;',
    "components/ui/button.tsx": "export const B = 1;",
  },
  "components-see-only-schemas-and-types": {
    "components/leads/list.tsx": 'import { q } from "../../server/leads/queries.ts"; export const x = q;',
    "server/leads/queries.ts": "export const q = 1;",
  },
  "components-never-import-app": {
    "components/leads/list.tsx": 'import { p } from "../../app/page.tsx"; export const x = p;',
    "app/page.tsx": "export const p = 1;",
  },
  "ui-kit-is-product-agnostic": {
    "components/ui/button.tsx": 'import { s } from "../../server/leads/schema.ts"; export const x = s;',
    "server/leads/schema.ts": "export const s = 1;",
  },
  "prisma-only-in-queries-and-commands": {
    "server/leads/jobs.ts": 'import { P } from "../generated/prisma/client.ts"; export const x = P;',
    "server/generated/prisma/client.ts": "export const P = 1;",
  },
  "connections-only-in-db": { "server/leads/queries.ts": 'import pg from "pg"; export const x = pg;' },
  "adapters-only-from-the-composition-root": {
    "server/leads/commands.ts": 'import { f } from "../providers/blob-store/folder.ts"; export const x = f;',
    "server/providers/blob-store/folder.ts": "export const f = 1;",
  },
  "vendor-sdks-only-in-adapters": { "server/leads/commands.ts": 'import mail from "nodemailer"; export const x = mail;' },
  "nouns-meet-at-their-surface": {
    "server/leads/commands.ts": 'import { r } from "../deals/router.ts"; export const x = r;',
    "server/deals/router.ts": "export const r = 1;",
  },
  "app-reads-through-trpc": {
    "app/leads/page.tsx": 'import { q } from "../../server/leads/queries.ts"; export const x = q;',
    "server/leads/queries.ts": "export const q = 1;",
  },
  "one-way-to-send": {
    "server/replies/commands.ts": 'import { p } from "../providers/mail-transport/port.ts"; export const x = p;',
    "server/providers/mail-transport/port.ts": "export const p = 1;",
  },
  "no-test-code-in-product-code": {
    "server/leads/commands.ts": 'import { t } from "../testing/workspace.ts"; export const x = t;',
    "server/testing/workspace.ts": "export const t = 1;",
  },
  "no-undeclared-package": { "server/leads/commands.ts": 'import x from "not-in-package-json"; export const y = x;' },
};

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

async function brokenRules(files: Record<string, string>): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), "boundaries-"));
  folders.push(folder);
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  writeFileSync(
    join(folder, "package.json"),
    JSON.stringify({ name: "planted", type: "module", dependencies: { pg: "*", nodemailer: "*" } }),
  );
  symlinkSync(join(process.cwd(), "node_modules"), join(folder, "node_modules"));
  const { tsConfig: _, ...options } = config.options ?? {};
  const result = await cruise(
    ["server", "components", "app"].filter((root) => Object.keys(files).some((path) => path.startsWith(`${root}/`))),
    {
      ...options,
      baseDir: folder,
      ruleSet: { forbidden: config.forbidden ?? [] },
      validate: true,
    },
  );
  return (result.output as ICruiseResult).summary.violations.map((violation) => violation.rule.name);
}

it.each(Object.entries(PLANTED))("%s fires on a planted break", async (rule, files) => {
  expect(await brokenRules(files)).toContain(rule);
});

it("has a planted break for every rule", () => {
  expect(Object.keys(PLANTED).sort()).toEqual((config.forbidden ?? []).map((rule) => rule.name).sort());
});
