import { allMatches } from "#server/writing/domain/all-matches.ts";
import type { Referral } from "../schema.ts";

const NOT_A_NAME = new Set(
  "I You He She We They It The This That My Your Our Please Thanks Thank Hi Hello Dear Regards Best Re Fw Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August September October November December Herr Herrn Frau Kollege Kollegen Kollegin Kolleginnen Ich Sie Wir Bitte Danke Ihre Ihrer Unternehmen Firma Je Vous Nous Merci Bonjour Monsieur Madame Usted Gracias Señor Señora Lei Grazie Obrigado Obrigada Ik Wij Dank CFO CEO CTO COO HR IT Finance Sales Marketing Procurement Head Director Manager Team Department Controller Accounting Einkauf Buchhaltung Vertrieb Sekretariat Zentrale Empfang Kollegium Support Office Reception Secretary Accueil Secrétariat".split(
    " ",
  ),
);
const NAME = /(?<![\p{L}])\p{Lu}[\p{L}'’-]+(?: (?:van|von|de|di|da|del|der|la|le|el|bin|al) )?(?:\s\p{Lu}[\p{L}'’-]+){0,2}/gu;
const EMAIL = /[A-Za-z0-9.!#$%&*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})+/g;

/** The name in words that point to somebody else, without the words that only look like names. */
export function nameIn(span: string): string | null {
  for (const match of allMatches(span, NAME)) {
    // The first word of the span is the verb, capitalised at the start of a sentence.
    const words = match[0].split(/\s+/);
    const kept = (match.index === 0 ? words.slice(1) : words).filter((word) => !NOT_A_NAME.has(word));
    if (kept.length > 0) return kept.join(" ").slice(0, 120);
  }
  return null;
}

/** Whom they point to: only what stands in their own words. `not` are their address and ours. */
export function findReferral(text: string, spans: readonly string[], not: ReadonlySet<string>): Referral | null {
  const email = (text.slice(0, 10_000).match(EMAIL) ?? [])
    .map((address) => address.toLowerCase().replace(/\.$/, ""))
    .find((address) => !not.has(address));
  const name = spans.map(nameIn).find((found) => found !== null) ?? (email ? nameBefore(text, email) : null);
  if (!name && !email) return null;
  return { ...(name && { name }), ...(email && { email }) };
}

function nameBefore(text: string, email: string): string | null {
  const at = text.toLowerCase().indexOf(email);
  const before = text.slice(Math.max(0, at - 60), at).replace(/[<(,:\s]+$/, "");
  return /(\p{Lu}[\p{L}'-]+(?:\s\p{Lu}[\p{L}'-]+){1,2})$/u.exec(before)?.[1] ?? null;
}
