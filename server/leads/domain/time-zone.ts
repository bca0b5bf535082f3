import { parsePhoneNumberFromString } from "libphonenumber-js";
import { readCountry } from "./country.ts";

export type ZoneSource = "stated" | "city" | "phone" | "country" | "company";
export type ZoneReading = { timeZone: string; source: ZoneSource };

/** Countries with several zones: the one where most people work. Used when nothing says more; the fact then says "from the country". */
const MAIN_ZONE: Record<string, string> = {
  AR: "America/Argentina/Buenos_Aires",
  AU: "Australia/Sydney",
  BR: "America/Sao_Paulo",
  CA: "America/Toronto",
  CD: "Africa/Kinshasa",
  CL: "America/Santiago",
  CN: "Asia/Shanghai",
  CY: "Asia/Nicosia",
  DE: "Europe/Berlin",
  EC: "America/Guayaquil",
  ES: "Europe/Madrid",
  FM: "Pacific/Pohnpei",
  GL: "America/Nuuk",
  ID: "Asia/Jakarta",
  KI: "Pacific/Tarawa",
  KZ: "Asia/Almaty",
  MH: "Pacific/Majuro",
  MN: "Asia/Ulaanbaatar",
  MX: "America/Mexico_City",
  MY: "Asia/Kuala_Lumpur",
  NZ: "Pacific/Auckland",
  PF: "Pacific/Tahiti",
  PG: "Pacific/Port_Moresby",
  PS: "Asia/Gaza",
  PT: "Europe/Lisbon",
  RU: "Europe/Moscow",
  UA: "Europe/Kyiv",
  US: "America/New_York",
  UZ: "Asia/Tashkent",
};

const [EASTERN, CENTRAL, MOUNTAIN, PACIFIC] = ["America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles"] as const;

/** Cities where the country alone does not decide. The names that are in the zone database itself come on top. */
const CITIES: Record<string, Record<string, string>> = {
  US: {
    [EASTERN]:
      "new york nyc manhattan brooklyn boston philadelphia washington washington-dc atlanta miami orlando tampa jacksonville charlotte raleigh durham pittsburgh cleveland columbus cincinnati baltimore buffalo rochester hartford newark jersey-city providence richmond detroit ann-arbor grand-rapids indianapolis stamford",
    [CENTRAL]:
      "chicago houston dallas austin san-antonio fort-worth minneapolis saint-paul st-paul milwaukee madison st-louis saint-louis kansas-city nashville memphis new-orleans oklahoma-city tulsa omaha des-moines birmingham little-rock plano",
    [MOUNTAIN]: "denver boulder salt-lake-city albuquerque colorado-springs boise el-paso provo lehi fort-collins",
    "America/Phoenix": "phoenix scottsdale tempe tucson mesa",
    [PACIFIC]:
      "los-angeles san-francisco san-jose san-diego oakland palo-alto mountain-view menlo-park sunnyvale santa-clara cupertino redwood-city sacramento irvine santa-monica pasadena seattle bellevue redmond tacoma portland las-vegas reno spokane fresno berkeley",
    "America/Anchorage": "anchorage juneau",
    "Pacific/Honolulu": "honolulu",
  },
  CA: {
    "America/Toronto": "toronto ottawa montreal quebec mississauga hamilton london waterloo kitchener markham",
    "America/Winnipeg": "winnipeg",
    "America/Edmonton": "calgary edmonton",
    "America/Regina": "regina saskatoon",
    "America/Vancouver": "vancouver victoria burnaby surrey richmond",
    "America/Halifax": "halifax moncton",
    "America/St_Johns": "st-johns",
  },
  AU: {
    "Australia/Sydney": "sydney canberra newcastle wollongong",
    "Australia/Melbourne": "melbourne geelong",
    "Australia/Brisbane": "brisbane gold-coast cairns",
    "Australia/Adelaide": "adelaide",
    "Australia/Perth": "perth",
    "Australia/Darwin": "darwin",
    "Australia/Hobart": "hobart",
  },
  BR: {
    "America/Sao_Paulo": "sao-paulo rio-de-janeiro brasilia curitiba porto-alegre belo-horizonte campinas florianopolis",
    "America/Manaus": "manaus",
    "America/Fortaleza": "fortaleza",
    "America/Recife": "recife",
    "America/Bahia": "salvador",
  },
  MX: {
    "America/Mexico_City": "mexico-city ciudad-de-mexico cdmx guadalajara puebla queretaro",
    "America/Monterrey": "monterrey",
    "America/Tijuana": "tijuana",
    "America/Cancun": "cancun",
    "America/Hermosillo": "hermosillo",
  },
  ES: { "Atlantic/Canary": "las-palmas las-palmas-de-gran-canaria tenerife santa-cruz-de-tenerife" },
  PT: { "Atlantic/Madeira": "funchal", "Atlantic/Azores": "ponta-delgada" },
  RU: {
    "Europe/Moscow": "moscow st-petersburg saint-petersburg",
    "Asia/Yekaterinburg": "yekaterinburg chelyabinsk",
    "Asia/Novosibirsk": "novosibirsk",
    "Europe/Samara": "samara",
    "Asia/Vladivostok": "vladivostok",
  },
  ID: { "Asia/Jakarta": "jakarta bandung surabaya", "Asia/Makassar": "denpasar bali makassar" },
};

