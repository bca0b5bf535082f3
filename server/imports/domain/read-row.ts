import { companyDomain, companyDomainOfAddress } from "#server/accounts/domain/company-domain.ts";
import { companyNameForMail } from "#server/accounts/domain/company-name.ts";
import { readCountry } from "#server/leads/domain/country.ts";
import { readDate, readNumber } from "#server/leads/domain/custom-field.ts";
import { normaliseAddress } from "#server/leads/domain/normalise-address.ts";
import { readPersonName } from "#server/leads/domain/person-name.ts";
import type { LeadGiven, LeadReading } from "#server/leads/domain/read-lead.ts";
import { readTitle } from "#server/leads/domain/read-title.ts";
import { readTimeZone } from "#server/leads/domain/time-zone.ts";
import type { ColumnMapping, Mapping, Target } from "../schema.ts";
import { withoutGuard } from "./write-csv.ts";

export type CustomValue = { key: string; text: string | null; number: number | null; date: string | null };

export type RowReading = {
  email: string | null;
  lead: LeadReading;
  company: {
    key: string;
    name: string;
    nameForMail: string;
    domain: string | null;
    country: string | null;
    city: string | null;
    employees: number | null;
    industry: string | null;
  } | null;
  ownerId: string | null;
  optedOut: boolean;
  lastContactedOn: string | null;
  custom: CustomValue[];
  /** as the file says it, for the observations */
  saidOfLead: Record<string, string>;
  saidOfCompany: Record<string, string | number>;
};

export type RowResult = { ok: true; row: RowReading } | { ok: false; message: string };

/** Who an owner column may name: work address → person. */
export type RowContext = { ownerByEmail: ReadonlyMap<string, string> };

/** Reads one row under a mapping. Rows that could never be mailed or found again are refused with a sentence; everything else is kept. */
export type RowReader = (cells: readonly string[]) => RowResult;

export function rowReader(mapping: Mapping, context: RowContext): RowReader {
  const columns = new Map<Target, ColumnMapping>(
    mapping.filter((entry) => entry.becomes !== "custom" && entry.becomes !== "skip").map((entry) => [entry.becomes, entry]),
  );
  const customColumns = mapping.filter((entry) => entry.becomes === "custom" && entry.key);
  // Titles, companies and places repeat from row to row; reading each spelling once makes a large file several times faster.
  const readCompanyName = remembering(companyNameForMail);
  const readDomain = remembering(companyDomain);
  const readMailDomain = remembering(companyDomainOfAddress);
  const readPlace = remembering(readCountry);
  const readPerson = personReader();

  return (cells) => {
    const cell = (target: Target): string | null => {
      const column = columns.get(target);
      if (!column) return null;
      const value = withoutGuard(cells[column.column]?.trim() ?? "");
      return value ? value : null;
    };
    const rawEmail = cell("email");
    const address = rawEmail ? normaliseAddress(rawEmail) : null;
    if (address && !address.ok) return { ok: false, message: address.reason };
    const email = address?.ok ? address.email : null;

    const domain =
      (cell("companyDomain") ? readDomain(cell("companyDomain") ?? "") : null) ??
      (email ? readMailDomain(email.slice(email.indexOf("@") + 1)) : null);
    const statedCompany = cell("company");
    const companyName = statedCompany ?? domain;
    const country = cell("country");
    const companyCountry = cell("companyCountry");
    const person = readPerson({
      fullName: cell("fullName"),
      firstName: cell("firstName"),
      lastName: cell("lastName"),
      email,
      title: cell("title"),
      phone: cell("phone"),
      country,
      city: cell("city"),
      timeZone: cell("timeZone"),
      companyCountry: companyCountry ? readPlace(companyCountry) : null,
    });
    const asIs = columns.get("fullName")?.asIs ?? columns.get("firstName")?.asIs;
    const statedName = cell("fullName") ?? [cell("firstName"), cell("lastName")].filter(Boolean).join(" ");
    const lead = asIs ? spelledAsInFile(person, cell) : email ? person : keepNumbers(person, statedName);
    if (!email && lead.fullName === "") return { ok: false, message: "There is neither a name nor an e-mail address in this row." };

    const employees = readSize(cell("employees"));
    const ownerEmail = cell("owner")?.toLowerCase();
    return {
      ok: true,
      row: {
        email,
        lead,
        company: companyName
          ? {
              key: domain ?? `name:${companyName.toLowerCase()}`,
              name: companyName,
              nameForMail: columns.get("company")?.asIs ? companyName : readCompanyName(companyName),
              domain,
              country: companyCountry ? readPlace(companyCountry) : null,
              city: cell("companyCity"),
              employees,
              industry: cell("industry"),
            }
          : null,
        ownerId: (ownerEmail && context.ownerByEmail.get(ownerEmail)) || null,
        optedOut: isYes(cell("optOut")),
        lastContactedOn: readDate(cell("lastContacted") ?? ""),
        custom: customColumns.flatMap((column) => customValue(column, withoutGuard(cells[column.column]?.trim() ?? ""))),
        saidOfLead: said({
          fullName: statedName,
          email: rawEmail,
          title: cell("title"),
          phone: cell("phone"),
          country,
          city: cell("city"),
          timeZone: cell("timeZone"),
          language: cell("language"),
          company: statedCompany,
          lastContacted: cell("lastContacted"),
        }),
        saidOfCompany: said({
          name: statedCompany,
          domain,
          country: companyCountry,
          city: cell("companyCity"),
          employees,
          industry: cell("industry"),
        }),
      },
    };
  };
}

