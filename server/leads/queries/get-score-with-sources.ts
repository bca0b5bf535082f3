import type { Tx } from "#server/core/db.ts";
import { getScore } from "#server/scoring/queries/get-score.ts";
import type { Viewer } from "#server/teams/queries.ts";
import type { LeadFactView } from "../schema.ts";
import { listFacts } from "./get-lead.ts";

/** What scoring reads → the facts that say it, the first that is known first. Rank and field are read from the title. */
const FACTS: Record<string, readonly (readonly [LeadFactView["subject"], string])[]> = {
  seniority: [["lead", "title"]],
  function: [["lead", "title"]],
  title: [["lead", "title"]],
  country: [
    ["lead", "country"],
    ["account", "country"],
  ],
  employees: [["account", "employees"]],
  industry: [["account", "industry"]],
  company: [
    ["account", "name"],
    ["lead", "company"],
  ],
  domain: [
    ["account", "domain"],
    ["lead", "email"],
  ],
};

/** Why this grade, and for each reason who said so and when. */
export async function getScoreWithSources(tx: Tx, leadId: string, viewer: Viewer) {
  const facts = new Map((await listFacts(tx, leadId, viewer)).map((fact) => [`${fact.subject}.${fact.field}`, fact]));
  const score = await getScore(tx, leadId);
  return {
    ...score,
    contributions: score.contributions.map((entry) => {
      const said = entry.fields.flatMap(({ field }) => {
        const found = (FACTS[field] ?? []).map(([subject, name]) => facts.get(`${subject}.${name}`)).find((fact) => fact !== undefined);
        return found ? [{ source: found.byPerson ? (found.setByName ?? "a person") : found.source, at: found.at }] : [];
      });
      return { ...entry, sources: said.filter((one, at) => said.findIndex((other) => other.source === one.source) === at) };
    }),
  };
}
