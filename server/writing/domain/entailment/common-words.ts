import { stem } from "./normalise.ts";

/** Words that carry no checkable content: they may appear anywhere, and at the start of a sentence they are not a name. */
const GLUE = `a about above across after again against ahead all along already also although am among an and another any anybody anyone anything are area around as
ask asked asking at away back bad based be became because become been before began begin behind being believe below beside best better between beyond big both bring brings brought
but by call calls can cannot case cause certain chance change check choose clear clearly close come comes coming could curious current currently day days dear decide did different
direct directly do does doing done down during each early easy either else enough even ever every everybody everyone everything example explain far feel few find finds fine first
for forward found free from full further gave get gets getting give gives given glad go goes going good got great had half hand handle handles happen happens happy hard has have
having he hear hello help helps her here hers hey hi high him his hold hope how however i idea if important in include includes including indeed instead interested into is it its
itself just keep keeps key kind know known large last late later least leave less let lets like likely line list listed little live long look looking looks lot made mail main make
makes making many matter matters may maybe me mean means meet might mind minute minutes more morning most move much must my name near need needs never new next nice no nobody none nor not
note nothing now of off often old on once one only open or order other others otherwise our ours out over own page part people perhaps person place plan please point possible
problem prove proof put question questions quick quickly quite rather read ready real really reason reach regards relevant reply right run runs said same saw say says second see seem
seems send sent set several shall share she short should show shows side simple simply since small so some somebody someone something sometimes soon sort sound sounds speak
spend start still stop such suit sure take takes talk team teams tell than thank thanks that the their them then there these they thing things think this those though through time times to
today together told too top topic toward try turn two under until up us use used useful uses using usual usually very via view want wants was way ways we week weeks well went were what
when whenever where whether which while who whole whom whose why will wish with within without wonder word words work works would write writes writing wrong wrote year years yes yet you your yours
yourself regarding subject touch detail details note interest worth curious sense brief briefly fit fits answer answers learn suggest suggestion attach step steps chat conversation
cheers sincerely warm kindly afternoon evening welcome sorry myself ourselves themselves somewhere anywhere moment whichever whatever whoever towards onto upon amid per plus
i'm i'd i'll i've you're you'd you'll you've we're we'd we'll we've it's that's there's here's what's who's let's don't doesn't didn't can't couldn't wouldn't won't isn't aren't wasn't weren't hasn't haven't`;

/** Verbs and nouns that often open a sentence of a mail without being anybody's name. Not glue: they still need a source. */
const OPENERS = `closing booking bookings books month monthly quarterly yearly finance financial accounting companies customers clients users firms businesses software
tool tools system systems spreadsheet spreadsheets reports reporting report consolidation consolidating invoices invoicing payments entities subsidiaries accounts
data numbers results teams controllers accountants managers managing preparing running building growing hiring moving switching replacing automating automated tracking
collecting sending creating reviewing checking signing approving matching reconciling reconciliation instead rather although despite besides meanwhile finally lastly
additionally moreover furthermore similarly likewise consequently therefore thus hence overall typically generally mostly specifically especially particularly
shared private public local global regional european international many most half nearly almost roughly around between within across through throughout setting
setup import imports export exports exporting importing connect connects connecting works working support supports security pricing prices price demo meetings meeting
tasks task deadline deadlines calendar calendars journal journals ledger currency currencies tax taxes audit audits auditors evidence approval approvals comments comment
onboarding implementation integration integrations switching nobody hardly never none neither lead leads sales campaigns pipelines reps replies mails sequences answers
congratulations given assuming considering depending judging noticing seeing reading looking reaching hoping wishing wondering thanks saying based following
everything everyone each every always simply currently recently lately yesterday tomorrow tonight today weekly daily`;

const glueStems = new Set(GLUE.split(/\s+/).map(stem));
const glueWords = new Set(GLUE.split(/\s+/));
const openers = new Set(OPENERS.split(/\s+/));

export function isGlue(word: string): boolean {
  return glueWords.has(word) || glueStems.has(stem(word));
}

export function isCommonWord(word: string): boolean {
  return glueWords.has(word) || openers.has(word);
}
