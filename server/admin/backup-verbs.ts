import { readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { restoreBackup } from "#server/backup/commands/restore-backup.ts";
import { writeBackup } from "#server/backup/commands/write-backup.ts";
import { env } from "#server/core/env.ts";
import { AppError } from "#server/core/errors.ts";
import { loginPasswordOf } from "#server/core/roles.ts";
import { requireSecret } from "#server/core/secret.ts";
import { services } from "#server/services.ts";

type Options = Record<string, string | boolean | undefined>;
const text = { type: "string" } as const;

/** Both need the owner of the database, whom only bin/lib/instance.mjs knows: the product's own login sees nothing as a whole. */
export const backupVerbs = {
  backup: {
    options: { to: text },
    required: [],
    async run(options: Options) {
      const now = new Date();
      const file = resolve(
        typeof options.to === "string" ? options.to : `leadwright-${now.toISOString().slice(0, 16).replace(/[:T]/g, "")}.backup`,
      );
      const told = await writeBackup({
        ownerUrl: ownerUrl(),
        secret: requireSecret(),
        lasting: lastingSecret(),
        blobs: services.blobs,
        file,
        now,
      });
      return {
        ...told,
        keep: "The backup holds no key. Keep APP_SECRET (the file `secret` in the data folder) apart from it: without it nobody can restore.",
      };
    },
  },
  restore: {
    options: { from: text },
    required: ["from"],
    needsEmptyDatabase: true,
    async run(options: Options) {
      const secret = requireSecret();
      const migrations = readdirSync(join(process.cwd(), "prisma/migrations"));
      const told = await restoreBackup({
        ownerUrl: ownerUrl(),
        loginPassword: loginPasswordOf(secret),
        secret,
        lasting: lastingSecret(),
        blobs: services.blobs,
        file: resolve(String(options.from)),
        migrations,
      });
      return { ...told, applied: told.applied.length };
    },
  },
};

function lastingSecret(): string {
  return env.SUPPRESSION_SECRET ?? requireSecret();
}

function ownerUrl(): string {
  if (!env.MIGRATION_DATABASE_URL) throw new AppError("INVALID_STATE", "Run this as: npm run admin -- backup (or restore).");
  return env.MIGRATION_DATABASE_URL;
}
