// A new APP_SECRET: everything that is sealed is sealed anew, then the new secret takes the old one's place. May be interrupted and run again.
import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { dataDir, lockDataDir, openDatabase, readLastingSecret, readSecret } from "./instance.mjs";
import { runNode, Trouble } from "./prepare.mjs";

export async function rotateKeys(args) {
  const unlock = lockDataDir("npm run admin -- rotate-keys");
  const isFromFile = !process.env.APP_SECRET;
  const [file, nextFile, lastingFile] = ["secret", "secret.next", "suppression-secret"].map((name) => join(dataDir(), name));
  try {
    const next = isFromFile ? nextSecret(nextFile) : process.env.NEW_APP_SECRET;
    if (!next || next.length < 32) throw new Trouble("Set NEW_APP_SECRET to at least 32 random characters.", 2);
    if (next === readSecret()) throw new Trouble("NEW_APP_SECRET is the secret that is used now.", 2);
    const lasting = readLastingSecret();
    const database = await openDatabase({ isRotating: true });
    let code;
    try {
      code = await runNode(["server/admin/main.ts", ...args], {
        env: { ...database.env, NEW_APP_SECRET: next, SUPPRESSION_SECRET: lasting },
      });
    } finally {
      await database.postgres?.stop();
    }
    if (code !== 0) return code;
    if (isFromFile) {
      // In this order: a crash in between leaves a start that says what to do, never a lost secret.
      if (!existsSync(lastingFile) && !process.env.SUPPRESSION_SECRET) writeFileSync(lastingFile, lasting, { mode: 0o600 });
      renameSync(nextFile, file);
    } else {
      console.error("Now set APP_SECRET to the new secret, and SUPPRESSION_SECRET to the one that this database was first used with.");
    }
    return 0;
  } finally {
    unlock();
    rmSync(join(dataDir(), "runtime.json"), { force: true });
  }
}

function nextSecret(nextFile) {
  if (!existsSync(nextFile)) writeFileSync(nextFile, randomBytes(32).toString("base64url"), { mode: 0o600 });
  return readFileSync(nextFile, "utf8").trim();
}
