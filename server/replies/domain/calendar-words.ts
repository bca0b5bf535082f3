/** Month and weekday names of the seven languages, longest first so that "mayo" is not read as "may". */
const MONTHS: readonly (readonly string[])[] = [
  ["january", "januar", "jänner", "janvier", "enero", "gennaio", "janeiro", "januari", "jan", "ene", "gen", "janv"],
  ["february", "februar", "février", "fevrier", "febrero", "febbraio", "fevereiro", "februari", "feb", "févr", "fev"],
  ["march", "märz", "maerz", "mars", "marzo", "março", "marco", "maart", "mar", "mär", "mrt"],
  ["april", "avril", "abril", "aprile", "apr", "avr", "abr"],
  ["may", "mai", "mayo", "maggio", "maio", "mei", "mag"],
  ["june", "juni", "juin", "junio", "giugno", "junho", "jun", "giu"],
  ["july", "juli", "juillet", "julio", "luglio", "julho", "jul", "lug", "juil"],
  ["august", "août", "aout", "agosto", "augustus", "aug", "ago"],
  ["september", "septembre", "septiembre", "settembre", "setembro", "sept", "sep"],
  ["october", "oktober", "octobre", "octubre", "ottobre", "outubro", "oct", "okt", "ott"],
  ["november", "novembre", "noviembre", "novembro", "nov"],
  ["december", "dezember", "décembre", "decembre", "diciembre", "dicembre", "dezembro", "dec", "dez", "déc", "dic"],
];
const WEEKDAYS: readonly (readonly string[])[] = [
  ["monday", "montag", "lundi", "lunes", "lunedì", "lunedi", "segunda-feira", "segunda", "maandag", "mon"],
  ["tuesday", "dienstag", "mardi", "martes", "martedì", "martedi", "terça-feira", "terça", "dinsdag", "tue", "tues"],
  ["wednesday", "mittwoch", "mercredi", "miércoles", "miercoles", "mercoledì", "mercoledi", "quarta-feira", "quarta", "woensdag", "wed"],
  ["thursday", "donnerstag", "jeudi", "jueves", "giovedì", "giovedi", "quinta-feira", "quinta", "donderdag", "thu", "thurs"],
  ["friday", "freitag", "vendredi", "viernes", "venerdì", "venerdi", "sexta-feira", "sexta", "vrijdag", "fri"],
  ["saturday", "samstag", "sonnabend", "samedi", "sábado", "sabado", "sabato", "zaterdag", "sat"],
  ["sunday", "sonntag", "dimanche", "domingo", "domenica", "zondag", "sun"],
];
const NUMBERS: readonly (readonly string[])[] = [
  [],
  ["one", "a", "an", "ein", "eine", "einem", "einer", "un", "une", "una", "um", "uma", "een", "uno"],
  ["two", "zwei", "deux", "dos", "due", "dois", "duas", "twee", "a couple of", "couple of", "ein paar", "un par de", "un paio di"],
  ["three", "drei", "trois", "tres", "tre", "três", "drie", "a few", "few", "quelques", "unas", "alcune", "enkele"],
  ["four", "vier", "quatre", "cuatro", "quattro", "quatro"],
  ["five", "fünf", "cinq", "cinco", "cinque", "vijf"],
  ["six", "sechs", "seis", "sei", "zes"],
  ["seven", "sieben", "sept", "siete", "sette", "sete", "zeven"],
  ["eight", "acht", "huit", "ocho", "otto", "oito"],
  ["nine", "neun", "neuf", "nueve", "nove", "negen"],
  ["ten", "zehn", "dix", "diez", "dieci", "dez", "tien"],
  ["eleven", "elf", "onze", "once", "undici"],
  ["twelve", "zwölf", "douze", "doce", "dodici", "doze", "twaalf"],
];

export const MONTH = alternatives(MONTHS);
export const WEEKDAY = alternatives(WEEKDAYS);
export const NUMBER = `\\d{1,3}|${alternatives(NUMBERS)}`;

/** 1-12 */
export const monthOf = (word: string): number => indexOf(MONTHS, word) + 1;
/** 1 (Monday) to 7 */
export const weekdayOf = (word: string): number => indexOf(WEEKDAYS, word) + 1;
export const numberOf = (word: string): number => (/^\d+$/.test(word) ? Number(word) : Math.max(0, indexOf(NUMBERS, word)));

function indexOf(table: readonly (readonly string[])[], word: string): number {
  const wanted = word.toLowerCase().replace(/\.$/, "");
  return table.findIndex((names) => names.includes(wanted));
}

function alternatives(table: readonly (readonly string[])[]): string {
  return table
    .flat()
    .toSorted((a, b) => b.length - a.length)
    .join("|");
}
