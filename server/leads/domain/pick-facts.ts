/**
 * Which of the things that were said about one field is taken. A person's correction wins over machines, the later correction over the
 * earlier; among machines the more confident, and then the fresher. Two sources "disagree" when they say different things, not when they
 * repeat each other.
 */
export type Said = {
  observationId: string;
  source: string;
  sourceRef: string | null;
  setById: string | null;
  fetchedAt: Date;
  fields: Record<string, { value: string | number; quote?: string | undefined; confidence?: number | undefined }>;
};

export type FactValue = {
  value: string;
  source: string;
  sourceRef: string | null;
  observationId: string;
  setById: string | null;
  at: Date;
  quote: string | null;
};
export type Fact = { field: string; winner: FactValue; others: FactValue[] };

export const DEFAULT_CONFIDENCE = 0.5;

export function pickFacts(said: readonly Said[]): Fact[] {
  const byField = new Map<string, (FactValue & { confidence: number })[]>();
  for (const observation of said) {
    for (const [field, { value, quote, confidence }] of Object.entries(observation.fields)) {
      const values = byField.get(field) ?? [];
      values.push({
        value: String(value),
        source: observation.source,
        sourceRef: observation.sourceRef,
        observationId: observation.observationId,
        setById: observation.setById,
        at: observation.fetchedAt,
        quote: quote ?? null,
        confidence: confidence ?? DEFAULT_CONFIDENCE,
      });
      byField.set(field, values);
    }
  }
  return [...byField].map(([field, values]) => {
    const [first, ...rest] = values.sort(better).map(({ confidence: _, ...value }) => value);
    if (!first) throw new Error("A field without a value.");
    const seen = new Set([same(first.value)]);
    const others = rest.filter((other) => !seen.has(same(other.value)) && seen.add(same(other.value)));
    return { field, winner: first, others };
  });
}

function better(a: FactValue & { confidence: number }, b: FactValue & { confidence: number }): number {
  const [byA, byB] = [a.source === "person" ? 1 : 0, b.source === "person" ? 1 : 0];
  if (byA !== byB) return byB - byA;
  if (byA === 0 && a.confidence !== b.confidence) return b.confidence - a.confidence;
  return b.at.getTime() - a.at.getTime() || (a.observationId < b.observationId ? 1 : -1);
}

function same(value: string): string {
  return value.toLowerCase().replace(/\s+/g, " ").trim();
}