/** Names that large cities of several countries share: without a country they say nothing. */
const SHARED_NAMES = new Set("birmingham durham hamilton newcastle richmond surrey victoria".split(" "));

const US_STATES: Record<string, string> = {
  [EASTERN]:
    "ct dc de fl ga in ky ma md me mi nc nh nj ny oh pa ri sc va vt wv connecticut districtofcolumbia delaware florida georgia indiana kentucky massachusetts maryland maine michigan northcarolina newhampshire newjersey newyork ohio pennsylvania rhodeisland southcarolina virginia vermont westvirginia",
  [CENTRAL]:
    "al ar ia il ks la mn mo ms nd ne ok sd tn tx wi alabama arkansas iowa illinois kansas louisiana minnesota missouri mississippi northdakota nebraska oklahoma southdakota tennessee texas wisconsin",
  [MOUNTAIN]: "co id mt nm ut wy colorado idaho montana newmexico utah wyoming",
  [PACIFIC]: "ca nv or wa california nevada oregon washington",
  "America/Phoenix": "az arizona",
  "America/Anchorage": "ak alaska",
  "Pacific/Honolulu": "hi hawaii",
};

const CA_PROVINCES: Record<string, string> = {
  "America/Toronto": "on qc ontario quebec",
  "America/Winnipeg": "mb manitoba",
  "America/Regina": "sk saskatchewan",
  "America/Edmonton": "ab alberta nt northwestterritories",
  "America/Vancouver": "bc britishcolumbia",
  "America/Whitehorse": "yt yukon",
  "America/Halifax": "ns nb pe novascotia newbrunswick princeedwardisland",
  "America/St_Johns": "nl newfoundland newfoundlandandlabrador",
};
const AU_STATES: Record<string, string> = {
  "Australia/Sydney": "nsw act newsouthwales australiancapitalterritory",
  "Australia/Melbourne": "vic victoria",
  "Australia/Brisbane": "qld queensland",
  "Australia/Adelaide": "sa southaustralia",
  "Australia/Perth": "wa westernaustralia",
  "Australia/Darwin": "nt northernterritory",
  "Australia/Hobart": "tas tasmania",
};

/** Cities across the line from most of their state. */
const ACROSS: readonly (readonly [states: string, zone: string, cities: string])[] = [
  ["fl florida", CENTRAL, "pensacola panama-city panama-city-beach destin fort-walton-beach"],
  ["in indiana", CENTRAL, "gary hammond merrillville munster crown-point valparaiso michigan-city evansville"],
  ["ky kentucky", CENTRAL, "bowling-green owensboro paducah"],
  ["tn tennessee", EASTERN, "knoxville chattanooga johnson-city kingsport oak-ridge"],
  ["tx texas", MOUNTAIN, "el-paso"],
  ["sd southdakota", MOUNTAIN, "rapid-city"],
  ["id idaho", PACIFIC, "coeur-d-alene post-falls lewiston moscow"],
];

