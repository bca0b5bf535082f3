import { zoneNamed } from "./time-zone.ts";

const LETTERS = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];
let countriesOf: ReadonlyMap<string, readonly string[]> | undefined;

/**
 * The country in which a clock of this zone hangs: the likely one where it keeps the zone, else the only one that does. Null where several
 * countries share it, because a wrong country would bring wrong public holidays.
 */
export function countryOfZone(zone: string, likely: string | null = null): string | null {
  countriesOf ??= readCountries();
  const countries = countriesOf.get(zone) ?? countriesOf.get(zoneNamed(zone) ?? "") ?? [];
  if (likely && countries.includes(likely)) return likely;
  return countries.length === 1 ? (countries[0] ?? null) : null;
}

function readCountries(): Map<string, string[]> {
  const known = new Map<string, string[]>();
  for (const code of LETTERS.flatMap((first) => LETTERS.map((second) => first + second))) {
    const region = new Intl.Locale(`und-${code}`);
    // Withdrawn and grouped codes (DD, EU) are answered with what replaced them.
    if (region.maximize().region !== code) continue;
    for (const zone of region.getTimeZones?.() ?? []) known.set(zone, [...(known.get(zone) ?? []), code]);
  }
  return known;
}
