import { NOT_COUNTRIES } from "../constants.ts";

/** Languages whose country names are understood, beside codes and common short forms. */
const LANGUAGES = [
  "en",
  "it",
  "de",
  "fr",
  "es",
  "pt",
  "nl",
  "pl",
  "sv",
  "nb",
  "da",
  "fi",
  "cs",
  "bg",
  "ru",
  "ro",
  "hu",
  "el",
  "tr",
  "ja",
  "zh",
  "ar",
  "hr",
  "sk",
  "sl",
  "et",
  "lv",
  "lt",
  "uk",
  "ko",
  "he",
];

const SHORT_FORMS: Record<string, string> = {
  uk: "GB",
  "great britain": "GB",
  britain: "GB",
  england: "GB",
  scotland: "GB",
  wales: "GB",
  "northern ireland": "GB",
  usa: "US",
  "u s": "US",
  "u s a": "US",
  "united states of america": "US",
  america: "US",
  uae: "AE",
  holland: "NL",
  "the netherlands": "NL",
  "czech republic": "CZ",
  "republic of ireland": "IE",
  eire: "IE",
  korea: "KR",
  "republic of korea": "KR",
  russia: "RU",
  "russian federation": "RU",
  "viet nam": "VN",
  macedonia: "MK",
  turkey: "TR",
  brd: "DE",
  "hong kong sar": "HK",
  "hong kong": "HK",
  macau: "MO",
  macao: "MO",
  "u k": "GB",
  "united kingdom of great britain and northern ireland": "GB",
  "u a e": "AE",
  prc: "CN",
  "p r china": "CN",
  "people s republic of china": "CN",
  "mainland china": "CN",
  "ceska republika": "CZ",
  "slovak republic": "SK",
  "slovenska republika": "SK",
  "ivory coast": "CI",
  "democratic republic of the congo": "CD",
  "dr congo": "CD",
  "the gambia": "GM",
  "the bahamas": "BS",
  burma: "MM",
  swaziland: "SZ",
  "east timor": "TL",
  palestine: "PS",
  "syrian arab republic": "SY",
  "lao people s democratic republic": "LA",
};

/** Lists of the ISO turn names round: "Korea, Republic of". Not the Democratic ones: each has a neighbour of the same name. */
const TURNED_ROUND =
  /,\s*(?:the )?(?:islamic |bolivarian |united |federated )?(?:republic of|states of|province of china|plurinational state of)(?: the)?$/i;

const ENGLISH = new Intl.DisplayNames(["en"], { type: "region", fallback: "none" });
/** Regions that are names of the past or of groups, not countries. */
const ALPHA3: Record<string, string> = {
  ITA: "IT",
  DEU: "DE",
  GER: "DE",
  FRA: "FR",
  ESP: "ES",
  PRT: "PT",
  GBR: "GB",
  IRL: "IE",
  NLD: "NL",
  BEL: "BE",
  LUX: "LU",
  CHE: "CH",
  SUI: "CH",
  AUT: "AT",
  DNK: "DK",
  NOR: "NO",
  SWE: "SE",
  FIN: "FI",
  ISL: "IS",
  POL: "PL",
  CZE: "CZ",
  SVK: "SK",
  HUN: "HU",
  ROU: "RO",
  BGR: "BG",
  GRC: "GR",
  HRV: "HR",
  SVN: "SI",
  SRB: "RS",
  EST: "EE",
  LVA: "LV",
  LTU: "LT",
  UKR: "UA",
  RUS: "RU",
  TUR: "TR",
  CAN: "CA",
  MEX: "MX",
  BRA: "BR",
  ARG: "AR",
  CHL: "CL",
  COL: "CO",
  PER: "PE",
  AUS: "AU",
  NZL: "NZ",
  JPN: "JP",
  CHN: "CN",
  KOR: "KR",
  IND: "IN",
  SGP: "SG",
  HKG: "HK",
  TWN: "TW",
  THA: "TH",
  VNM: "VN",
  IDN: "ID",
  MYS: "MY",
  PHL: "PH",
  ZAF: "ZA",
  EGY: "EG",
  MAR: "MA",
  NGA: "NG",
  KEN: "KE",
  ISR: "IL",
  ARE: "AE",
  SAU: "SA",
  QAT: "QA",
};

const CODE_BY_NAME = readNames();

/** The ISO code of a country written in any of the languages above, as a code, or in a common short form. Null when unknown. */
export function readCountry(raw: string): string | null {
  const trimmed = raw.trim();
  if (/^[A-Za-z]{2}$/.test(trimmed)) {
    const code = trimmed.toUpperCase();
    if (code === "UK") return "GB";
    if (!NOT_COUNTRIES.includes(code) && ENGLISH.of(code)) return code;
  }
  if (/^[A-Z]{3}$/.test(trimmed) && ALPHA3[trimmed]) return ALPHA3[trimmed];
  const name = trimmed.replace(TURNED_ROUND, "").replace(/\s*\((?:US|USA|UK|GB|UAE)\)$/, "");
  return (
    CODE_BY_NAME.get(plain(trimmed)) ?? CODE_BY_NAME.get(plain(name)) ?? CODE_BY_NAME.get(plain(name.replace(/ and /i, " & "))) ?? null
  );
}

/** The country's English name, for screens. */
export function countryName(code: string): string {
  return /^[A-Z]{2}$/.test(code) ? (ENGLISH.of(code) ?? code) : code;
}

function readNames(): Map<string, string> {
  const names = new Map<string, string>();
  for (const language of LANGUAGES) {
    const display = new Intl.DisplayNames([language], { type: "region", fallback: "none" });
    for (const code of isoCodes()) {
      const name = display.of(code);
      if (name && !names.has(plain(name))) names.set(plain(name), code);
    }
  }
  for (const [name, code] of Object.entries(SHORT_FORMS)) names.set(plain(name), code);
  return names;
}

function isoCodes(): string[] {
  const letters = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];
  return letters
    .flatMap((a) => letters.map((b) => a + b))
    .filter((code) => !NOT_COUNTRIES.includes(code) && ENGLISH.of(code) !== undefined);
}

/** Small, without marks, punctuation or articles: "Türkei" and "tuerkei" stay apart, "Côte d’Ivoire" and "cote d ivoire" meet. */
function plain(text: string): string {
  return text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}
