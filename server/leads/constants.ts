import type { AccountField, LeadField } from "./schema.ts";

export const leadFields = ["fullName", "email", "title", "phone", "country", "city", "timeZone", "language"] as const;

export const leadFieldWords: Record<LeadField, string> = {
  fullName: "Name",
  email: "E-mail",
  title: "Title",
  phone: "Phone",
  country: "Country",
  city: "City",
  timeZone: "Time zone",
  language: "Language",
};

export const accountFields = ["name", "domain", "employees", "industry", "country", "city", "timeZone"] as const;

export const accountFieldWords: Record<AccountField, string> = {
  name: "Company",
  domain: "Web domain",
  employees: "Size",
  industry: "Industry",
  country: "Company country",
  city: "Company city",
  timeZone: "Company time zone",
};

export const seniorities = ["executive", "vp", "director", "manager", "ic"] as const;
export type Seniority = (typeof seniorities)[number];
export const seniorityWords: Record<Seniority, string> = {
  executive: "executive",
  vp: "vice president",
  director: "director or head",
  manager: "manager",
  ic: "specialist",
};

export const jobFunctions = [
  "finance",
  "sales",
  "marketing",
  "engineering",
  "operations",
  "people",
  "legal",
  "product",
  "it",
  "general",
] as const;
export type JobFunction = (typeof jobFunctions)[number];
export const jobFunctionWords: Record<JobFunction, string> = {
  finance: "finance",
  sales: "sales",
  marketing: "marketing",
  engineering: "engineering",
  operations: "operations",
  people: "people",
  legal: "legal",
  product: "product",
  it: "IT",
  general: "general management",
};

export const contactStates = [
  "free",
  "in_campaign",
  "replied",
  "meeting",
  "in_deal",
  "customer",
  "do_not_contact",
  "needs_address",
] as const;
export type ContactState = (typeof contactStates)[number];
/** The words of the screens. */
export const contactStateWords: Record<ContactState, string> = {
  free: "Free",
  in_campaign: "In campaign",
  replied: "Replied",
  meeting: "Meeting",
  in_deal: "In a deal",
  customer: "Customer",
  do_not_contact: "Do not contact",
  needs_address: "Needs an address",
};

export const emailStatuses = ["none", "published", "verified", "assembled", "risky", "bounced"] as const;
export type EmailStatus = (typeof emailStatuses)[number];
export const emailStatusWords: Record<EmailStatus, string> = {
  none: "Not checked",
  published: "Published",
  verified: "Verified",
  assembled: "Assembled, not checked",
  risky: "Risky: accepts everything",
  bounced: "Bounced",
};

export const grades = ["A", "B", "C", "D", "E", "F"] as const;
export type Grade = (typeof grades)[number];

/** Codes that name no country of today, although some lists hold them. */
export const NOT_COUNTRIES: readonly string[] = "AN BU CS DD DY EU EZ FX HV NH NT QO RH SU TP UN VD XA XB YD YU ZR ZZ".split(" ");
