"use client";
import Link from "next/link";
import { weekMeasures } from "#server/reports/constants.ts";
import type { WeekKey, WeekReport } from "#server/reports/schema.ts";
import { formatMoney } from "@/components/ui/money";
import { Section } from "@/components/ui/section";
import { rowsHref } from "./report-links";
import { durationWords } from "./share-words";

const COLUMNS: readonly WeekKey[] = ["contacted", "replies", "positive", "booked", "held", "noShow", "accepted", "pipeline"];

/** The week of each person who did something in it; every number opens their rows. */
export function WeekPeople({ week }: { week: WeekReport }) {
  if (week.people.length === 0) return null;
  return (
    <Section title="By person" count={week.people.length}>
      <div className="overflow-x-auto">
        <table className="w-full text-sm">
          <thead>
            <tr className="text-left text-xs text-muted">
              <th scope="col" className="sticky left-0 bg-page py-1 pr-4 font-medium">
                Person
              </th>
              {COLUMNS.map((key) => (
                <th key={key} scope="col" title={weekMeasures[key].counts} className="px-2 py-1 text-right font-medium whitespace-nowrap">
                  {weekMeasures[key].label}
                </th>
              ))}
              <th
                scope="col"
                title="Half of the answers of this week were answered faster."
                className="py-1 pl-2 text-right font-medium whitespace-nowrap"
              >
                Median first answer
              </th>
            </tr>
          </thead>
          <tbody>
            {week.people.map((person) => (
              <tr key={person.userId} className="border-t border-line">
                <th scope="row" className="sticky left-0 max-w-48 truncate bg-page py-2 pr-4 text-left font-normal">
                  <bdi>{person.name}</bdi>
                </th>
                {COLUMNS.map((key) => (
                  <td key={key} className="px-2 py-2 text-right tabular-nums">
                    {person.numbers[key] === 0 ? (
                      <span className="text-muted">0</span>
                    ) : (
                      <Link
                        className="hover:underline"
                        href={rowsHref("week", key, { from: week.firstOn, to: week.nextOn, owner: person.userId })}
                      >
                        {weekMeasures[key].unit === "money"
                          ? formatMoney(person.numbers[key], week.currency, { short: true })
                          : person.numbers[key].toLocaleString("en-GB")}
                      </Link>
                    )}
                  </td>
                ))}
                <td className="py-2 pl-2 text-right tabular-nums">{durationWords(person.medianAnswerMinutes)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  );
}
