import { logger } from "./logger.ts";
import { safeError } from "./safe-fields.ts";

/**
 * Libraries write to the console, and an error written there whole quotes what a person typed. In production the console of web and worker
 * ends in the log: errors as safe-fields keeps them, texts with everything that could be a value cut out.
 */
export function quietConsole(): void {
  const through =
    (level: "error" | "warn" | "info" | "debug") =>
    (...parts: unknown[]): void => {
      const errors = parts.filter((part) => part instanceof Error);
      logger[level]({ err: errors.length > 0 ? errors : undefined }, `console: ${sentenceOf(parts)}`);
    };
  Object.assign(console, {
    error: through("error"),
    warn: through("warn"),
    info: through("info"),
    log: through("info"),
    debug: through("debug"),
    trace: through("debug"),
  });
}

const MOST_TEXT = 200;

/** The first part with words in it, behind its sign; what follows is mostly what it is about. */
export function sentenceOf(parts: readonly unknown[]): string {
  const kept = parts.map(withoutValues);
  const worded = kept.findIndex((part) => /[a-z]/i.test(part));
  return kept
    .slice(0, worded + 1)
    .join(" ")
    .trim()
    .slice(0, MOST_TEXT);
}

/** Keeps the first plain words; cuts addresses, links, long tokens and numbers, and everything behind a quote, a bracket or a colon. */
function withoutValues(part: unknown): string {
  if (part instanceof Error) return String(safeError(part).type);
  if (typeof part !== "string") return typeof part === "number" ? String(part) : `(${typeof part})`;
  return (part.split("\n", 1)[0] ?? "")
    .replace(ESCAPES, "")
    .replace(/[\w.+-]+@[\w.-]+/g, "…")
    .replace(/\w+:\/\/\S+/g, "…")
    .replace(/(: |["'`«“‘(<=[{]).*/, "$1…")
    .replace(/[\w-]{24,}/g, "…")
    .replace(/\+?\d[\d ()/-]{6,}/g, "…");
}

const ESCAPES = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, "g");
