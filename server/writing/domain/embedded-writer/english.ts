import type { DraftSource, Sentence } from "#server/writing/schema.ts";
import type { Brief } from "../brief.ts";
import { article, count, inner, isNumber, phrase, sentenceOf, titleInside, tooLongFor } from "./english-words.ts";
import { type Grammar, line } from "./grammar.ts";

export const english: Grammar = {
  language: "en",
  greetings: ({ person }) =>
    person.callName
      ? [line("greeting", `Hi ${person.callName},`), line("greeting", `Hello ${person.callName},`)]
      : [line("greeting", "Hello,")],
  openings,
  introductions: (brief) => {
    const { what, audience, name, topic } = brief.offer;
    const id = brief.about.what.id;
    const said = what.trim();
    if (/^(?:we|our|i|it)\b/i.test(said) || said.toLowerCase().startsWith(name.toLowerCase())) return [line("claim", sentenceOf(said), id)];
    const offer = phrase(said);
    const forWhom = audience.trim() && !said.toLowerCase().includes(" for ") ? ` for ${phrase(audience)}` : "";
    const lines = [line("claim", `${name} is ${offer}${forWhom}.`, id), line("claim", `We make ${offer}${forWhom}.`, id)];
    if (topic.trim() && !said.toLowerCase().startsWith(topic.toLowerCase()))
      lines.push(line("claim", `My topic is ${phrase(topic)}: ${name} is ${offer}${forWhom}.`, id));
    return lines;
  },
  claim: (claim, brief, place) => {
    const title = factOf(brief, "title");
    const plain = line("claim", sentenceOf(claim.value), claim.id);
    if (place === "first") return [plain, line("claim", `In short: ${inner(claim.value)}.`, claim.id)];
    const framed = [plain, line("claim", `Another point: ${inner(claim.value)}.`, claim.id)];
    if (title && isPlainTitle(title.value))
      framed.push(
        line("claim", `What may matter to ${article(title.value)} ${titleInside(title.value)}: ${inner(claim.value)}.`, claim.id, title.id),
      );
    return framed;
  },
  evidence: (claim) =>
    claim.source && claim.source !== "offer" && !tooLongFor(claim.source, 16)
      ? [line("claim", `Where this comes from: ${phrase(claim.source)}.`, claim.id)]
      : [],
  recalls: (brief) => {
    const mail = brief.thread[0];
    if (!mail) return [];
    const day = mail.value.split(":")[0] ?? "";
    const topic = topicOf(brief);
    const about = brief.about.what.id;
    return [
      line("fact", `I wrote to you on ${day} about ${topic}.`, mail.id, about),
      line("fact", `My mail of ${day} was about ${topic}.`, mail.id, about),
      line("fact", `This is a short follow-up to my mail of ${day}.`, mail.id),
    ];
  },
  questions: (brief) => {
    const at = brief.company ? ` at ${brief.company}` : "";
    const forCompany = brief.company ? ` for ${brief.company}` : "";
    return [
      line("question", `Is this something you look after${at}?`),
      line("question", `Who looks after this${at}?`),
      line("question", `Does this matter${forCompany} at the moment?`),
      line("question", `How do you handle this${at} today?`),
    ].map((question) => (question.text.includes("today") ? line("question", question.text.replace(" today", "")) : question));
  },
  asks,
  closings: () => [line("closing", "Best regards,"), line("closing", "Kind regards,")],
  subjects: (brief) => {
    const topic = topicOf(brief);
    const capital = topic.charAt(0).toUpperCase() + topic.slice(1);
    return brief.company
      ? [
          `${capital} at ${brief.company}`,
          `${brief.company}: ${topic}`,
          `A question about ${topic} at ${brief.company}`,
          `${capital}, for ${brief.company}`,
        ]
      : [capital, `A question about ${topic}`];
  },
};

function asks(brief: Brief): Sentence[] {
  const { ask } = brief.offer;
  const id = brief.about.ask.id;
  const wanted = phrase(ask).replace(/[?]+$/, "");
  const other = brief.company
    ? line("ask", `If somebody else at ${brief.company} is the right person, a name would help.`)
    : line("ask", "If somebody else is the right person, a name would help.");
  const isLast = brief.step.intent === "close" || brief.thread.length >= 2;
  if (wanted === "") return [line("ask", "Is it worth a short talk?"), ...(isLast ? [other] : [])];
  const asked = ask.trim().endsWith("?")
    ? [line("ask", sentenceOf(ask), id)]
    : /^(?:book|see|try|take|talk|have|join|look|reply|answer|meet|schedule|watch|read|send|show|get|speak|start)\b/i.test(wanted)
      ? [line("ask", `Would you like to ${wanted}?`, id), line("ask", `Are you open to it: ${wanted}?`, id)].slice(0, 1)
      : [
          line("ask", `Would ${wanted} be useful?`, id),
          line("ask", `Are you open to ${wanted}?`, id),
          line("ask", `Is ${wanted} worth it for you?`, id),
        ];
  return isLast ? [other] : asked;
}

