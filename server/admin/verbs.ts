import { randomBytes } from "node:crypto";
import { join } from "node:path";
import * as z from "zod";
import { createApiKey } from "#server/api-keys/commands.ts";
import type { createApiKeyInput } from "#server/api-keys/schema.ts";
import { verifyAudit } from "#server/audit/queries/verify-audit.ts";
import { permissions } from "#server/auth/constants.ts";
import { hashPassword } from "#server/auth/password.ts";
import { makeResetLink, resetLink } from "#server/auth/reset-password.ts";
import { emailInput, passwordInput } from "#server/auth/schema.ts";
import { forgetSecondStep } from "#server/auth/second-step.ts";
import { inIdentity, inWorkspace } from "#server/core/db.ts";
import { env } from "#server/core/env.ts";
import { AppError } from "#server/core/errors.ts";
import { newId } from "#server/core/ids.ts";
import { provenWorkspace, type WorkspaceId } from "#server/core/tenancy.ts";
import { createSandbox } from "#server/sandbox/commands/create-sandbox.ts";
import { blobsSealedWith } from "#server/services.ts";
import { createWorkspace } from "#server/workspaces/commands/create-workspace.ts";
import { backupVerbs } from "./backup-verbs.ts";
import { rotateKeys } from "./rotate-keys.ts";

type Options = Record<string, string | boolean | undefined>;
type Verb = {
  options: Record<string, { type: "string" | "boolean" }>;
  required: string[];
  /** restore: there is no database to ask yet */
  needsEmptyDatabase?: boolean;
  run: (options: Options) => Promise<Record<string, unknown>>;
};
const text = { type: "string" } as const;

export const verbs: Record<string, Verb> = {
  ...backupVerbs,
  "create-workspace": {
    options: { name: text, "owner-email": text, "owner-password": text, sandbox: { type: "boolean" }, "key-scopes": text },
    required: ["name", "owner-email", "owner-password"],
    async run(options) {
      const scopes = options["key-scopes"] === undefined ? null : readScopes(String(options["key-scopes"]));
      const ownerId = await findOrCreateUser(String(options["owner-email"]), String(options["owner-password"]));
      const input = { name: String(options.name), timeZone: "Europe/Lisbon", ownerId };
      const made = options.sandbox ? await createSandbox(input) : await createWorkspace(input);
      const key = scopes && (await makeKey({ id: provenWorkspace(made.id), ownerId }, "scripts", scopes)).key;
      return { id: made.id, slug: made.slug, ownerId, ...(key && { key }) };
    },
  },
  "create-api-key": {
    options: { workspace: text, name: text, scopes: text },
    required: ["workspace", "name", "scopes"],
    async run(options) {
      const scopes = readScopes(String(options.scopes));
      return makeKey(await findWorkspace(String(options.workspace)), String(options.name), scopes);
    },
  },
  "reset-password": {
    options: { email: text, password: text, link: { type: "boolean" } },
    required: ["email"],
    async run(options) {
      const email = parse(emailInput, options.email);
      if (options.link) {
        const { token } = await makeResetLink({ userId: await findUser(email), madeById: null });
        return { email, link: resetLink(env.APP_URL ?? `http://localhost:${env.PORT}`, token) };
      }
      const password = options.password ? parse(passwordInput, options.password) : randomBytes(12).toString("base64url");
      const passwordHash = await hashPassword(password);
      const { count } = await inIdentity((tx) =>
        tx.user.updateMany({ where: { email }, data: { passwordHash, sessionVersion: { increment: 1 } } }),
      );
      if (count === 0) throw new AppError("NOT_FOUND", `Nobody signs in as ${email}.`);
      return { email, password };
    },
  },
  "verify-audit": {
    options: { workspace: text },
    required: [],
    async run(options) {
      const workspaces = options.workspace ? [await findWorkspace(String(options.workspace))] : await everyWorkspace();
      const checked = [];
      for (const { id, slug } of workspaces) checked.push({ workspace: slug, ...(await verifyAudit(id)) });
      const isWhole = checked.every(({ bad }) => bad === null);
      return { isWhole, workspaces: checked, ...(!isWhole && { failed: true }) };
    },
  },
  "rotate-keys": {
    options: {},
    required: [],
    async run() {
      const { APP_SECRET: old, NEW_APP_SECRET: next, SUPPRESSION_SECRET: lasting } = env;
      if (!old || !next) throw new AppError("INVALID_INPUT", "NEW_APP_SECRET is not set. Run it as npm run admin -- rotate-keys.");
      const say = (sentence: string) => void process.stderr.write(`${sentence}\n`);
      return rotateKeys({ old, next, lasting: lasting ?? old }, { folder: join(env.DATA_DIR, "blobs"), blobsWith: blobsSealedWith, say });
    },
  },
  "reset-second-step": {
    options: { email: text },
    required: ["email"],
    async run(options) {
      const email = parse(emailInput, options.email);
      const userId = await findUser(email);
      await inIdentity((tx) => forgetSecondStep(tx, userId));
      return { email };
    },
  },
};