function spelledAsInFile(read: LeadReading, cell: (target: Target) => string | null): LeadReading {
  const [first, last] = [cell("firstName"), cell("lastName")];
  const full = cell("fullName") ?? [first, last].filter(Boolean).join(" ");
  return full ? { ...read, fullName: full, firstName: first ?? full.split(" ")[0] ?? null, lastName: last ?? read.lastName } : read;
}

/** Without an address the name says who it is: "Person 1" and "Person 2" of one company are two. Mails use the parts, which stay clean. */
function keepNumbers(read: LeadReading, statedName: string): LeadReading {
  const numbers = statedName.match(/\d+/g);
  return numbers && read.fullName !== "" ? { ...read, fullName: `${read.fullName} ${numbers.join(" ")}` } : read;
}

/** "1,200", "51-200", "about 240 people", "10k": the number, or the lower end of a range. */
export function readSize(raw: string | null): number | null {
  const match = raw ? /(\d{1,3}(?:[.,'\s]\d{3})+|\d+(?:[.,]\d+)?)\s*([kKmM]?)/.exec(raw) : null;
  if (!match?.[1]) return null;
  const isGrouped = /^\d{1,3}(?:[.,'\s]\d{3})+$/.test(match[1]);
  const number = Number(isGrouped ? match[1].replace(/[^\d]/g, "") : match[1].replace(",", "."));
  const size = Math.round(number * ({ k: 1_000, m: 1_000_000 }[match[2]?.toLowerCase() ?? ""] ?? 1));
  return size > 0 && size < 10_000_000 ? size : null;
}

/** An opt-out column in the words of the tools that write one. A date there is the day on which somebody opted out. */
export function isYes(raw: string | null): boolean {
  if (!raw) return false;
  return !/^(?:0|no|n|false|f|-|nein|non|não|nee|nie|ne|не|subscribed|active|null|none|n\/a|off)$/i.test(raw.trim());
}

function customValue(column: ColumnMapping, raw: string): CustomValue[] {
  const value = raw;
  if (!value || !column.key) return [];
  const number = column.type === "number" ? readNumber(value) : null;
  const date = column.type === "date" ? readDate(value) : null;
  return [{ key: column.key, number, date, text: number === null && date === null ? value : null }];
}

function said<T extends string | number>(values: Record<string, T | null | undefined>): Record<string, T> {
  const stated: Record<string, T> = {};
  for (const key in values) {
    const value = values[key];
    if (value !== null && value !== undefined && value !== "") stated[key] = value;
  }
  return stated;
}

const REMEMBERED = 20_000;

function remembering<T>(read: (raw: string) => T): (raw: string) => T {
  const known = new Map<string, T>();
  return (raw) => {
    const hit = known.get(raw);
    if (hit !== undefined || known.has(raw)) return hit as T;
    const value = read(raw);
    if (known.size >= REMEMBERED) known.clear();
    known.set(raw, value);
    return value;
  };
}

/** Rank, field, country and zone depend on few spellings; only the name is read anew for each row. */
function personReader(): (given: LeadGiven) => LeadReading {
  const titles = remembering(readTitle);
  const places = remembering(readCountry);
  const zones = remembering((key: string) => readTimeZone(JSON.parse(key) as Parameters<typeof readTimeZone>[0]));
  return (given) => {
    const name = readPersonName({ full: given.fullName ?? null, first: given.firstName ?? null, last: given.lastName ?? null });
    const title = given.title?.replace(/\s+/g, " ").trim() || null;
    const country = given.country ? places(given.country) : null;
    const { city = null, phone = null, timeZone: stated = null, companyCountry = null } = given;
    const zone = zones(JSON.stringify({ stated, city, phone: phone ? phoneKey(phone) : null, country, companyCountry }));
    const read = title ? titles(title) : { seniority: null, function: null };
    return {
      fullName: name?.fullName ?? given.email ?? "",
      firstName: name?.firstName ?? null,
      lastName: name?.lastName ?? null,
      title,
      seniority: read.seniority,
      function: read.function,
      phone,
      country,
      city,
      timeZone: zone?.timeZone ?? null,
      timeZoneSource: zone?.source ?? null,
    };
  };
}

/** What of a number decides a zone is its beginning; the rest is set to 0 so that many numbers share one reading. */
function phoneKey(phone: string): string {
  const digits = phone.replace(/^\s*00/, "+").replace(/[^\d+]/g, "");
  return digits.slice(0, 7) + digits.slice(7).replace(/\d/g, "0");
}
