import { TRPCError } from "@trpc/server";
import { AppError } from "#server/core/errors.ts";

/**
 * What a public page says instead of what it could not read. Only our own sentences pass: the schema's are JSON, and the database's are for
 * nobody outside. `gone`: for an address that cannot be one of ours.
 */
export function refusalOf(error: unknown, gone: string): string {
  if (error instanceof TRPCError && error.cause instanceof AppError) return error.message;
  if (error instanceof TRPCError && error.code === "BAD_REQUEST") return gone;
  return "This page cannot be shown now. Try again in a moment.";
}
