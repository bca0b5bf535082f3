import type * as z from "zod";

const NUMBER = /^-?\d+(\.\d+)?$/;
const INSTANT = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?$/;

/**
 * What a query string or a JSON body says, in the types of the schema: instants become dates, and in a query text becomes numbers, true or
 * false, and lists. What does not fit stays as it is, for the schema to refuse: nothing is guessed.
 */
export function readAs(schema: z.core.$ZodType, value: unknown, from: "query" | "json"): unknown {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  switch (def.type) {
    case "optional":
    case "nullable":
    case "default":
    case "prefault":
    case "nonoptional":
    case "readonly":
    case "catch":
      return value === undefined || value === null ? value : readAs(def.innerType, value, from);
    case "pipe":
      return def.in._zod.def.type === "transform" ? value : readAs(def.in, value, from);
    case "lazy":
      return readAs(def.getter(), value, from);
    case "union": {
      const read = def.options.map((option) => ({ option, value: readAs(option, value, from) }));
      return (read.find(({ option, value: each }) => isAccepted(option, each)) ?? { value }).value;
    }
    case "object":
      return isRecord(value)
        ? Object.fromEntries(Object.entries(value).map(([key, each]) => [key, readField(fieldOf(def.shape, key), each, from)]))
        : value;
    case "record":
      return isRecord(value)
        ? Object.fromEntries(Object.entries(value).map(([key, each]) => [key, readAs(def.valueType, each, from)]))
        : value;
    case "array": {
      const list = from === "query" && typeof value === "string" ? [value] : value;
      return Array.isArray(list) ? list.map((each) => readAs(def.element, each, from)) : list;
    }
    case "date":
      return typeof value === "string" && INSTANT.test(value) ? new Date(value) : value;
    case "number":
      return from === "query" && typeof value === "string" && NUMBER.test(value) ? Number(value) : value;
    case "boolean":
      return from === "query" && (value === "true" || value === "false") ? value === "true" : value;
    default:
      return value;
  }
}

/** What a schema names itself: a field called "constructor" is nobody's, although every object has one. */
function fieldOf(shape: Readonly<Record<string, z.core.$ZodType>>, key: string): z.core.$ZodType | undefined {
  return Object.hasOwn(shape, key) ? shape[key] : undefined;
}

function readField(schema: z.core.$ZodType | undefined, value: unknown, from: "query" | "json"): unknown {
  return schema ? readAs(schema, value, from) : value;
}

function isAccepted(schema: z.core.$ZodType, value: unknown): boolean {
  return (schema as z.ZodType).safeParse(value).success;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Date);
}

/** A name said once is a value, said more often a list. */
export function readQuery(query: URLSearchParams): Record<string, unknown> {
  return Object.fromEntries(
    [...new Set(query.keys())].map((name) => {
      const values = query.getAll(name);
      return [name, values.length === 1 ? values[0] : values];
    }),
  );
}
