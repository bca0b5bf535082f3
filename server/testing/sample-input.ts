import * as z from "zod";

type JsonSchema = {
  type?: string | string[];
  format?: string;
  pattern?: string;
  enum?: unknown[];
  const?: unknown;
  default?: unknown;
  minimum?: number;
  exclusiveMinimum?: number;
  minLength?: number;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  items?: JsonSchema;
  prefixItems?: JsonSchema[];
  minItems?: number;
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  allOf?: JsonSchema[];
  additionalProperties?: JsonSchema | boolean;
  propertyNames?: JsonSchema;
};

/** Picks an id for a field, by its name: "leadId", "ids", "id" (then `noun` says of what). */
export type PickId = (field: string) => string;

/** A value that a procedure's input schema accepts, or nearly: made from the schema itself, so a new procedure needs no hand-made one. */
export function sampleInput(schema: z.ZodType, pickId: PickId, options: { optional: boolean }): unknown {
  const described = descriptions.get(schema) ?? (z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as JsonSchema);
  descriptions.set(schema, described);
  return sample(described, "input", pickId, options.optional);
}

const descriptions = new WeakMap<z.ZodType, JsonSchema>();

const PATTERNS: [RegExp, string][] = [
  [/\[A-Z\]\{2\}/, "PT"],
  [/\[01\]\\d/, "09:00"],
  [/\[A-Z\]\{3\}/, "EUR"],
  [/a-z0-9-/, "some-page"],
];

function sample(schema: JsonSchema, field: string, pickId: PickId, optional: boolean): unknown {
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  const union = schema.anyOf ?? schema.oneOf;
  if (union) return sample(union.find((each) => each.type !== "null") ?? {}, field, pickId, optional);
  if (schema.allOf) return Object.assign({}, ...schema.allOf.map((each) => sample(each, field, pickId, optional)));
  const type = Array.isArray(schema.type) ? schema.type.find((each) => each !== "null") : schema.type;
  switch (type) {
    case "object": {
      const entries = Object.entries(schema.properties ?? {}).filter(([name]) => optional || (schema.required ?? []).includes(name));
      return Object.fromEntries(entries.map(([name, each]) => [name, sample(each, name, pickId, optional)]));
    }
    case "array":
      return schema.prefixItems
        ? schema.prefixItems.map((each) => sample(each, field, pickId, optional))
        : schema.items
          ? [sample(schema.items, field, pickId, optional)]
          : [];
    case "integer":
    case "number":
      return schema.minimum ?? (schema.exclusiveMinimum !== undefined ? schema.exclusiveMinimum + 1 : 1);
    case "boolean":
      return true;
    case "string":
      return text(schema, field, pickId);
    default:
      // Dates and the like have no JSON form.
      return /at$|date|from|to|until/i.test(field) ? new Date("2026-03-05T10:00:00Z") : "x";
  }
}

function text(schema: JsonSchema, field: string, pickId: PickId): string {
  if (schema.format === "uuid" || /id$|ids$/i.test(field)) return pickId(field);
  if (schema.format === "email" || /email|address/i.test(field)) return "someone@elsewhere.example";
  if (schema.format === "date") return "2026-03-05";
  if (schema.format === "date-time") return "2026-03-05T10:00:00Z";
  if (schema.format === "uri") return "https://elsewhere.example/page";
  if (/zone/i.test(field)) return "Europe/Lisbon";
  if (field === "to" && schema.pattern?.includes("[01]\\d")) return "17:00";
  if (schema.pattern) return PATTERNS.find(([shape]) => shape.test(schema.pattern ?? ""))?.[1] ?? "a";
  return "a".repeat(Math.max(1, schema.minLength ?? 1));
}
