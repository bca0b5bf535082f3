import * as z from "zod";

const flag = z.enum(["0", "1"]).transform((value) => value === "1");

const shape = z.object({
  NODE_ENV: z.enum(["development", "test", "production"]).default("development"),
  PORT: z.coerce.number().int().min(1).max(65535).default(3000),
  DATA_DIR: z.string().default(".data"),
  /** Unset: the embedded Postgres under DATA_DIR. Set by the supervisor for its children (the unprivileged login). */
  DATABASE_URL: z.url().optional(),
  /** The owner's connection, for migrations only. The supervisor sets it; defaults to DATABASE_URL. */
  MIGRATION_DATABASE_URL: z.url().optional(),
  /** Public address. Until it is https on a public name proven reachable, real mails carry no web links of ours. */
  APP_URL: z.url().optional(),
  /** How many proxies of yours stand in front and write x-forwarded-for; 0: the header is not believed. */
  TRUSTED_PROXIES: z.coerce.number().int().min(0).max(10).default(0),
  APP_SECRET: z.string().min(32, "must have at least 32 characters").optional(),
  /** Only when APP_SECRET is changed: the APP_SECRET that this database was first used with. */
  SUPPRESSION_SECRET: z.string().min(32, "must have at least 32 characters").optional(),
  /** Sign-in with Google and Microsoft; each works when both of its values are set. */
  AUTH_GOOGLE_ID: z.string().min(1).optional(),
  AUTH_GOOGLE_SECRET: z.string().min(1).optional(),
  AUTH_MICROSOFT_ID: z.string().min(1).optional(),
  AUTH_MICROSOFT_SECRET: z.string().min(1).optional(),
  /** "organizations" takes work accounts of every organisation; a tenant's id takes that one alone. */
  AUTH_MICROSOFT_TENANT: z
    .string()
    .regex(/^(organizations|common|[0-9a-f-]{36})$/, "must be organizations, common or the id of a tenant")
    .default("organizations"),
  /** Mail of Leadwright itself, for "I forgot my password": smtps://user:password@host:465, and the address it comes from. */
  SYSTEM_MAIL_URL: z.url({ protocol: /^smtps?$/, error: "must begin with smtp:// or smtps://" }).optional(),
  SYSTEM_MAIL_FROM: z.email().optional(),
  /** For `admin rotate-keys` alone. */
  NEW_APP_SECRET: z.string().min(32, "must have at least 32 characters").optional(),
  OPENAI_API_KEY: z.string().min(1).optional(),
  OPENAI_BASE_URL: z.url().optional(),
  OPENAI_MODEL: z.string().default("gpt-5-mini"),
  INNGEST_EVENT_KEY: z.string().optional(),
  INNGEST_SIGNING_KEY: z.string().optional(),
  INNGEST_BASE_URL: z.url().optional(),
  /** Where the worker listens. The supervisor picks a free port; with an Inngest on another machine set all three. */
  WORKER_PORT: z.coerce.number().int().min(0).max(65535).default(0),
  WORKER_HOST: z.string().min(1).default("127.0.0.1"),
  /** The address at which an Inngest server calls the worker. Unset: loopback with INNGEST_BASE_URL, else APP_URL. */
  WORKER_URL: z.url().optional(),
  /** Set by the launcher for the web processes that it starts: how many connections one holds, and whether it names its statements. */
  PROCESS_KIND: z.enum(["web", "other"]).default("other"),
  LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "silent"]).default("info"),
  /** Test builds only: names a point at which the process kills itself. See server/core/fail-point.ts. */
  FAIL_POINT: z.string().optional(),
  /** Lets tests connect mailboxes on loopback without TLS. */
  ALLOW_LOOPBACK_MAIL: flag.default(false),
});

export type Env = z.output<typeof shape>;

/** The only place that reads process.env. An invalid value stops the boot with the variable's name. */
export const env: Env = readEnv(process.env);

export function readEnv(source: Record<string, string | undefined>): Env {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ""));
  const parsed = shape.safeParse(given);
  if (parsed.success) return parsed.data;
  const first = parsed.error.issues[0];
  throw new Error(`${String(first?.path[0] ?? "environment")}: ${first?.message ?? "is not valid"}. See .env.example.`);
}
