import { generateOpenApiDocument } from "trpc-to-openapi";
import * as z from "zod";
import { type AppErrorCode, appErrorCodes } from "#server/core/errors.ts";
import { importQuery } from "#server/imports/schema.ts";
import { leadFilter } from "#server/leads/schema.ts";
import { STATUS } from "./rest.ts";
import { appRouter } from "./root.ts";

type JsonSchema = Record<string, unknown>;
export type Parameter = { in: string; name: string; required?: boolean; description?: string; schema: JsonSchema };
export type OpenApiCall = {
  operationId?: string;
  summary?: string;
  tags?: string[];
  security?: unknown[];
  parameters?: Parameter[];
  requestBody?: { required?: boolean; content: Record<string, { schema: JsonSchema }> };
  responses: Record<string, { description: string; headers?: unknown; content?: Record<string, { schema: JsonSchema }> }>;
};
export type OpenApiDocument = {
  openapi: string;
  servers?: { url: string }[];
  info: { title: string; version: string; description?: string };
  paths: Record<string, Record<string, OpenApiCall>>;
  components: { schemas: Record<string, JsonSchema>; securitySchemes: Record<string, unknown> };
};

/** RFC 9457, as server/trpc/rest.ts writes it. */
const problemSchema = z.object({
  type: z.literal("about:blank"),
  title: z.string(),
  status: z.int(),
  code: z.enum(appErrorCodes).meta({ description: "Stable: switch on this, never on the sentence." }),
  detail: z.string().meta({ description: "A sentence that may be shown to people." }),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
});

const WHEN: Record<AppErrorCode, string> = {
  INVALID_INPUT: "the input, the cursor or the body is not valid; `errors` names the fields",
  UNAUTHENTICATED: "no valid API key was sent",
  FORBIDDEN: "the key lacks the scope, or the person who made it may no longer do this",
  NOT_FOUND: "what the call names does not exist in this workspace",
  CONFLICT: "the Idempotency-Key was used for another call or is still running, or something else stands in the way",
  INVALID_STATE: "what the call names is not in a state that allows it",
  TOO_LARGE: "the body is too large",
  QUOTA_EXCEEDED: "too many calls; `Retry-After` says when to come back",
  DATABASE_UNAVAILABLE: "too busy, or the database does not answer; `Retry-After` says when to come back",
  PROVIDER_UNAVAILABLE: "an outside service does not answer",
  PROVIDER_REJECTED: "an outside service refused",
};

let known: OpenApiDocument | undefined;

/** Generated from the procedures themselves, never written by hand. Once: anybody may ask for it, and it takes a while. */
export function openApiDocument(baseUrl: string): OpenApiDocument {
  known ??= generate();
  return { ...known, servers: [{ url: `${baseUrl}/api/v1` }] };
}

function generate(): OpenApiDocument {
  const document = generateOpenApiDocument(appRouter, {
    title: "Leadwright",
    description:
      "The same procedures that the app calls. Keys are made in Settings, API; each belongs to one workspace and carries scopes.",
    version: "1",
    openApiVersion: "3.1.0",
    baseUrl: "/api/v1",
  }) as unknown as OpenApiDocument;
  for (const [path, calls] of Object.entries(streams())) document.paths[path] = { ...document.paths[path], ...calls };
  for (const [path, calls] of Object.entries(document.paths))
    for (const [method, call] of Object.entries(calls)) completeCall(path, method, call);
  document.components.schemas = { Problem: schemaOf(problemSchema) };
  return document;
}

function completeCall(path: string, method: string, call: OpenApiCall): void {
  const isUnsafe = method !== "get";
  const isPublic = !call.security;
  call.security = [{ Authorization: [] }];
  if (isUnsafe) call.parameters = [...(call.parameters ?? []), IDEMPOTENCY];
  const done = Object.entries(call.responses).filter(([status]) => status.startsWith("2"));
  const asked = JSON.stringify([call.parameters, call.requestBody]);
  const codes: AppErrorCode[] = [
    ...(call.parameters?.length || isUnsafe ? (["INVALID_INPUT"] as const) : []),
    "UNAUTHENTICATED",
    ...(isPublic ? [] : (["FORBIDDEN"] as const)),
    ...(path.includes("{") || asked.includes('"uuid"') ? (["NOT_FOUND"] as const) : []),
    ...(isUnsafe ? (["CONFLICT", "INVALID_STATE"] as const) : []),
    ...(isUnsafe ? (["TOO_LARGE"] as const) : []),
    "QUOTA_EXCEEDED",
    "DATABASE_UNAVAILABLE",
  ];
  call.responses = Object.fromEntries([...done, ...codes.map((code) => [String(STATUS[code]), problemOf(code)] as const)]);
}

function problemOf(code: AppErrorCode): OpenApiCall["responses"][string] {
  return {
    description: `${code}: ${WHEN[code]}`,
    content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
  };
}

const IDEMPOTENCY: Parameter = {
  in: "header",
  name: "Idempotency-Key",
  description: "The same key and body get the same answer for 24 hours; the same key with another body gets 409.",
  schema: { type: "string", maxLength: 200 },
};

/** Calls with a body or an answer that is streamed: they stand beside the procedures, under app/api/v1. */
function streams(): Record<string, Record<string, OpenApiCall>> {
  const csv = { "text/csv": { schema: { type: "string" } } };
  const place = { in: "path", name: "id", required: true, schema: schemaOf(z.uuid()) };
  const security = [{ Authorization: [] }];
  const query = (shape: z.ZodObject) =>
    Object.entries(shape.shape).map(([name, schema]) => ({ in: "query", name, schema: schemaOf(schema as z.ZodType) }));
  return {
    "/leads/imports": {
      post: {
        operationId: "leads-import",
        summary: "Import a list: CSV as the body, up to 512 MB, streamed",
        tags: ["leads"],
        security,
        parameters: query(importQuery),
        requestBody: { required: true, content: csv },
        responses: {
          "202": {
            description: "Stored and started; its state is at /leads/imports/{id}",
            content: { "application/json": { schema: schemaOf(z.object({ id: z.uuid() })) } },
          },
        },
      },
    },
    "/leads/imports/{id}/errors": {
      get: {
        operationId: "leads-import-errors",
        summary: "The rows of an import that could not be read",
        tags: ["leads"],
        security,
        parameters: [place],
        responses: { "200": { description: "The rows as they were, with the reason", content: csv } },
      },
    },
    "/leads/export": {
      get: {
        operationId: "leads-export",
        summary: "People of a filter, as CSV",
        tags: ["leads"],
        security,
        parameters: query(leadFilter),
        responses: { "200": { description: "One row a person", content: csv } },
      },
    },
  };
}

function schemaOf(schema: z.ZodType): JsonSchema {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as JsonSchema;
  return rest;
}