/** Facts joined two by two where they make one natural sentence; otherwise one by one. */
function openings(brief: Brief): Sentence[] {
  const company = brief.company ?? "your company";
  const found: Sentence[] = [];
  const has = (field: string) => factOf(brief, field);
  const [role, growth, news, funding, entities] = [has("openRole"), has("growth"), has("news"), has("funding"), has("entities")];
  const [employees, industry, title, city, tool, offices] = [
    has("employees"),
    has("industry"),
    has("title"),
    has("city"),
    has("tool"),
    has("offices"),
  ];
  if (growth)
    found.push(
      /^\w+ing\b/.test(growth.value)
        ? line("fact", `I read that ${company} is ${inner(growth.value)}.`, growth.id)
        : line("fact", `I read this about ${company}: ${inner(growth.value)}.`, growth.id),
    );
  if (role && !tooLongFor(role.value, 6))
    found.push(
      line("fact", `${company} is hiring ${article(role.value)} ${role.value.trim()}.`, role.id),
      line("fact", `${company} has an opening for ${article(role.value)} ${role.value.trim()}.`, role.id),
    );
  for (const told of [news, funding])
    if (told && !tooLongFor(told.value, 20)) found.push(line("fact", `I read this about ${company}: ${inner(told.value)}.`, told.id));
  if (entities && isNumber(entities.value)) {
    const said = `${company} has ${count(entities.value)} ${entities.value.trim() === "1" ? "entity" : "entities"}`;
    found.push(
      title && isPlainTitle(title.value) && entities.value.trim() !== "1"
        ? line("fact", `${said}, and you are ${titleInside(title.value)} there.`, entities.id, title.id)
        : line("fact", `${said}.`, entities.id),
    );
  }
  if (offices && isNumber(offices.value)) found.push(line("fact", `${company} has ${count(offices.value)} offices.`, offices.id));
  if (tool && !tooLongFor(tool.value, 4)) found.push(line("fact", `${company} works with ${tool.value.trim()}.`, tool.id));
  const people = employees && isNumber(employees.value) ? `${count(employees.value)} people` : null;
  const field = industry && !tooLongFor(industry.value, 4) ? phrase(industry.value) : null;
  if (employees && people && city)
    found.push(line("fact", `${company} has ${people} and is based in ${city.value.trim()}.`, employees.id, city.id));
  if (employees && people && industry && field)
    found.push(line("fact", `${company} works in ${field} and has ${people}.`, industry.id, employees.id));
  if (employees && people && title && isPlainTitle(title.value))
    found.push(line("fact", `${company} has ${people}, and you are ${titleInside(title.value)} there.`, employees.id, title.id));
  if (industry && field) found.push(line("fact", `${company} works in ${field}.`, industry.id));
  if (employees && people) found.push(line("fact", `${company} has ${people}.`, employees.id));
  if (title && isPlainTitle(title.value))
    found.push(
      line(
        "fact",
        brief.company
          ? `I am writing to you as ${titleInside(title.value)} at ${company}.`
          : `I am writing to you as ${titleInside(title.value)}.`,
        title.id,
      ),
    );
  return found;
}

/** "CFO", "Head of Finance": one that fits inside a sentence. */
function isPlainTitle(title: string): boolean {
  return !tooLongFor(title, 4) && /^[\p{L}\s&'-]+$/u.test(title.trim());
}

function factOf(brief: Brief, field: string): DraftSource | undefined {
  return brief.facts.find((fact) => fact.field === field);
}

/** What the offer is about in a few words: the topic given, else the start of what we sell. */
export function topicOf(brief: Brief): string {
  if (brief.offer.topic.trim()) return phrase(brief.offer.topic);
  const start = phrase(brief.offer.what).split(/\s+(?:for|that|which|to|with|in|so)\s|[,.;:(]/)[0] ?? "";
  return tooLongFor(start, 5) || start === "" || /^(?:we|our|i)\b/i.test(start) ? brief.offer.name : start;
}
