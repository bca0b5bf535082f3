import type { JobFunction, Seniority } from "../constants.ts";

export type TitleReading = { seniority: Seniority | null; function: JobFunction | null };

type Row<T> = readonly [T, RegExp];
const word = (source: string) => new RegExp(`(?<![\\p{L}])(?:${source})(?![\\p{L}])`, "iu");

/** "Assistant to the CFO" is not a CFO, "former CEO" no longer one. */
const NOT_THE_HOLDER = word(
  "(?:personal |executive |team )?assist(?:ant|enza|ente|enz)(?: to)?|assistante? d[eu]|pa to|secretary to|sekretariat|segretari[ao]|secr[ée]taire|office of the",
);
const FORMER = word("former|formerly|ex|retired|ehemalig\\w*|ancien(?:ne)?|già");

// First match wins, so the more particular stands above the more general. English, Italian, German, French, Spanish, Portuguese,
// Dutch, Nordic, Polish, Czech, Bulgarian and Russian words as they stand in real exports.
const SENIORITY: readonly Row<Seniority>[] = [
  ["vp", word("s?vp|evp|avp|vice[- ]president\\w*|vice[- ]pr[ée]sident\\w*|vicepresident\\w*")],
  [
    "executive",
    word(
      "c[efotimprshd]o|cfo|ciso|cpo|cro|cdo|chro|cco|clo|cxo|chief|founder|co-?founder|owner|co-?owner|(?<!business )partner|president|chair(?:man|woman|person)?|managing director|md|" +
        "amministrator[ei](?: delegat[oa]| unico)?|fondator[ei]|titolare|presidente|direttor[ei] generale|gesch[äa]ftsf[üu]hr(?:er|erin|ung)|vorstand\\w*|inhaber(?:in)?|gr[üu]nder(?:in)?|" +
        "pdg|p-?dg|dg|daf|drh|dsi|directeur g[ée]n[ée]ral|directrice g[ée]n[ée]rale|fondat(?:eur|rice)|g[ée]rante?|director general|directora general|gerente general|socio|dueñ[oa]|" +
        "s[óo]cio|diretor[a]? (?:geral|executivo)|eigenaar|oprichter|algemeen directeur|administrerende direkt[øo]r|daglig leder|toimitusjohtaja|verkst[äa]llande direkt[öo]r|vd|grundare|prezes|w[łl]a[śs]ciciel(?:ka)?|za[łl]o[żz]yciel(?:ka)?|jednatel(?:ka)?|управител|основател|генеральный директор|изпълнителен директор",
    ),
  ],
  [
    "director",
    word(
      "director|dir|directeur|directrice|directora|diretor[a]?|direttor[ei]|direttrice|direktor(?:in)?|direkt[øöo]r\\w*|dyrektor(?:ka)?|[řr]editel(?:ka)?|директор|head|global head|leiter(?:in)?|leitung|bereichsleit\\w*|" +
        "abteilungsleit\\w*|responsabile|respons[áa]vel|responsable|chef|hoofd|leder|kierownik|vedouc[íi]|ръководител|начальник|controller-in-chief|general counsel|principal",
    ),
  ],
  [
    "manager",
    word(
      "manager(?:in)?|mgr|managers?|lead|leader|supervisor|team ?lead|teamleit\\w*|controller(?:in)?|comptroller|coordinat(?:or|ore|rice)|koordinator(?:in)?|coordinador[a]?|coordenador[a]?|capo|jefe|jefa|gerente|encargad[oa]|" +
        "gestore|kontroler|controleur|contr[ôo]leu(?:r|se)|menad[żz]er|мениджър|менеджер|administrator|superintendent|foreman|referent",
    ),
  ],
  [
    "ic",
    word(
      "analyst\\w*|analista|engineer\\w*|ingegnere|ingenieur(?:in)?|ing[ée]nieure?|ingenier[oa]|engenheir[oa]|developer|entwickler(?:in)?|d[ée]velopp\\w*|sviluppator[ei]|specialist\\w*|spezialist(?:in)?|sp[ée]cialiste|specialista|especialista|" +
        "consultant|berater(?:in)?|associate|assistant|assistent\\w*|accountant|buchhalter(?:in)?|contabile|comptable|contable|contador[a]?|ksi[ęe]gow[ya]|счетоводител|бухгалтер|representative|rep|sdr|bdr|executive|ae|agent|clerk|officer|" +
        "intern|trainee|stagist\\w*|stagiaire|praktikant(?:in)?|werkstudent(?:in)?|designer|architect|scientist|recruiter|buyer|planner|advisor|adviser|bookkeeper|treasurer|auditor|lawyer|attorney|counsel|secretary|technician|programmer|student|editor|writer|impiegat[oa]|addett[oa]|sachbearbeiter(?:in)?|m[ia]tarbeiter(?:in)?|charg[ée]e? d\\w*|medewerker",
    ),
  ],
];