/** Area codes of the western zones; the rest of +1 stays with the country. */
const AREA_CODES: Record<string, string> = {
  [PACIFIC]:
    "206 209 213 253 279 310 323 341 360 408 415 424 425 442 458 503 509 510 530 541 559 562 564 619 626 628 650 657 661 669 702 707 714 725 747 760 775 805 818 820 831 858 909 916 925 949 951 971",
  [MOUNTAIN]: "208 303 307 385 406 435 505 575 719 720 801 970 983 986",
  [CENTRAL]:
    "205 210 214 217 218 224 225 228 251 254 256 262 281 309 312 314 316 318 319 320 325 331 337 346 361 402 405 409 414 417 430 432 469 479 501 504 507 512 515 531 534 539 563 573 580 601 605 608 612 615 618 629 630 636 641 651 660 662 682 701 708 712 713 715 726 731 737 763 769 773 785 806 815 816 817 830 832 847 870 872 901 903 913 918 920 936 940 952 956 972 979 985",
  "America/Phoenix": "480 520 602 623 928",
  "America/Vancouver": "236 250 604 672 778",
  "America/Edmonton": "403 587 780 825",
};

const ZONES = new Map(Intl.supportedValuesOf("timeZone").map((zone) => [zone.toLowerCase(), zone]));
const ZONE_CITIES = new Map(
  [...ZONES.values()].filter((zone) => zone.includes("/")).map((zone) => [plain(zone.slice(zone.lastIndexOf("/") + 1)), zone]),
);
const CITY_ZONE = invert(CITIES);
const STATE_ZONES = new Map([
  ["US", words(US_STATES)],
  ["CA", words(CA_PROVINCES)],
  ["AU", words(AU_STATES)],
]);
const ACROSS_ZONE = new Map(
  ACROSS.flatMap(([states, zone, cities]) =>
    states.split(" ").flatMap((state) => cities.split(" ").map((city) => [`${state}:${plain(city)}`, zone] as const)),
  ),
);
const AREA_ZONE = words(AREA_CODES);
const countryZones = new Map<string, string[]>();

/** Which zone a person lives in, and which fact says so. The nearest fact wins: stated, city, phone, country, company's country. */
export function readTimeZone(facts: {
  stated?: string | null;
  city?: string | null;
  phone?: string | null;
  country?: string | null;
  companyCountry?: string | null;
}): ZoneReading | null {
  const stated = facts.stated && zoneNamed(facts.stated);
  if (stated) return { timeZone: stated, source: "stated" };
  const fromCity = facts.city ? zoneOfCity(facts.city, facts.country ?? countryBeside(facts.city) ?? facts.companyCountry ?? null) : null;
  if (fromCity) return { timeZone: fromCity, source: "city" };
  const phone = facts.phone ? zoneOfPhone(facts.phone, facts.country ?? null) : null;
  if (phone && (phone.isExact || !facts.country || phone.country !== facts.country)) return { timeZone: phone.timeZone, source: "phone" };
  const fromCountry = facts.country && zoneOfCountry(facts.country);
  if (fromCountry) return { timeZone: fromCountry, source: "country" };
  const fromCompany = facts.companyCountry && zoneOfCountry(facts.companyCountry);
  return fromCompany ? { timeZone: fromCompany, source: "company" } : null;
}

/** The zone that somebody wrote, under the name that this machine lists: "Asia/Kolkata" and "Europe/Kyiv" have an older one here. */
export function zoneNamed(raw: string): string | null {
  const name = raw.trim().replace(/\s+/g, "_");
  const listed = ZONES.get(name.toLowerCase());
  if (listed) return listed;
  // Three letters mean another clock in each country.
  if (!name.includes("/") && name.toUpperCase() !== "UTC") return null;
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    return null;
  }
}

