import { createHash, createHmac, hkdfSync, pbkdf2Sync, randomBytes } from "node:crypto";
import pg from "pg";
import { AppError } from "./errors.ts";

const LOGIN = "leadwright_login";
const ROLES = ["app_role", "viewer_role", "identity_role", "sweeper_role", "loader_role", "engine_role", "operator_role"] as const;
/** The owner hands the queue's schema to this role, and must be a member. Of no other: policies for viewer_role would hold for it too. */
const OWNED_BY_OWNER = "engine_role";
const ROLES_LOCK = 7_346_022;

type Standing = {
  user: string;
  database: string;
  ownsDatabase: boolean;
  /** roles that exist */
  present: string[];
  /** of those, the ones that the login may take */
  taken: string[];
  /** of those, the ones that the owner may hand on */
  handed: string[];
};

/**
 * Makes sure that the roles and the unprivileged login exist. What exists already is left as it is, so that a user without
 * CREATEROLE can start once an administrator ran the printed SQL.
 * @returns the login's name: another one where somebody else's instance in this cluster has the usual name.
 */
export async function ensureRoles(client: pg.Client, options: { ownerUrl: string; loginPassword: string }): Promise<string> {
  const login = await chooseLogin(client, options);
  // Roles belong to the cluster: two databases of one cluster may ask at once.
  await client.query("begin");
  await client.query("select pg_advisory_xact_lock($1)", [ROLES_LOCK]);
  const standing = await readStanding(client, login);
  const { own, byAnother } = missingStatements(standing, login, options.loginPassword);
  try {
    for (const statement of own) await client.query(statement);
    await client.query("commit");
  } catch (cause) {
    await client.query("rollback");
    if ((cause as { code?: unknown }).code !== "42501") throw cause;
    throw new AppError(
      "INVALID_STATE",
      `The database user ${standing.user} may not do all that Leadwright needs once. Run this as an administrator of the server, then start again:\n\n${byAnother.map((line) => `${line};`).join("\n")}\n`,
      { cause },
    );
  }
  const database = client.escapeIdentifier(standing.database);
  await client.query(`GRANT CONNECT ON DATABASE ${database} TO ${login}`);
  await client.query("REVOKE CREATE ON SCHEMA public FROM PUBLIC");
  await client.query(`GRANT USAGE ON SCHEMA public TO ${[...ROLES, login].join(", ")}`);
  return login;
}

/** The login's password follows from the secret, so that nobody has to keep a second one. */
export function loginPasswordOf(secret: string): string {
  return Buffer.from(hkdfSync("sha256", secret, "leadwright", "database-login", 24)).toString("hex");
}

export function asLogin(ownerUrl: string, login: string, password: string): string {
  const url = new URL(ownerUrl);
  url.username = login;
  url.password = password;
  return url.toString();
}

async function chooseLogin(client: pg.Client, options: { ownerUrl: string; loginPassword: string }): Promise<string> {
  const { rowCount } = await client.query("select from pg_roles where rolname = $1", [LOGIN]);
  if (!rowCount || (await canLogIn(asLogin(options.ownerUrl, LOGIN, options.loginPassword)))) return LOGIN;
  return `${LOGIN}_${createHash("sha256").update(options.loginPassword).digest("hex").slice(0, 8)}`;
}

async function canLogIn(connectionString: string): Promise<boolean> {
  const attempt = new pg.Client({ connectionString, connectionTimeoutMillis: 5_000 });
  attempt.on("error", () => {});
  try {
    await attempt.connect();
    return true;
  } catch (error) {
    // Any refusal but a wrong password is not the password's fault.
    return (error as { code?: unknown }).code !== "28P01";
  } finally {
    await attempt.end().catch(() => undefined);
  }
}

async function readStanding(client: pg.Client, login: string): Promise<Standing> {
  const { rows } = await client.query<Standing>(
    `select current_user as "user", current_database() as database,
       (select pg_has_role(datdba, 'usage') from pg_database where datname = current_database()) as "ownsDatabase",
       array(select rolname::text from pg_roles where rolname = any($1)) as present,
       array(select r.rolname::text from pg_auth_members m join pg_roles r on r.oid = m.roleid join pg_roles l on l.oid = m.member where l.rolname = $2) as taken,
       array(select rolname::text from pg_roles where rolname = any($1) and
               ((select rolsuper from pg_roles where rolname = current_user) or
                (select rolcreaterole from pg_roles where rolname = current_user) and current_setting('server_version_num')::int < 160000
                or pg_has_role(oid, 'usage with admin option'))) as handed`,
    [[...ROLES, login], login],
  );
  const [standing] = rows;
  if (!standing) throw new AppError("INVALID_STATE", "The database did not say who is asking.");
  return standing;
}

/** A role that the owner makes is the owner's to hand on; one that another made must be given to it. */
function missingStatements(standing: Standing, login: string, loginPassword: string): { own: string[]; byAnother: string[] } {
  const { present, taken, handed } = standing;
  const missing = ROLES.filter((role) => !present.includes(role));
  const owner = pg.escapeIdentifier(standing.user);
  const ungranted = ROLES.filter((role) => !taken.includes(role));
  const isHanded = handed.includes(OWNED_BY_OWNER);
  const own = [
    ...missing.map((role) => `CREATE ROLE ${role} NOLOGIN`),
    // Whoever may not see everything has app_role's rights and the restrictive policies on top.
    ...(missing.includes("viewer_role") ? ["GRANT app_role TO viewer_role"] : []),
    ...(present.includes(login) ? [] : [`CREATE ROLE ${login} LOGIN NOINHERIT PASSWORD '${scramVerifier(loginPassword)}'`]),
    ...(ungranted.length > 0 ? [`GRANT ${ungranted.join(", ")} TO ${login}`] : []),
  ];
  const given = [`GRANT ${OWNED_BY_OWNER} TO ${owner} WITH ADMIN OPTION`];
  const database = standing.ownsDatabase ? [] : [`ALTER DATABASE ${pg.escapeIdentifier(standing.database)} OWNER TO ${owner}`];
  const isMade = missing.includes(OWNED_BY_OWNER);
  return { own: [...own, ...(isHanded || isMade ? [] : given), ...database], byAnother: [...own, ...(isHanded ? [] : given), ...database] };
}

/** What Postgres stores of a password: it proves the password and cannot be used in its place, so it may be printed. */
function scramVerifier(password: string): string {
  const [salt, iterations] = [randomBytes(16), 4_096];
  const salted = pbkdf2Sync(password, salt, iterations, 32, "sha256");
  const keyed = (text: string) => createHmac("sha256", salted).update(text).digest();
  const stored = createHash("sha256").update(keyed("Client Key")).digest("base64");
  return `SCRAM-SHA-256$${iterations}:${salt.toString("base64")}$${stored}:${keyed("Server Key").toString("base64")}`;
}
