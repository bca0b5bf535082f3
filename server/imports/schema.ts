import * as z from "zod";

export const importStatuses = ["stored", "checking", "ready", "running", "done", "cancelled", "failed", "undone"] as const;
export const importStatus = z.enum(importStatuses);
export type ImportStatus = z.infer<typeof importStatus>;

export const encodings = [
  "utf-8",
  "utf-16le",
  "utf-16be",
  "windows-1252",
  "windows-1250",
  "windows-1251",
  "shift_jis",
  "gb18030",
  "big5",
  "euc-kr",
] as const;

/** What a column may become. "custom" keeps it under its own name; "skip" leaves it out. */
export const targets = [
  "fullName",
  "firstName",
  "lastName",
  "email",
  "title",
  "phone",
  "country",
  "city",
  "timeZone",
  "language",
  "company",
  "companyDomain",
  "employees",
  "industry",
  "companyCountry",
  "companyCity",
  "owner",
  "optOut",
  "lastContacted",
  "custom",
  "skip",
] as const;
export const target = z.enum(targets);
export type Target = z.infer<typeof target>;

export const targetWords: Record<Target, string> = {
  fullName: "Name",
  firstName: "First name",
  lastName: "Last name",
  email: "E-mail",
  title: "Title",
  phone: "Phone",
  country: "Country",
  city: "City",
  timeZone: "Time zone",
  language: "Language",
  company: "Company",
  companyDomain: "Company web domain",
  employees: "Company size",
  industry: "Industry",
  companyCountry: "Company country",
  companyCity: "Company city",
  owner: "Owner (their e-mail)",
  optOut: "Opted out",
  lastContacted: "Last contacted",
  custom: "Keep under its own name",
  skip: "Leave out",
};

export const customType = z.enum(["text", "number", "date"]);

export const columnMapping = z.object({
  column: z.number().int().min(0).max(1_000),
  heading: z.string().max(500),
  becomes: target,
  /** custom columns: how it is kept */
  key: z.string().max(64).optional(),
  type: customType.optional(),
  /** names: keep the spelling of the file */
  asIs: z.boolean().optional(),
});
export type ColumnMapping = z.output<typeof columnMapping>;

export const mapping = z.array(columnMapping).max(1_000);
export type Mapping = z.output<typeof mapping>;

export const fileShape = z.object({
  delimiter: z.string().length(1),
  encoding: z.enum(encodings),
  hasBom: z.boolean(),
  hasHeadings: z.boolean(),
  headings: z.array(z.string()),
  sample: z.array(z.array(z.string())),
  headingsKey: z.string(),
  /** of the raw file */
  bytes: z.number().int(),
});
export type FileShape = z.output<typeof fileShape>;

export const importOptions = z.object({
  /** "update" fills what is empty and keeps the rest; "skip" leaves people who are here alone */
  dedupe: z.enum(["skip", "update"]).default("update"),
  ownerId: z.uuid(),
  listName: z.string().trim().min(1, "Name the list").max(120),
  lawfulBasis: z.string().trim().max(300).nullable().default(null),
});
export type ImportOptions = z.output<typeof importOptions>;

/** What was staged, counted exactly, before anything is written. */
export const importCheck = z.object({
  rows: z.number().int(),
  newPeople: z.number().int(),
  newCompanies: z.number().int(),
  alreadyHere: z.number().int(),
  doNotContact: z.number().int(),
  ownedByOthers: z.number().int(),
  joined: z.number().int(),
  errors: z.number().int(),
  withoutAddress: z.number().int(),
});
export type ImportCheck = z.output<typeof importCheck>;

export const importView = z.object({
  id: z.uuid(),
  fileName: z.string(),
  status: importStatus,
  shape: fileShape,
  mapping,
  options: importOptions,
  listId: z.uuid().nullable(),
  progressId: z.uuid().nullable(),
  total: z.number().int().nullable(),
  done: z.number().int(),
  created: z.number().int(),
  updated: z.number().int(),
  skipped: z.number().int(),
  joined: z.number().int(),
  failed: z.number().int(),
  suppressed: z.number().int(),
  error: z.string().nullable(),
  createdAt: z.date(),
  createdByName: z.string().nullable(),
  finishedAt: z.date().nullable(),
  /** headings are known from an earlier import */
  isRemembered: z.boolean(),
  /** the first rows as they will be written: raw beside clean */
  cleaned: z.array(
    z.object({
      fullName: z.string(),
      company: z.string().nullable(),
      title: z.string().nullable(),
      timeZone: z.string().nullable(),
      error: z.string().nullable(),
    }),
  ),
});
export type ImportView = z.output<typeof importView>;

export const importSummary = importView.pick({
  id: true,
  fileName: true,
  status: true,
  total: true,
  created: true,
  updated: true,
  skipped: true,
  failed: true,
  createdAt: true,
});

export const saveMappingInput = z.object({ id: z.uuid(), mapping, options: importOptions });
export type SaveMappingInput = z.output<typeof saveMappingInput>;

export const rowErrorView = z.object({ rowNumber: z.number().int(), message: z.string(), raw: z.array(z.string()) });

/** REST: the state of an import. */
export const importStatusJson = z.object({
  id: z.uuid(),
  status: importStatus,
  total: z.number().int().nullable(),
  created: z.number().int(),
  updated: z.number().int(),
  skipped: z.number().int(),
  joined: z.number().int(),
  failed: z.number().int(),
  suppressed: z.number().int(),
  listId: z.uuid().nullable(),
  error: z.string().nullable(),
});

export type ImportStatusJson = z.output<typeof importStatusJson>;

export const MAX_FILE_BYTES = 512 * 1024 * 1024;
export const MAX_COLUMNS = 500;

/** The query of POST /leads/imports. */
export const importQuery = z.object({
  dedupe: z.enum(["skip", "update"], "dedupe is skip or update.").default("update"),
  name: z.string().default("api.csv"),
  list: z.string().trim().min(1, "list is the name of a list.").max(120, "list has at most 120 characters.").optional(),
  mapping: z.string().optional(),
});
