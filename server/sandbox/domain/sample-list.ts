import { cast } from "./cast.ts";

export const SAMPLE_FILE_NAME = "spring-finance.csv";
const HEADINGS = [
  "Full name",
  "Job title",
  "Company",
  "Website",
  "E-mail",
  "Country",
  "City",
  "Employees",
  "Industry",
  "Phone",
  "Legal entities",
  "Open role",
];

/**
 * The sample list as a team would really get it: semicolons, a name in capitals, a title before a name, a person twice
 * and a row without a usable address.
 */
export function sampleListCsv(): string {
  const rows = cast.map((member) => [
    member.fullName === "Nadia Rossi" ? "NADIA ROSSI" : member.fullName === "Paul Stern" ? "Dr. Paul Stern" : member.fullName,
    member.title,
    member.company,
    `https://www.${member.domain}`,
    member.email,
    member.country,
    member.city,
    String(member.employees),
    member.industry,
    member.phone,
    String(member.entities),
    member.hiring,
  ]);
  const again = [
    "Raj Mehta",
    "Finance Director",
    "Calderon",
    "calderon.example",
    "Raj.Mehta@calderon.example",
    "GB",
    "Leeds",
    "",
    "Retail",
    "",
    "",
    "",
  ];
  const broken = [
    "Leo Brunn",
    "CFO",
    "Brunnhof AG",
    "https://www.brunnhof.example",
    "leo.brunn(at)brunnhof",
    "CH",
    "Basel",
    "200",
    "Food",
    "",
    "2",
    "",
  ];
  return [HEADINGS, ...rows, again, broken].map((row) => row.map(quoted).join(";")).join("\r\n");
}

function quoted(cell: string): string {
  return /[";\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
