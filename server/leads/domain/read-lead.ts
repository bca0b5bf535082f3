import type { JobFunction, Seniority } from "../constants.ts";
import { readCountry } from "./country.ts";
import { readPersonName } from "./person-name.ts";
import { readTitle } from "./read-title.ts";
import { readTimeZone, type ZoneSource } from "./time-zone.ts";

export type LeadGiven = {
  fullName?: string | null | undefined;
  firstName?: string | null | undefined;
  lastName?: string | null | undefined;
  /** already normalised */
  email: string | null;
  title?: string | null | undefined;
  phone?: string | null | undefined;
  country?: string | null | undefined;
  city?: string | null | undefined;
  timeZone?: string | null | undefined;
  companyCountry?: string | null | undefined;
};

export type LeadReading = {
  fullName: string;
  firstName: string | null;
  lastName: string | null;
  title: string | null;
  seniority: Seniority | null;
  function: JobFunction | null;
  phone: string | null;
  country: string | null;
  city: string | null;
  timeZone: string | null;
  timeZoneSource: ZoneSource | null;
};

/**
 * What the typed columns of a lead say, read from what was given. Without a name the address stands in for it on screens; no first name is
 * made up. A stated name is kept as a person or a program wrote it, and only its parts, with which a mail greets, are cleaned; a name that a
 * stranger typed is cleaned whole.
 */
export function readLead(given: LeadGiven, options: { isStated: boolean }): LeadReading {
  const stated = options.isStated ? given.fullName?.replace(/\s+/g, " ").trim() : null;
  const name = readPersonName({ full: given.fullName ?? null, first: given.firstName ?? null, last: given.lastName ?? null });
  const title = given.title?.replace(/\s+/g, " ").trim() || null;
  const country = given.country ? readCountry(given.country) : null;
  const city = given.city?.trim() || null;
  const phone = given.phone?.trim() || null;
  const zone = readTimeZone({ stated: given.timeZone ?? null, city, phone, country, companyCountry: given.companyCountry ?? null });
  const read = title ? readTitle(title) : { seniority: null, function: null };
  return {
    fullName: stated || (name?.fullName ?? given.email ?? ""),
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
}

/** What the search table holds; the database folds it once more, with unaccent(), as it does with what is asked. */
export function searchText(lead: { fullName: string; email: string | null; title: string | null; company: string | null }): string {
  return foldForSearch([lead.fullName, lead.email, lead.title, lead.company].filter((part) => part).join(" "));
}

/** Small and without marks, in every script, so that "Łukasz" is found by "lukasz". What is asked is folded like what is kept: "Чайка" by "Чайка". */
export function foldForSearch(text: string): string {
  return text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/[łŁ]/g, "l")
    .replace(/[øØ]/g, "o")
    .replace(/[đĐ]/g, "d")
    .replace(/ß/g, "ss")
    .replace(/[æÆ]/g, "ae")
    .toLowerCase();
}
