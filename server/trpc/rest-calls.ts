import type * as z from "zod";
import { appRouter, createCaller } from "./root.ts";

/** A procedure with its address under /api/v1. */
export type RestCall = { name: string; method: string; path: string; inputs: readonly z.ZodType[]; isOneTransaction: boolean };

type Procedure = { _def: { inputs: z.ZodType[]; meta?: { openapi?: { method: string; path: string }; isOneTransaction?: boolean } } };

export const restCalls: readonly RestCall[] = Object.entries(appRouter._def.procedures as unknown as Record<string, Procedure>).flatMap(
  ([name, { _def }]) =>
    _def.meta?.openapi ? [{ name, inputs: _def.inputs, isOneTransaction: _def.meta.isOneTransaction === true, ..._def.meta.openapi }] : [],
);

// Said words come before open places: /leads/bulk is not a person.
const table = restCalls
  .map((call) => ({ call, segments: call.path.slice(1).split("/") }))
  .sort((a, b) => openPlaces(a.segments) - openPlaces(b.segments));

function openPlaces(segments: readonly string[]): number {
  return segments.filter(isOpen).length;
}
function isOpen(segment: string): boolean {
  return segment.startsWith("{");
}

/** The call of this address, with what its open places hold; null when there is none. */
export function findRestCall(method: string, path: string): { call: RestCall; places: Record<string, string> } | null {
  const asked = path.replace(/\/+$/, "").slice(1).split("/");
  const found = table.find(
    ({ call, segments }) =>
      call.method === method && segments.length === asked.length && segments.every((each, at) => isOpen(each) || each === asked[at]),
  );
  if (!found) return null;
  const places = found.segments.flatMap((each, at) => (isOpen(each) ? [[each.slice(1, -1), decoded(asked[at] ?? "")]] : []));
  return { call: found.call, places: Object.fromEntries(places) };
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

type CallerContext = Parameters<typeof createCaller>[0];

export function callProcedure(name: string, ctx: CallerContext, input: unknown): Promise<unknown> {
  const procedure = name.split(".").reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], createCaller(ctx));
  return (procedure as (input: unknown) => Promise<unknown>)(input);
}
