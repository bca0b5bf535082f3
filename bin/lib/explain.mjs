// Every failure in one sentence that says what to do. What nobody foresaw is said too, without its stack.
import { Trouble } from "./prepare.mjs";

const OF_DATABASE = {
  ECONNREFUSED: "does not answer (connection refused). Start it, or unset DATABASE_URL to use the embedded one.",
  ENOTFOUND: "does not answer (no such host). Correct the host name, or unset DATABASE_URL to use the embedded one.",
  EAI_AGAIN: "does not answer (its host name cannot be looked up). Check the network, or unset DATABASE_URL to use the embedded one.",
  ETIMEDOUT: "does not answer in time. Check its address and the firewall, or unset DATABASE_URL to use the embedded one.",
  EHOSTUNREACH: "cannot be reached. Check its address and the network, or unset DATABASE_URL to use the embedded one.",
  "28P01": "refused the password. Correct user and password in DATABASE_URL.",
  28000: "refused the user. Correct the user in DATABASE_URL, or let it in (pg_hba.conf).",
  "3D000": "does not exist on that server. Create it (CREATE DATABASE), or correct the name in DATABASE_URL.",
  53300: "has no free connection. Raise max_connections (Leadwright uses up to 70), or close other programs.",
  "57P03": "is starting or stopping. Try again in a moment.",
  42501: "does not give its user enough rights. Make that user the owner of the database, or give another user in DATABASE_URL.",
};
const FULL = /ENOSPC|no space left|wrote only \d+ of \d+ bytes|check free disk space|disk.?full/i;

/** @returns a Trouble: the sentence and the exit code. */
export function explain(error, { dataDir, isRunning = false } = {}) {
  if (error instanceof Trouble) return isRunning && isFullDisk(error.message) ? new Trouble(fullDisk(dataDir, true)) : error;
  const code = error?.code ?? error?.cause?.code;
  const message = error instanceof Error ? error.message : String(error);
  if (code === "53100" || isFullDisk(`${code} ${message}`)) return new Trouble(fullDisk(dataDir ?? "the data folder", isRunning));
  // Ours: its message was written for people.
  if (error?.name === "AppError") return new Trouble(message);
  if (["EACCES", "EPERM", "EROFS"].includes(code))
    return new Trouble(`${error.path ?? "A file"} cannot be written to (${code}). Change its owner, or set DATA_DIR to a folder of yours.`);
  if (process.env.DATABASE_URL && OF_DATABASE[code]) return new Trouble(`The database in DATABASE_URL ${OF_DATABASE[code]}`);
  if (/SSL|certificate/i.test(message))
    return new Trouble(
      `The database in DATABASE_URL and Leadwright do not agree about encryption (${message}). Set sslmode in DATABASE_URL.`,
    );
  return new Trouble(`This failed and nobody foresaw it: ${message.split("\n")[0]}. LOG_LEVEL=debug shows more.`);
}

export const isFullDisk = (text) => FULL.test(text);
export const fullDisk = (folder, isRunning = false) =>
  `The disk is full: ${folder} cannot be written to. Nothing was lost. Free some space${isRunning ? "; Leadwright goes on by itself" : " and start again"}.`;
