import { describe, expect, it } from "vitest";
import { guessMapping } from "./guess-mapping.ts";
import { rowReader } from "./read-row.ts";
import { nothingSeen, stageRows } from "./staged-row.ts";

const headings = ["Email", "Name", "Title", "Company", "Employees"];
const read = rowReader(guessMapping({ headings, hasHeadings: true, sample: [] }), { ownerByEmail: new Map() });

function staged(...lines: string[][]) {
  const rows = lines.map((cells, index) => {
    const result = read(cells);
    if (!result.ok) throw new Error(result.message);
    return { rowNumber: index + 1, row: result.row };
  });
  let ids = 0;
  return stageRows(
    rows,
    nothingSeen(),
    () => `id${++ids}`,
    (row) => row.lead.fullName,
  ).staged.map((row) => row.cells);
}

describe("stageRows", () => {
  const bare = ["nadia@norvale.example", "", "", "", ""];
  const full = ["nadia@norvale.example", "Nadia Rossi", "CFO", "Norvale S.p.A.", "240"];
  const known = {
    full_name: "Nadia Rossi",
    search_text: "Nadia Rossi",
    company_name: "Norvale S.p.A.",
    name_for_mail: "Norvale",
    employees: "240",
  };

  it("takes names from the row that has them, whichever comes first", () => {
    expect(staged(bare, full)).toMatchObject([known]);
    expect(staged(full, bare)).toMatchObject([known]);
  });

  it("keeps the first name where both rows have one", () => {
    expect(staged(full, ["nadia@norvale.example", "N. Rossi", "", "Norvale Group", ""])).toMatchObject([known]);
  });

  it("lets no title speak for another", () => {
    const odd = ["nadia@norvale.example", "Nadia Rossi", "Happiness Wizard", "", ""];
    expect(staged(odd, full)).toMatchObject([{ title: "Happiness Wizard", seniority: null, job_function: null }]);
  });
});
