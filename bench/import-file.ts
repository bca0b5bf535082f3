const FIRST = "Nadia Otis Kim Raj Lea Ivan Omar Hanna Paul Maja Tom Julie Marc Ana Leo Sofia Jonas Elif Pedro Ingrid".split(" ");
const LAST = "Rossi Park Lund Mehta Brandt Petrov Haddad Vik Stern Kos Okafor Roux Petit Dias Silva Moreau Weber Demir Costa Berg".split(
  " ",
);
const TITLES = [
  "CFO",
  "Chief Financial Officer",
  "Head of Finance",
  "Controller",
  "VP Finance",
  "Finance Director",
  "CEO",
  "Sales Manager",
  "Responsabile Amministrazione",
  "Leiter Controlling",
  "Software Engineer",
  "HR Manager",
];
const COUNTRIES = ["Italy", "DE", "United States", "Norway", "Portugal", "France", "United Kingdom", "Bulgaria"];
const CITIES = ["Milan", "Berlin", "Chicago", "Oslo", "Lisbon", "Lyon", "Leeds", "Sofia"];
const INDUSTRIES = ["Software", "Manufacturing", "Retail", "Logistics", "Hospitality"];

/** A list as a sales team exports it: every address once, four people per company. The same rows on every run. */
export function makeFile(rows: number): Buffer {
  const lines = ["First Name,Last Name,Title,Company,Email,Phone,Country,City,# Employees,Industry,Segment"];
  for (let row = 0; row < rows; row++) {
    const company = Math.floor(row / 4);
    const first = FIRST[row % FIRST.length] ?? "";
    const last = LAST[Math.floor(row / FIRST.length) % LAST.length] ?? "";
    const place = company % COUNTRIES.length;
    lines.push(
      `${first.toUpperCase()},${last},${TITLES[row % TITLES.length]},Company ${company} GmbH,${first.toLowerCase()}.${last.toLowerCase()}.${row}@company-${company}.example,+39 02 ${1_000_000 + (row % 9_000_000)},${COUNTRIES[place]},${CITIES[place]},${20 + (company % 900)},${INDUSTRIES[company % INDUSTRIES.length]},S${row % 7}`,
    );
  }
  return Buffer.from(`${lines.join("\n")}\n`);
}
