/**
 * What of a log line may be kept. A closed door, not a list of bad words: numbers, ids and tokens of closed sets pass; every other text does
 * not, because a database, a mail server or a parser quotes what it was given. An error is told by its kind, its codes, the names of tables
 * and columns, and the places in our code that it passed through.
 */
export type SafeValue = string | number | boolean | null | SafeValue[] | { [key: string]: SafeValue };

const REMOVED = "[removed]";
/** Fields whose text is a word of ours: names of functions, routes, outcomes. Everything that ends in Id may be an id. */
const WORDS = new Set([
  "kind",
  "method",
  "route",
  "procedure",
  "function",
  "outcome",
  "code",
  "engine",
  "signal",
  "level",
  "problem",
  "type",
  "severity",
  "table",
  "column",
  "constraint",
  "modelName",
  "target",
  "command",
  "syscall",
  "reason",
]);
const WORD = /^[A-Za-z0-9_/(.[*][\w.:,/{}[\]()* -]{0,119}$/;
const ID = /^[A-Za-z0-9][\w-]{0,79}$/;
/** Our API keys, and what only looks like a word because it is long and random. */
const SECRET = /^lw_|[A-Za-z0-9_-]{41,}/;
const MOST_ITEMS = 20;
const MOST_DEPTH = 4;

export function safeFields(fields: object, depth = 0): { [key: string]: SafeValue } {
  return Object.fromEntries(
    Object.entries(fields)
      .filter(([, value]) => value !== undefined)
      .map(([key, value]) => [key, safeValue(key, value, depth)]),
  );
}

function safeValue(key: string, value: unknown, depth: number): SafeValue {
  if (value === null || typeof value === "number" || typeof value === "boolean") return value;
  if (typeof value === "bigint") return Number(value);
  if (typeof value === "string") return isSafeText(key, value) ? value : REMOVED;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? REMOVED : value.toISOString();
  if (depth >= MOST_DEPTH || typeof value !== "object" || value === undefined) return REMOVED;
  if (value instanceof Error) return safeError(value, depth);
  if (Array.isArray(value)) return value.slice(0, MOST_ITEMS).map((item) => safeValue(key, item, depth + 1));
  return safeFields(value, depth + 1);
}

function isSafeText(key: string, text: string): boolean {
  if (/Id$/.test(key)) return ID.test(text) && !text.startsWith("lw_");
  return WORDS.has(key) && WORD.test(text) && !SECRET.test(text);
}

/** The only messages that are kept: the engine's own sentences about code, in which a name can only be that of a property. */
const ABOUT_CODE = [
  /^Cannot (?:read|set) properties of (?:undefined|null) \((?:reading|setting) '[\w$]{1,40}'\)$/,
  /^[\w$.]{1,80} is not (?:a function|defined|iterable|a constructor)$/,
  /^Maximum call stack size exceeded$/,
  /^fetch failed$/,
];
/** What libraries hang on their errors and is a name or a number: Postgres, Prisma, Node, SMTP, IMAP. */
const MARKS = ["code", "severity", "table", "column", "constraint", "syscall", "command", "responseCode", "status", "statusCode"];
const MOST_FRAMES = 8;

export function safeError(error: Error, depth = 0): { [key: string]: SafeValue } {
  const marks = error as unknown as Record<string, unknown>;
  const meta = marks.meta as { code?: unknown; modelName?: unknown; target?: unknown } | undefined;
  const message = ABOUT_CODE.some((pattern) => pattern.test(error.message)) ? error.message : undefined;
  const fields = safeFields(
    {
      type: error.name,
      ...Object.fromEntries(MARKS.map((mark) => [mark, marks[mark]])),
      ...(meta && typeof meta === "object" && { meta: { code: meta.code, modelName: meta.modelName, target: meta.target } }),
    },
    depth + 1,
  );
  const cause = error.cause instanceof Error && depth < MOST_DEPTH ? safeError(error.cause, depth + 1) : undefined;
  const parts = error instanceof AggregateError && depth < MOST_DEPTH ? error.errors.filter((part) => part instanceof Error) : [];
  return {
    ...fields,
    ...(message && { message }),
    frames: framesOf(error),
    ...(cause && { cause }),
    ...(parts.length > 0 && { errors: parts.slice(0, 3).map((part) => safeError(part, depth + 1)) }),
  };
}

const FRAME = /^\s+at (?:async )?(.{0,200}:\d+:\d+)\)?$/;
const ADDRESS = /[\w.+-]+@[\w-]+\.\w/;

/** The stack without its head: the message may have many lines, and lines that look like a stack. */
function framesOf(error: Error): string[] {
  const stack = typeof error.stack === "string" ? error.stack : "";
  const at = error.message === "" ? 0 : stack.indexOf(error.message);
  // A message that was changed after the stack was taken cannot be told from the frames: then none are kept.
  if (at < 0) return [];
  return stack
    .slice(at + error.message.length)
    .split("\n")
    .map((line) => FRAME.exec(line)?.[1] ?? "")
    .filter((frame) => frame !== "" && !ADDRESS.test(frame))
    .slice(0, MOST_FRAMES)
    .map((frame) => frame.replace(process.cwd(), "").replace("file://", ""));
}