const FUNCTION: readonly Row<JobFunction>[] = [
  [
    "finance",
    word(
      "cfo|chief financial(?: officer)?|financ\\w*|finanz\\w*|financi\\w*|finanzas|finan[çc]as|controller(?:in)?|controlling|comptroller|account(?:ant|ing|s)(?: payable| receivable)?|buchhalt\\w*|rechnungswesen|contabil\\w*|comptab\\w*|contable|contador[a]?|tesorer\\w*|treasur\\w*|tr[ée]sor\\w*|" +
        "audit\\w*|tax|steuern?|fp&a|amministrazione|daf|bookkeep\\w*|kontroler|ekonomi\\w*|[øo]konomi\\w*|talous\\w*|finansow\\w*|finans\\w*|финанс\\w*|финансов\\w*|счетовод\\w*|бухгалтер\\w*|ksi[ęe]gow\\w*|billing|payroll",
    ),
  ],
  [
    "people",
    word(
      "chro|cpo|hr|hrbp|human resources|people(?: operations| ops)?|talent\\w*|recruit\\w*|personal(?:leiter\\w*|wesen|referent\\w*|abteilung)|risorse umane|ressources humaines|drh|recursos humanos|rh|hrm|personeel\\w*|kadry|човешки ресурси|кадр\\w*|workplace|learning",
    ),
  ],
  [
    "legal",
    word(
      "clo|general counsel|counsel|legal|lawyer|attorney|avvocato|jurist(?:in)?|juridi\\w*|rechts\\w*|syndikus|compliance|privacy|dpo|legale|prawn\\w*|юрист\\w*|правен",
    ),
  ],
  [
    "marketing",
    word(
      "cmo|chief marketing(?: officer)?|marketing|brand\\w*|growth|content|communications?|comunicazione|communication|kommunikation|pr|public relations|seo|demand(?: gen\\w*)?|social media|marketingu|маркетинг|events?",
    ),
  ],
  [
    "sales",
    word(
      "cro|chief revenue(?: officer)?|sales|vertrieb\\w*|verkauf\\w*|vendite|commercial\\w*|commercia(?:le|ux)|ventas|vendas|comercial|verkoop|salg|f[öo]rs[äa]ljning\\w*|myynti\\w*|sprzeda[żz]\\w*|obchod\\w*|продажб\\w*|продаж\\w*|account (?:executive|manager|director)|business development|bdr|sdr|revenue|partnerships?|key account\\w*",
    ),
  ],
  ["product", word("cpo|product(?: manager| owner| management)?|produkt\\w*|prodotto|produit|producto|produto|ux|ui|продукт\\w*")],
  [
    "it",
    word(
      "cio|ciso|it|information (?:technology|security|systems)|sistemi informativi|syst[èe]mes d'information|dsi|sistemas|infrastructure|security|cyber\\w*|sysadmin|network|edv|informatik\\w*|informatica|informatique|helpdesk|devops",
    ),
  ],
  [
    "engineering",
    word(
      "cto|chief tech\\w*(?: officer)?|engineer\\w*|software|develop\\w*|entwickl\\w*|d[ée]velopp\\w*|sviluppo|ingenier[íi]a|engenharia|r&d|f&e|research|data|machine learning|ai|technical|technik|tecnico|technique|architect|qa|програмист|разработчик",
    ),
  ],
  [
    "operations",
    word(
      "coo|chief operat\\w*(?: officer)?|operations?|ops|operativ\\w*|operazioni|op[ée]rations|operaciones|opera[çc][õo]es|supply chain|logisti\\w*|procurement|purchasing|einkauf\\w*|acquisti|achats|compras|inkoop|production|produktion|produzione|manufacturing|facilit\\w*|quality|warehouse|buyer|plant|projects?|pmo|операц\\w*|логист\\w*",
    ),
  ],
  [
    "general",
    word(
      "ceo|chief executive(?: officer)?|founder|co-?founder|owner|president|chair\\w*|managing director|managing partner|md|general manager|amministrator[ei](?: delegat[oa]| unico)?|fondator[ei]|titolare|direttor[ei] generale|gesch[äa]ftsf[üu]hr\\w*|vorstand\\w*|inhaber(?:in)?|gr[üu]nder(?:in)?|pdg|direct(?:eur|rice) g[ée]n[ée]rale?|fondat(?:eur|rice)|g[ée]rante?|director general|gerente general|eigenaar|administrerende direkt[øo]r|daglig leder|toimitusjohtaja|prezes|w[łl]a[śs]ciciel(?:ka)?|управител|генеральный директор",
    ),
  ],
];

/** What a job title says about rank and field. Null where it says nothing: an unknown title is no evidence. */
export function readTitle(raw: string): TitleReading {
  const title = raw.normalize("NFC").replace(/\s+/g, " ").trim();
  if (!title || FORMER.test(title)) return { seniority: null, function: null };
  const held = firstMatch(FUNCTION, title);
  if (NOT_THE_HOLDER.test(title)) return { seniority: "ic", function: held };
  return { seniority: firstMatch(SENIORITY, title), function: held };
}

function firstMatch<T>(table: readonly Row<T>[], title: string): T | null {
  return table.find(([, pattern]) => pattern.test(title))?.[0] ?? null;
}