export function zoneOfCountry(country: string): string | null {
  return MAIN_ZONE[country] ?? zonesOf(country)[0] ?? null;
}

function zoneOfCity(raw: string, country: string | null): string | null {
  const [first = "", ...rest] = raw.split(",");
  const city = plain(first);
  if (country && STATE_ZONES.has(country)) {
    const behind = /^(.*)\s([A-Z]{2,3})$/.exec(first.trim());
    const byState =
      rest.map((part) => zoneInState(country, part, city)).findLast((zone) => zone) ??
      (behind && zoneInState(country, behind[2] ?? "", plain(behind[1] ?? "")));
    if (byState) return byState;
  }
  const named = ZONE_CITIES.get(city);
  if (!country) {
    if (SHARED_NAMES.has(city)) return null;
    // London is the city that names a zone before it is the one in Ontario.
    return named ?? [...Object.keys(CITIES)].map((code) => CITY_ZONE.get(`${code}:${city}`)).find((zone) => zone) ?? null;
  }
  const known = CITY_ZONE.get(`${country}:${city}`);
  if (known) return known;
  const zones = zonesOf(country);
  if (named && zones.includes(named)) return named;
  // One zone in the whole country: then any city of it decides.
  return city && zones.length === 1 ? (zones[0] ?? null) : null;
}

/** A state by its code or its name, with or without a postcode: "NV", "NY 10001", "New Mexico". Its first two letters are often another's. */
function zoneInState(country: string, part: string, city: string): string | undefined {
  const state = plain(part.replace(country === "CA" ? /[A-Z]\d[A-Z]\s?\d[A-Z]\d/i : /\d/g, ""));
  return (country === "US" ? ACROSS_ZONE.get(`${state}:${city}`) : undefined) ?? STATE_ZONES.get(country)?.get(state);
}

/** "London, United Kingdom" names its country itself. A code may be a state's, and Georgia is one too. */
function countryBeside(city: string): string | null {
  const last = city.includes(",") ? (city.split(",").at(-1)?.trim() ?? "") : "";
  return last.length > 2 && !zoneInState("US", last, "") ? readCountry(last) : null;
}

function zoneOfPhone(raw: string, country: string | null): { timeZone: string; country: string; isExact: boolean } | null {
  if (!/\+|^00/.test(raw.trim()) && !country) return null;
  const parsed = parsePhoneNumberFromString(raw.trim().replace(/^00/, "+"), isCode(country) ? country : undefined);
  if (!parsed?.country) return null;
  const area = parsed.countryCallingCode === "1" ? AREA_ZONE.get(String(parsed.nationalNumber).slice(0, 3)) : undefined;
  const timeZone = area ?? zoneOfCountry(parsed.country);
  return timeZone ? { timeZone, country: parsed.country, isExact: area !== undefined } : null;
}

type PhoneCountry = Exclude<Parameters<typeof parsePhoneNumberFromString>[1], object | undefined>;
function isCode(country: string | null): country is PhoneCountry {
  return country !== null && /^[A-Z]{2}$/.test(country);
}

function zonesOf(country: string): string[] {
  let zones = countryZones.get(country);
  if (!zones) {
    zones = /^[A-Z]{2}$/.test(country) ? (new Intl.Locale(`und-${country}`).getTimeZones?.() ?? []) : [];
    countryZones.set(country, zones);
  }
  return zones;
}

function invert(table: Record<string, Record<string, string>>): Map<string, string> {
  return new Map(
    Object.entries(table).flatMap(([country, zones]) =>
      Object.entries(zones).flatMap(([zone, cities]) => cities.split(" ").map((city) => [`${country}:${plain(city)}`, zone] as const)),
    ),
  );
}

function words(table: Record<string, string>): Map<string, string> {
  return new Map(Object.entries(table).flatMap(([zone, list]) => list.split(" ").map((word) => [word, zone] as const)));
}

function plain(text: string): string {
  return text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "");
}