type Scopes = z.output<typeof createApiKeyInput>["scopes"];

function readScopes(words: string): Scopes {
  const scopes = words.split(",").map((scope) => scope.trim());
  const unknown = scopes.filter((scope) => scope !== "*" && !permissions.some((known) => known === scope));
  if (unknown.length > 0)
    throw new AppError("INVALID_INPUT", `There is no scope ${unknown.join(", ")}. Scopes: ${permissions.join(", ")}, or *.`);
  return scopes as Scopes;
}

function makeKey(workspace: { id: WorkspaceId; ownerId: string }, name: string, scopes: Scopes) {
  return inWorkspace(workspace.id, (tx) =>
    createApiKey(tx, { name, scopes, validDays: null, actorId: workspace.ownerId, realNow: new Date() }),
  );
}

async function findUser(email: string): Promise<string> {
  const user = await inIdentity((tx) => tx.user.findUnique({ where: { email }, select: { id: true } }));
  if (!user) throw new AppError("NOT_FOUND", `Nobody signs in as ${email}.`);
  return user.id;
}

async function findOrCreateUser(address: string, password: string): Promise<string> {
  const email = parse(emailInput, address);
  const passwordHash = await hashPassword(parse(passwordInput, password));
  return inIdentity(async (tx) => {
    const known = await tx.user.findUnique({ where: { email } });
    if (known) return known.id;
    const id = newId();
    const fullName = email
      .slice(0, email.indexOf("@"))
      .split(/[._-]/)
      .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
      .join(" ");
    const isFirst = (await tx.user.count()) === 0;
    await tx.user.create({ data: { id, email, fullName, passwordHash, isOperator: isFirst } });
    if (isFirst)
      await tx.instance.updateMany({
        where: { id: 1, claimedAt: null },
        data: { claimedAt: new Date(), claimedById: id, claimTokenHash: null },
      });
    return id;
  });
}

async function findWorkspace(name: string) {
  return inIdentity(async (tx) => {
    const workspace = await tx.workspace.findFirst({ where: z.uuid().safeParse(name).success ? { id: name } : { slug: name } });
    const owner = workspace && (await tx.member.findFirst({ where: { workspaceId: workspace.id, role: "owner", removedAt: null } }));
    if (!workspace || !owner) throw new AppError("NOT_FOUND", `There is no workspace ${name}.`);
    return { id: provenWorkspace(workspace.id), slug: workspace.slug, ownerId: owner.userId };
  });
}

async function everyWorkspace() {
  const rows = await inIdentity((tx) => tx.workspace.findMany({ select: { id: true, slug: true }, orderBy: { createdAt: "asc" } }));
  return rows.map(({ id, slug }) => ({ id: provenWorkspace(id), slug }));
}

function parse<T extends z.ZodType>(shape: T, value: unknown): z.output<T> {
  const parsed = shape.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new AppError("INVALID_INPUT", parsed.error.issues[0]?.message ?? "This value is not valid.");
}
