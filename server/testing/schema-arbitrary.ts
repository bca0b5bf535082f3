import fc from "fast-check";

export type JsonSchema = {
  type?: string | string[];
  format?: string;
  pattern?: string;
  enum?: unknown[];
  const?: unknown;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  items?: JsonSchema;
  prefixItems?: JsonSchema[];
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  allOf?: JsonSchema[];
  additionalProperties?: JsonSchema | boolean;
  propertyNames?: JsonSchema;
};

/** What no schema asks for: wrong types, nothing, far too much, letters that a database refuses. */
export const junk: fc.Arbitrary<unknown> = fc.constantFrom<unknown>(
  null,
  "",
  " ",
  "x",
  "\u0000",
  "a\u0000b",
  "\ud800",
  "😀 ‮נשים",
  "'; drop table leads; --",
  "%_\\",
  "z".repeat(30_000),
  "00000000-0000-0000-0000-000000000000",
  "2026-02-30",
  "275760-09-13T00:00:00Z",
  "+275760-09-13T00:00:00.000Z",
  "0000-01-01T00:00:00Z",
  "9999-12-31T23:59:59Z",
  -1,
  0,
  0.5,
  1e308,
  2 ** 31,
  2 ** 53,
  -(2 ** 63),
  true,
  false,
  [],
  [[]],
  [null],
  {},
  { a: { b: { c: {} } } },
  { constructor: 1, toString: "x" },
  JSON.parse('{"__proto__": {"x": 1}}'),
);

/** Values that the schema accepts, or nearly: what only code checks is left to code. `known` gives ids that exist, by the field's name. */
export function arbitraryOf(schema: JsonSchema, known: (field: string) => string[], field = "input"): fc.Arbitrary<unknown> {
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  const union = schema.anyOf ?? schema.oneOf;
  if (union) return fc.oneof(...union.map((each) => arbitraryOf(each, known, field)));
  if (schema.allOf) return fc.tuple(...schema.allOf.map((each) => arbitraryOf(each, known, field))).map((all) => Object.assign({}, ...all));
  if (Array.isArray(schema.type)) return fc.oneof(...schema.type.map((type) => arbitraryOf({ ...schema, type }, known, field)));
  switch (schema.type) {
    case "object":
      return objectOf(schema, known);
    case "array":
      if (schema.prefixItems) return fc.tuple(...schema.prefixItems.map((each) => arbitraryOf(each, known, field)));
      return fc.array(arbitraryOf(schema.items ?? {}, known, field), {
        minLength: schema.minItems ?? 0,
        maxLength: Math.min(schema.maxItems ?? 3, Math.max(3, schema.minItems ?? 0)),
      });
    case "integer":
      return fc.integer({
        min: Math.max(schema.minimum ?? schema.exclusiveMinimum ?? -5, -(2 ** 31)),
        max: Math.min(schema.maximum ?? 2 ** 31 - 1, 2 ** 31 - 1),
      });
    case "number":
      return fc.double({ min: schema.minimum ?? -1e6, max: schema.maximum ?? 1e6, noNaN: true });
    case "boolean":
      return fc.boolean();
    case "null":
      return fc.constant(null);
    case "string":
      return textOf(schema, known, field);
    default:
      return fc.jsonValue({ maxDepth: 1 });
  }
}

function objectOf(schema: JsonSchema, known: (field: string) => string[]): fc.Arbitrary<unknown> {
  const fields = Object.entries(schema.properties ?? {}).map(([name, each]) => [name, arbitraryOf(each, known, name)] as const);
  if (fields.length === 0 && typeof schema.additionalProperties === "object") {
    const keys = schema.propertyNames?.enum ? fc.constantFrom(...schema.propertyNames.enum.map(String)) : fc.string({ maxLength: 12 });
    return fc.dictionary(keys, arbitraryOf(schema.additionalProperties, known), { maxKeys: 3, noNullPrototype: true });
  }
  return fc.record(Object.fromEntries(fields), { requiredKeys: schema.required ?? [], noNullPrototype: true });
}

function textOf(schema: JsonSchema, known: (field: string) => string[], field: string): fc.Arbitrary<string> {
  const ids = known(field);
  if (schema.format === "uuid") return ids.length > 0 ? fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...ids) }, fc.uuid()) : fc.uuid();
  if (schema.format === "email") return fc.emailAddress();
  if (schema.format === "uri") return fc.webUrl();
  if (schema.format === "date")
    return fc
      .date({ min: new Date("2025-01-01"), max: new Date("2028-01-01"), noInvalidDate: true })
      .map((at) => at.toISOString().slice(0, 10));
  if (schema.format === "date-time")
    return fc.date({ min: new Date("2025-01-01"), max: new Date("2028-01-01"), noInvalidDate: true }).map((at) => at.toISOString());
  if (schema.pattern) return fc.stringMatching(new RegExp(schema.pattern));
  const bounds = { minLength: schema.minLength ?? 0, maxLength: Math.max(schema.minLength ?? 0, Math.min(schema.maxLength ?? 60, 60)) };
  const likely = /id$/i.test(field)
    ? ids
    : /zone/i.test(field)
      ? ["Europe/Lisbon", "Asia/Kathmandu"]
      : /email|address/i.test(field)
        ? ["ana@elsewhere.example"]
        : [];
  const any = fc.oneof(fc.string(bounds), fc.string({ ...bounds, unit: "grapheme" }));
  return likely.length > 0 ? fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...likely) }, any) : any;
}
