import { customFieldKey, typeOfValues } from "#server/leads/domain/custom-field.ts";
import type { FileShape, Mapping, Target } from "../schema.ts";

/**
 * Headings of the exports that sales teams have: HubSpot, Salesforce, Apollo, LinkedIn Sales Navigator tools, Lemlist, Instantly, Outreach, Pipedrive, Zoho,
 * Google and Outlook contacts, and the words of several languages. Compared without case, spaces and punctuation; the first target that
 * knows a heading takes it, once per file.
 */
const HEADINGS: Record<Exclude<Target, "custom" | "skip">, string> = {
  email:
    "email, e-mail, email address, e-mail address, work email, business email, primary email, corporate email, email 1, e-mail 1 - value, mail, mail address, indirizzo email, posta elettronica, adresse e-mail, adresse email, courriel, e-mail-adresse, emailadresse, correo, correo electronico, correo electrónico, endereço de e-mail, e-mailadres, epost, e-post, sähköposti, adres e-mail, имейл, email (work), person - email - work, contact email",
  firstName:
    "first name, firstname, given name, forename, nome di battesimo, prénom, prenom, vorname, nombre, nombre de pila, primeiro nome, voornaam, fornavn, förnamn, etunimi, imię, jméno, име, contact first name, first",
  lastName:
    "last name, lastname, surname, family name, cognome, nom de famille, nachname, familienname, apellido, apellidos, sobrenome, apelido, achternaam, etternavn, efternamn, sukunimi, nazwisko, příjmení, фамилия, contact last name, last",
  fullName:
    "name, full name, fullname, contact name, contact, person, person name, display name, lead name, nome, nome completo, nome e cognome, nom, nom complet, nom et prénom, nombre completo, naam, navn, namn, nimi, vollständiger name, ansprechpartner, referente, nominativo, имена",
  title:
    "title, job title, jobtitle, position, role, job, headline, designation, ruolo, qualifica, posizione, mansione, poste, fonction, intitulé du poste, titel, berufsbezeichnung, funktion, cargo, puesto, função, functie, stilling, tittel, stanowisko, pozice, длъжност, person title, job position",
  companyDomain:
    "domain, company domain, website, company website, web site, web, url, company url, homepage, company domain name, website url, sito web, sito, site web, webseite, website des unternehmens, sitio web, site, dominio, account website, company website full, organization website, organization - website",
  company:
    "company, company name, companyname, account, account name, organization, organisation, organization name, organisation name, employer, business, azienda, ragione sociale, società, impresa, entreprise, société, firma, unternehmen, firmenname, empresa, compañia, compañía, bedrijf, bedrijfsnaam, selskap, företag, yritys, nazwa firmy, společnost, компания, фирма, current company, associated company, person - organization, company name for emails, firmenname des kontakts",
  phone:
    "phone, phone number, mobile, mobile phone, telephone, tel, work phone, direct phone, work direct phone, corporate phone, company phone, cell, cell phone, telefono, cellulare, téléphone, telefon, telefonnummer, handy, teléfono, móvil, telefone, celular, telefoon, телефон, phone 1 - value, business phone, person - phone - work",
  country:
    "country, country/region, country region, person country, contact country, mailing country, location country, paese, nazione, stato/paese, pays, land, país, pais, kraj, země, държава, страна, country code",
  city: "city, town, person city, mailing city, location, location city, città, citta, comune, ville, stadt, ort, ciudad, cidade, stad, plaats, by, kaupunki, miasto, město, град",
  timeZone: "time zone, timezone, tz, fuso orario, fuseau horaire, zeitzone, zona horaria",
  language: "language, preferred language, lingua, langue, sprache, idioma, taal",
  employees:
    "employees, # employees, number of employees, employee count, company size, size, headcount, staff, dipendenti, numero dipendenti, n. dipendenti, addetti, effectif, nombre d'employés, mitarbeiter, mitarbeiterzahl, anzahl mitarbeiter, empleados, funcionários, medewerkers, antall ansatte, numemployees, account size",
  industry:
    "industry, sector, company industry, settore, settore merceologico, secteur, secteur d'activité, branche, sector de actividad, setor, bransch, bransje, branża, отрасъл, vertical",
  companyCountry: "company country, account country, billing country, hq country, organization country, paese azienda, firmenland",
  companyCity: "company city, account city, billing city, hq city, organization city, città azienda",
  owner:
    "owner, owner email, contact owner, lead owner, account owner, record owner, owner e-mail, proprietario, responsabile, assegnato a, propriétaire, zuständig",
  optOut:
    "opt out, opt-out, opted out, email opt out, has opted out of email, hasoptedoutofemail, do not contact, donotcontact, do not email, do not mail, unsubscribed, unsubscribed from all email, unsubscribe, email opt-out, marketing opt out, hs email optout, disiscritto, non contattare, désabonné, abgemeldet, nicht kontaktieren, dado de baja, no contactar, blocklisted, blacklisted, dnc, email unsubscribed",
  lastContacted:
    "last contacted, last contact, last contacted date, last contact date, last activity, last activity date, last touch, last touched, last email date, ultimo contatto, data ultimo contatto, dernier contact, letzter kontakt, último contacto, laatste contact, notes last contacted, last engaged, last emailed at",
};

