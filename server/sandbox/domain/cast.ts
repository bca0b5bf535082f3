import { type CastMember, personas } from "../schema.ts";

/**
 * Forty pretend people of invented companies on reserved domains. The first twelve carry the story of the pretend bar. One line each:
 * name | address | title | company | country | city | zone | people | industry | phone | legal entities | open role | how they behave
 */
const ROWS = `
Nadia Rossi | nadia.rossi@norvale.example | CFO | Norvale S.p.A. | IT | Milan | Europe/Rome | 240 | Manufacturing | +39 02 5555 0101 | 3 | Group Controller | wants-tuesday
Tom Okafor | tom.okafor@tessar.example | Head of Finance | Tessar Ltd | GB | London | Europe/London | 180 | Software | +44 20 7946 0102 | 5 |  | asks-entities
Lea Brandt | lea.brandt@kielwerk.example | Controller | Kielwerk GmbH | DE | Berlin | Europe/Berlin | 320 | Manufacturing | +49 30 5550 0103 | 4 | Financial Accountant | away-german
Ivan Petrov | ivan.petrov@vitosha.example | CFO | Vitosha Foods AD | BG | Sofia | Europe/Sofia | 42 | Food | +359 2 555 0104 | 2 |  | silent
Otis Park | otis.park@oakum.example | Controller | Oakum Inc. | US | San José | America/Los_Angeles | 1200 | Logistics | +1 408 555 0105 | 4 |  | late-yes
Kim Lund | kim.lund@ondra.example | VP Finance | Ondra AS | NO | Oslo | Europe/Oslo | 90 | Energy | +47 22 55 01 06 | 2 |  | bounces
Raj Mehta | raj.mehta@calderon.example | Finance Director | Calderon plc | GB | Leeds | Europe/London | 410 | Retail | +44 113 496 0107 | 6 |  | books-and-misses
Omar Haddad | omar.haddad@norvale.example | Accounting Manager | Norvale S.p.A. | IT | Milan | Europe/Rome | 240 | Manufacturing | +39 02 5555 0108 | 3 |  | silent
Julie Roux | julie.roux@rivoire.example | Finance Manager | Rivoire SAS | FR | Lyon | Europe/Paris | 150 | Textiles | +33 4 55 50 01 09 | 3 |  | wrong-person
Hanna Vik | hanna.vik@fjordtech.example | CFO | Fjordtech AS | NO | Bergen | Europe/Oslo | 70 | Software | +47 55 55 01 10 | 2 |  | remove-me
Paul Stern | paul.stern@sternwald.example | Finance Director | Sternwald GmbH | AT | Vienna | Europe/Vienna | 260 | Construction | +43 1 5550 111 | 5 |  | rude
Sam Field | sam.field@fieldnote.example | Controller | Fieldnote Ltd | GB | Bristol | Europe/London | 40 | Media | +44 117 496 0112 | 2 |  | commands-the-agent
Maja Kos | maja.kos@ljubo.example | CFO | Ljubo d.o.o. | SI | Ljubljana | Europe/Ljubljana | 130 | Retail | +386 1 555 0113 | 3 | Controller | eager
Erik Sand | erik.sand@nordkap.example | Finance Director | Nordkap AB | SE | Stockholm | Europe/Stockholm | 350 | Energy | +46 8 5550 114 | 7 |  | late-yes
Carla Mendes | carla.mendes@tejo.example | CFO | Tejo Logística Lda | PT | Lisbon | Europe/Lisbon | 210 | Logistics | +351 21 555 0115 | 4 |  | eager
Jan de Wit | jan.dewit@polder.example | Head of Finance | Polder B.V. | NL | Utrecht | Europe/Amsterdam | 160 | Food | +31 30 555 0116 | 3 |  | after-summer
Sofia Lindqvist | sofia.lindqvist@bjorkdal.example | Group Controller | Björkdal AB | SE | Gothenburg | Europe/Stockholm | 540 | Manufacturing | +46 31 5550 117 | 9 |  | late-yes
Marc Dubois | marc.dubois@ardenne.example | Operations Director | Ardenne SA | BE | Liège | Europe/Brussels | 120 | Chemicals | +32 4 555 01 18 | 4 |  | acknowledges
Anna Kowalska | anna.kowalska@wisla.example | Accountant | Wisla Sp. z o.o. | PL | Kraków | Europe/Warsaw | 280 | Manufacturing | +48 12 555 01 19 | 3 |  | silent
Peter Novak | peter.novak@moldau.example | CFO | Moldau s.r.o. | CZ | Prague | Europe/Prague | 190 | Software | +420 2 5550 0120 | 2 |  | call-in-may
Elena Marin | elena.marin@carpat.example | Office Manager | Carpat SRL | RO | Cluj-Napoca | Europe/Bucharest | 18 | Software | +40 264 555 121 | 2 |  | polite-no
Lucas Weber | lucas.weber@aarelink.example | VP Finance | Aarelink AG | CH | Bern | Europe/Zurich | 230 | Telecommunications | +41 31 555 01 22 | 5 | Consolidation Specialist | asks-price
Niamh Byrne | niamh.byrne@shannonfoods.example | Head of Finance | Shannon Foods DAC | IE | Cork | Europe/Dublin | 45 | Food | +353 21 555 0123 | 3 |  | accepts-by-calendar
Diego Torres | diego.torres@ebrosolar.example | Chief Operating Officer | Ebro Solar SL | ES | Zaragoza | Europe/Madrid | 140 | Energy | +34 976 55 01 24 | 6 |  | has-a-tool
Helle Madsen | helle.madsen@sundvind.example | Accounts Assistant | Sundvind A/S | DK | Aarhus | Europe/Copenhagen | 110 | Energy | +45 86 55 01 25 | 4 |  | forwards
Mikko Laine | mikko.laine@saimaa.example | Payroll Specialist | Saimaa Oy | FI | Tampere | Europe/Helsinki | 220 | Paper | +358 3 555 0126 | 3 |  | silent
Fatima Zahra Alaoui | fatima.alaoui@atlas-trading.example | CFO | شركة أطلس للتجارة | MA | Casablanca | Africa/Casablanca | 310 | Wholesale | +212 522 55 01 27 | 4 |  | silent
George Papadakis | george.papadakis@aegina.example | Finance Director | Aegina Shipping S.A. | GR | Piraeus | Europe/Athens | 450 | Shipping | +30 21 0555 0128 | 11 |  | late-no
Chiara Conti | chiara.conti@lagomare.example | Bookkeeper | Lagomare S.r.l. | IT | Como | Europe/Rome | 12 | Textiles | +39 031 555 0129 | 2 |  | silent
Ben Carter | ben.carter@harrowpike.example | VP Finance | Harrow & Pike LLC | US | Boston | America/New_York | 380 | Insurance | +1 617 555 0130 | 5 | Assistant Controller | eager
Grace Kim | grace.kim@bluefin.example | Controller | Bluefin Robotics Inc. | US | Austin | America/Chicago | 290 | Robotics | +1 512 555 0131 | 3 |  | acknowledges
Maximiliane Freifrau von Hohenstein-Wallersberg-Eichendorff | m.hohenstein@eichendorff.example | Finance Director | Eichendorff Beteiligungen GmbH & Co. KG | DE | Munich | Europe/Berlin | 610 | Holding | +49 89 5550 0132 | 14 |  | silent
Arjun Thapa | arjun.thapa@himalhydro.example | Head of Finance | Himal Hydropower Pvt. Ltd. | NP | Kathmandu | Asia/Kathmandu | 260 | Energy | +977 1 5550133 | 3 |  | silent
Isla Murray | isla.murray@clydemarine.example | Finance Manager | Clyde Marine Ltd | GB | Glasgow | Europe/London | 24 | Shipping | +44 141 496 0134 | 2 |  | left-company
Tomás Silva | tomas.silva@douro.example | Managing Director | Douro Vinhos SA | PT | Porto | Europe/Lisbon | 15 | Food | +351 22 555 0135 | 2 |  | after-summer
Ingrid Haugen | ingrid.haugen@lofot.example | Accountant | Lofot Seafood AS | NO | Tromsø | Europe/Oslo | 38 | Food | +47 77 55 01 36 | 3 |  | silent
Victor Dumont | victor.dumont@garonne.example | Sales Director | Garonne Aéro SA | FR | Toulouse | Europe/Paris | 520 | Aerospace | +33 5 55 50 01 37 | 8 |  | acknowledges
Zeynep Aydin | zeynep.aydin@bosfor.example | CFO | Bosfor Tekstil A.Ş. | TR | Istanbul | Europe/Istanbul | 430 | Textiles | +90 212 555 01 38 | 4 |  | silent
Simon Fraser | simon.fraser@tayenergy.example | Head of Finance | Tay Energy Ltd | GB | Dundee | Europe/London | 35 | Energy | +44 1382 496 139 | 3 |  | forwards
Laura Bianchi | laura.bianchi@piave.example | Group Controller | Piave Ceramiche S.p.A. | IT | Treviso | Europe/Rome | 340 | Manufacturing | +39 0422 555 140 | 5 |  | late-yes
`;

export const cast: readonly CastMember[] = ROWS.trim().split("\n").map(readRow);

function readRow(row: string): CastMember {
  const [
    fullName = "",
    email = "",
    title = "",
    company = "",
    country = "",
    city = "",
    timeZone = "",
    employees,
    industry = "",
    phone = "",
    entities,
    hiring = "",
    behaves,
  ] = row.split("|").map((cell) => cell.trim());
  const persona = personas.find((known) => known === behaves) ?? "silent";
  const domain = email.slice(email.indexOf("@") + 1);
  return {
    fullName,
    email,
    title,
    company,
    domain,
    country,
    city,
    timeZone,
    employees: Number(employees),
    industry,
    phone,
    entities: Number(entities),
    hiring,
    persona,
  };
}

const byEmail = new Map(cast.map((member) => [member.email, member]));

export function findCastMember(email: string): CastMember | null {
  return byEmail.get(email) ?? null;
}
