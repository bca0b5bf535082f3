import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { beginSecondStep } from "#server/auth/second-step.ts";
import { inIdentity } from "#server/core/db.ts";
import { env } from "#server/core/env.ts";
import { readPrints, refuseOtherSecret, rememberSecret } from "#server/core/fingerprint.ts";
import { suppressionHash, unseal } from "#server/core/seal.ts";
import { createFolderBlobStore } from "#server/providers/blob-store/folder.ts";
import { testDatabase } from "#server/testing/database.ts";
import { testMailbox } from "#server/testing/sending.ts";
import { type TestWorkspace, testWorkspace } from "#server/testing/workspace.ts";
import { rotateKeys, SEALED_COLUMNS, SEALED_OF_PEOPLE } from "./rotate-keys.ts";

const { owner } = await testDatabase();
const old = env.APP_SECRET ?? "";
const [next, folder] = ["the next secret, which is long enough", mkdtempSync(join(tmpdir(), "leadwright-keys-"))];
const store = (secret: string) => createFolderBlobStore({ folder, secret: () => secret });

async function* bytes(text: string) {
  yield Buffer.from(text);
}
async function textOf(secret: string, workspace: TestWorkspace, digest: string): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const part of await store(secret).open(workspace.id, digest)) parts.push(part);
  return Buffer.concat(parts).toString();
}

it("knows every column that holds sealed values", async () => {
  const { rows } = await owner.query<{ table: string; column: string }>(`
    select c.relname as table, a.attname as column from pg_class c join pg_attribute a on a.attrelid = c.oid and not a.attisdropped and a.attnum > 0
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and format_type(a.atttypid, null) = 'bytea' order by 1`);
  expect(rows).toEqual([...SEALED_COLUMNS, SEALED_OF_PEOPLE].toSorted((a, b) => (a.table < b.table ? -1 : 1)));
});

it("seals everything anew, goes on after an interruption, and keeps what must never change", async () => {
  const places = [await testWorkspace(), await testWorkspace(), await testWorkspace()];
  const made = [];
  for (const workspace of places) {
    const mailbox = await testMailbox(workspace, { port: 2525 });
    made.push({ workspace, mailbox, digest: (await store(old).put(workspace.id, bytes(`list of ${workspace.id}`))).digest });
  }
  const { secret: totp } = await beginSecondStep({ userId: places[0]?.userId ?? "" });
  await rememberSecret(owner, old);
  const hash = suppressionHash("nadia@norvale.example");
  const secrets = { old, next, lasting: old };

  let said = 0;
  const fails = () => {
    said += 1;
    if (said === 2) throw new Error("the power went");
  };
  await expect(rotateKeys(secrets, { folder, blobsWith: store, say: fails })).rejects.toThrow("the power went");
  await expect(refuseOtherSecret(owner, old)).rejects.toThrow("has begun and not ended");
  await expect(refuseOtherSecret(owner, next)).rejects.toThrow("has begun and not ended");
  await refuseOtherSecret(owner, old, { isRotating: true });
  await expect(
    rotateKeys({ ...secrets, next: "a third secret, which is long enough too" }, { folder, blobsWith: store, say: () => {} }),
  ).rejects.toMatchObject({ code: "INVALID_INPUT" });

  // The rest is one workspace: its mailbox and its file.
  expect(await rotateKeys(secrets, { folder, blobsWith: store, say: () => {} })).toEqual({ values: 1, files: 1 });
  expect(await rotateKeys(secrets, { folder, blobsWith: store, say: () => {} })).toEqual({ values: 0, files: 0 });

  for (const { workspace, mailbox, digest } of made) {
    const row = await workspace.run((tx) => tx.mailbox.findFirstOrThrow({ where: { id: mailbox.id } }));
    const place = { workspaceId: workspace.id, table: "mailboxes", column: "secret", rowId: mailbox.id };
    expect(unseal(row.secret ?? new Uint8Array(), place, next)).toContain("right");
    expect(() => unseal(row.secret ?? new Uint8Array(), place, old)).toThrow("cannot be opened");
    expect(await textOf(next, workspace, digest)).toBe(`list of ${workspace.id}`);
    await expect(textOf(old, workspace, digest)).rejects.toThrow();
  }
  const user = await inIdentity((tx) => tx.user.findUniqueOrThrow({ where: { id: places[0]?.userId ?? "" } }));
  expect(unseal(user.totpSecret ?? new Uint8Array(), { workspaceId: "", ...SEALED_OF_PEOPLE, rowId: user.id }, next)).toBe(totp);

  Object.assign(env, { APP_SECRET: next, SUPPRESSION_SECRET: old });
  expect(suppressionHash("nadia@norvale.example")).toBe(hash);
  Object.assign(env, { APP_SECRET: old, SUPPRESSION_SECRET: undefined });
});

it("refuses to start with another secret, or with the new one alone", async () => {
  await refuseOtherSecret(owner, next, { lasting: old });
  await expect(refuseOtherSecret(owner, old)).rejects.toThrow("sealed with another APP_SECRET");
  await expect(refuseOtherSecret(owner, next)).rejects.toThrow("SUPPRESSION_SECRET is not the one");
  expect(await readPrints(owner)).not.toHaveProperty("next");
});