/** Columns of our own files that are results, not input. */
const OURS = new Set(["state", "grade", "score", "row", "problem"].map(plain));

const TARGET_BY_HEADING = new Map(
  Object.entries(HEADINGS).flatMap(([target, list]) =>
    list.split(", ").map((heading) => [plain(heading), target as keyof typeof HEADINGS] as const),
  ),
);

const OF_A_PERSON: readonly (Target | undefined)[] = ["email", "firstName", "lastName", "fullName"];

/** A heading that says whom a row is about; nobody is called so. */
export function namesPerson(heading: string): boolean {
  return OF_A_PERSON.includes(TARGET_BY_HEADING.get(plain(heading)));
}

export type KnownCustomField = { key: string; type: "text" | "number" | "date" };

/** What each column becomes: by its heading, else by what stands in it, else kept as a typed field of its own. */
export function guessMapping(
  shape: Pick<FileShape, "headings" | "sample" | "hasHeadings">,
  known: readonly KnownCustomField[] = [],
): Mapping {
  const taken = new Set<Target>();
  const keys = new Set<string>();
  const types = new Map(known.map((field) => [field.key, field.type]));
  const byHeading = shape.headings.map((heading): Target | null => {
    if (!shape.hasHeadings) return null;
    if (OURS.has(plain(heading))) return "skip";
    const found = TARGET_BY_HEADING.get(plain(heading)) ?? null;
    if (!found || taken.has(found)) return null;
    taken.add(found);
    return found;
  });
  splitNames(byHeading, shape.headings);
  return shape.headings.map((heading, column) => {
    const values = shape.sample.map((row) => row[column] ?? "");
    const becomes = byHeading[column] ?? byContent(values, taken);
    if (becomes) {
      taken.add(becomes);
      return { column, heading, becomes };
    }
    const isEmpty = values.every((value) => value.trim() === "") && shape.sample.length > 3 && /^Column \d+$/.test(heading);
    if (isEmpty) return { column, heading, becomes: "skip" };
    let key = customFieldKey(heading) || `column_${column + 1}`;
    while (keys.has(key)) key = `${key.slice(0, 56)}_${column + 1}`;
    keys.add(key);
    return { column, heading, becomes: "custom", key, type: types.get(key) ?? typeOfValues(values) };
  });
}

/** "Nome, Cognome" and "Prénom, Nom": a word that alone means the whole name is one half beside the other half. */
function splitNames(found: (Target | null)[], headings: readonly string[]): void {
  const whole = found.indexOf("fullName");
  if (whole < 0) return;
  if (found.includes("lastName") && !found.includes("firstName")) found[whole] = "firstName";
  else if (found.includes("firstName") && !found.includes("lastName") && plain(headings[whole] ?? "") === "nom") found[whole] = "lastName";
}

/** Without headings: addresses and web domains show themselves. */
function byContent(values: readonly string[], taken: ReadonlySet<Target>): Target | null {
  const filled = values.map((value) => value.trim()).filter((value) => value !== "");
  if (filled.length === 0) return null;
  const share = (pattern: RegExp) => filled.filter((value) => pattern.test(value)).length / filled.length;
  if (!taken.has("email") && share(/^[^\s@]+@[^\s@]+\.[^\s@]+$/) >= 0.6) return "email";
  return null;
}

/** A remembered mapping fits when every column that it names still stands at its place. */
export function fitsHeadings(mapping: Mapping, headings: readonly string[]): boolean {
  return mapping.length === headings.length && mapping.every((entry) => plain(entry.heading) === plain(headings[entry.column] ?? ""));
}

function plain(heading: string): string {
  return heading
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}#]+/gu, "");
}
