import { createCipheriv, createDecipheriv, createHash, hkdfSync } from "node:crypto";
import { AppError } from "#server/core/errors.ts";
import type { ByteReader } from "./byte-reader.ts";

/**
 * A backup file: one line of JSON that anybody may read, then frames of [length][AES-256-GCM text and tag]. The key comes from
 * APP_SECRET and the salt in the first line; each frame's nonce is its number, and what is authenticated with it is the first line and
 * whether it is the last one. So a changed byte, a frame left out, moved or cut off at the end is noticed. docs/operations.md.
 */
const FRAME_BYTES = 256 * 1024;
const TAG_BYTES = 16;
const MOST_FRAME_BYTES = FRAME_BYTES + TAG_BYTES;
const DAMAGED = "This backup is damaged or was cut off. Nothing was restored; take another copy of it.";

export async function* sealFrames(plain: AsyncIterable<Uint8Array>, head: { line: string; key: Buffer }): AsyncGenerator<Buffer> {
  let number = 0;
  let held: Buffer[] = [];
  let size = 0;
  const frame = (text: Buffer, isLast: boolean): Buffer => {
    const cipher = createCipheriv("aes-256-gcm", head.key, nonceOf(number)).setAAD(boundTo(head.line, isLast));
    number += 1;
    const body = Buffer.concat([cipher.update(text), cipher.final(), cipher.getAuthTag()]);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(body.length);
    return Buffer.concat([length, body]);
  };
  for await (const chunk of plain) {
    held.push(Buffer.from(chunk));
    size += chunk.byteLength;
    if (size < FRAME_BYTES) continue;
    const text = Buffer.concat(held);
    const whole = text.length - (text.length % FRAME_BYTES);
    for (let at = 0; at < whole; at += FRAME_BYTES) yield frame(text.subarray(at, at + FRAME_BYTES), false);
    held = [text.subarray(whole)];
    size = text.length - whole;
  }
  yield frame(Buffer.concat(held), true);
}

/** @throws INVALID_STATE when anything is not as it was written. */
export async function* openFrames(file: ByteReader, head: { line: string; key: Buffer }): AsyncGenerator<Buffer> {
  for (let number = 0; ; number += 1) {
    const length = (await readOr(file, 4)).readUInt32BE();
    if (length < TAG_BYTES || length > MOST_FRAME_BYTES) throw new AppError("INVALID_STATE", DAMAGED);
    const body = await readOr(file, length);
    const isLast = await file.isAtEnd();
    const decipher = createDecipheriv("aes-256-gcm", head.key, nonceOf(number), { authTagLength: TAG_BYTES });
    decipher.setAAD(boundTo(head.line, isLast)).setAuthTag(body.subarray(length - TAG_BYTES));
    try {
      yield Buffer.concat([decipher.update(body.subarray(0, length - TAG_BYTES)), decipher.final()]);
    } catch (cause) {
      throw new AppError("INVALID_STATE", DAMAGED, { cause });
    }
    if (isLast) return;
  }
}

export function backupKey(secret: string, salt: string): Buffer {
  return Buffer.from(hkdfSync("sha256", secret, Buffer.from(salt, "base64"), "leadwright/backup/v1", 32));
}

async function readOr(file: ByteReader, bytes: number): Promise<Buffer> {
  const read = await file.read(bytes);
  if (!read) throw new AppError("INVALID_STATE", DAMAGED);
  return read;
}

function nonceOf(number: number): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeBigUInt64BE(BigInt(number), 4);
  return nonce;
}

function boundTo(line: string, isLast: boolean): Buffer {
  return createHash("sha256")
    .update(line)
    .update(isLast ? "\0last" : "\0more")
    .digest();
}
