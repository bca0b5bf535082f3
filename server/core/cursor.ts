import type * as z from "zod";
import { openWorkspace } from "./db.ts";
import { AppError } from "./errors.ts";
import { isSignedBy, sign } from "./secret.ts";

/** An opaque, signed place in a list. It fits only the list (name and filter) and the workspace that it was made for. */
export function sealCursor(list: string, place: Record<string, string | number | null>): string {
  const body = Buffer.from(JSON.stringify(place)).toString("base64url");
  return `${body}.${sign("cursor", signed(list, body))}`;
}

/** @throws INVALID_INPUT when the cursor was changed or belongs to another list, filter or workspace. */
export function openCursor<T extends z.ZodType>(list: string, cursor: string, shape: T): z.output<T> {
  const [body = "", signature = ""] = cursor.split(".");
  if (!isSignedBy("cursor", signed(list, body), signature)) {
    throw new AppError("INVALID_INPUT", "This cursor does not belong to this list. Start again without a cursor.");
  }
  return shape.parse(JSON.parse(Buffer.from(body, "base64url").toString()));
}

function signed(list: string, body: string): string {
  return `${openWorkspace() ?? ""}\n${list}\n${body}`;
}

/** The name of a list for `sealCursor`: a cursor made under one filter is refused under another. */
export function listName(name: string, filter: unknown): string {
  return `${name}:${JSON.stringify(filter, (_, value: unknown) => (value instanceof Date ? value.toISOString() : value))}`;
}
