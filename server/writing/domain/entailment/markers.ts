import { allMatches } from "../all-matches.ts";
import { fold } from "./normalise.ts";

/** Words that make a sentence claim more than its nouns: each must stand, in the same sense, in what the sentence cites. */
export type MarkerClass = "superlative" | "comparison" | "trend" | "award" | "relation" | "causal" | "universal" | "promise";
export type Marker = { class: MarkerClass; sense: string; text: string; at: number };

/** Sense → the forms that carry it. Two forms of one sense support each other; two senses never do. */
const FORMS: Record<Exclude<MarkerClass, "relation">, Record<string, string>> = {
  trend: {
    up: "grow(?:s|ing|n|th)?|grew|increas(?:e|es|ed|ing)|ris(?:e|es|ing|en)|rose|expan(?:d|ds|ded|ding|sion)|scal(?:es|ed|ing)(?: up)?|surg(?:e|es|ed|ing)|soar(?:s|ed|ing)?|climb(?:s|ed|ing)?|boom(?:s|ed|ing)?|accelerat(?:e|es|ed|ing)|boost(?:s|ed|ing)?|gain(?:s|ed|ing)?|ramp(?:s|ed|ing)? up|thriv(?:e|es|ed|ing)|doubl(?:e|es|ed|ing)|tripl(?:e|es|ed|ing)",
    down: "shrink(?:s|ing)?|shrank|shrunk|declin(?:e|es|ed|ing)|decreas(?:e|es|ed|ing)|f(?:all|alls|alling|ell|allen)|drop(?:s|ped|ping)?|reduc(?:e|es|ed|ing|tion)|cut(?:s|ting)?|sav(?:e|es|ed|ing|ings)|lower(?:s|ed|ing)|shorten(?:s|ed|ing)?|halv(?:e|es|ed|ing)|slash(?:es|ed|ing)?|minimi[sz](?:e|es|ed|ing)|los(?:e|es|t|ing)|struggl(?:e|es|ed|ing)|lay(?:ing)? ?offs?|laid off|downsiz(?:e|es|ed|ing)|eliminat(?:e|es|ed|ing)",
    better:
      "improv(?:e|es|ed|ing|ement|ements)|enhanc(?:e|es|ed|ing)|strengthen(?:s|ed|ing)?|optimi[sz](?:e|es|ed|ing)|upgrad(?:e|es|ed|ing)|moderni[sz](?:e|es|ed|ing)|streamlin(?:e|es|ed|ing)",
    worse: "worsen(?:s|ed|ing)?|deteriorat(?:e|es|ed|ing)|weaken(?:s|ed|ing)?|slip(?:s|ped|ping)",
    steady: "stagnat(?:e|es|ed|ing)|stabili[sz](?:e|es|ed|ing)|stay(?:s|ed)? flat|remain(?:s|ed)? (?:flat|stable)",
    acquired: "acquir(?:e|es|ed|ing)|acquisition|b(?:uy|uys|ought|uying)|takeover|took over",
    merged: "merg(?:e|es|ed|er|ing)",
    funded: "rais(?:e|es|ed|ing)|fund(?:ed|ing)|invest(?:s|ed|ing|ment|or|ors)",
    launched: "launch(?:es|ed|ing)?|introduc(?:e|es|ed|ing)",
    opened: "open(?:s|ed|ing) (?:a|an|its|your|new|two|three)",
    moved: "mov(?:e|es|ed|ing) (?:to|into|from)|relocat(?:e|es|ed|ing)",
    switched: "switch(?:es|ed|ing)?|migrat(?:e|es|ed|ing)|replac(?:e|es|ed|ing)",
    promoted: "promot(?:ed|ion)|appoint(?:ed|ment)|bec(?:ame|ome|omes|oming)",
    joined: "join(?:s|ed|ing)",
    gone: "left|resign(?:s|ed)?|retir(?:ed|es|ing)|sold|sell(?:s|ing)?|clos(?:ed|ing) down|bankrupt(?:cy)?|insolven(?:t|cy)",
    listed: "went public|ipo",
  },
  comparison: {
    more: "more(?! than \\w*\\d)|greater|higher|larger|bigger|additional",
    less: "less|fewer|smaller",
    faster: "faster|quicker|sooner|quickly|speed(?:s|ed|ing)? up|instant(?:ly)?|in (?:seconds|minutes|no time)",
    slower: "slower|later than",
    cheaper: "cheaper|lower (?:cost|price)s?",
    dearer: "dearer|more expensive|pricier|costlier",
    better: "better|superior|outperform(?:s|ed|ing)?|beat(?:s|ing)?|ahead of|stronger",
    worse: "worse|inferior|behind (?:the|your|its|their) (?:competit|peer|rival)\\w*|weaker|harder",
    easier: "easier|simpler|easily|effortless(?:ly)?",
    than: "compared (?:to|with)|relative to|unlike|instead of|rather than|versus|vs|than (?:other|any|most|your|the|its|before|last|ever)",
    earlier: "earlier(?= than)",
    further: "further|longer|shorter|newer|older|safer|smarter|richer|poorer",
  },
  superlative: {
    best: "best(?! regards| wishes)|finest|greatest|ideal|perfect(?:ly)?|unmatched|unrivalled|unrivaled|unbeatable|second to none|state[- ]of[- ]the[- ]art|cutting[- ]edge|world[- ]class|best[- ]in[- ]class|top[- ]\\w+|premier|flagship",
    leading:
      "leading|leader|leads the|number one|no\\.? ?1|#1|top|foremost|dominant|dominat(?:e|es|ing)|pioneer(?:s|ed|ing)?|market[- ]lead\\w+",
    first: "first(?! name| of all| mail| call| week| step| \\d)|original",
    only: "only|sole(?:ly)?|unique(?:ly)?|exclusive(?:ly)?",
    most: "most(?! of your)|biggest|largest|fastest|quickest|cheapest|highest|lowest|smallest|newest|oldest|easiest|simplest|strongest|safest|smartest|richest|longest|shortest|latest|worst|busiest|youngest|tallest|deepest|widest|hottest|favou?rite|favou?red",
    famous:
      "famous|renowned|well[- ]known|popular|iconic|legendary|revolutionary|game[- ]changing|groundbreaking|innovative|impressive|remarkable|outstanding|exceptional|excellent|amazing|incredible|successful|fantastic|great",
  },
  award: {
    award:
      "award(?:s|ed|[- ]winning)?|prize(?:s)?|won|win(?:s|ning|ner|ners)|medal|trophy|honou?r(?:s|ed|ing)?|finalist|nominat(?:ed|ion)|shortlist(?:ed)?",
    certified:
      "certif(?:ied|ication|icate|ies)|accredit(?:ed|ation)|complian(?:t|ce)|audited by|approved by|endorsed(?: by)?|iso|soc|gdpr|patent(?:s|ed)?|licen[cs]ed|regulated",
    ranked:
      "rank(?:s|ed|ing)?|rat(?:ed|ing|ings)|recogni[sz](?:ed|es|ing)|featured|named (?:a|an|the|one|as|among)|voted|listed (?:as|among|in)|stars?|reviews?",
    trusted:
      "trust(?:ed|s)?(?: by)?|loved(?: by)?|relied (?:on|upon)|chosen by|preferred by|used by|backed by|partner(?:s|ed|ship|ing)?(?: with)?|acclaim(?:ed)?|praised|celebrated|applauded",
    guarantee: "guarantee(?:s|d)?|proven|risk[- ]free|money[- ]back|certain to|assured?|warrant(?:y|ied)",
  },
  causal: {
    because:
      "because|due to|owing to|thanks to|caused? by|as a result|result(?:s|ed|ing) (?:in|from)|leads? to|led to|caus(?:e|es|ed|ing)|therefore|hence|thus|consequently|which (?:means|meant|is why|explains|makes|made)|that is why|that's why|this means|means that|driv(?:es|en|ing) (?:by|the|your)|driven|stems? from|given that|so (?:you|your|we|they|it|that|its|the)|must be|as you|since you|since your|since the|makes? (?:it|you|your)|forc(?:e|es|ed|ing)",
  },
  universal: {
    all: "all(?! the best)|every(?:one|body|thing)?|always|any(?:one|body|thing|time|where)?|entire(?:ly)?|whole|complete(?:ly)?|total(?:ly)?|full(?:y)?|each|wherever|whenever|whatever|across the board|end[- ]to[- ]end|automatic(?:ally)?|real[- ]time",
  },
  promise: {
    free: "free|no cost|at no charge|complimentary|discount(?:ed|s)?|refund(?:s|ed)?|offer you|special price|trial",
    will: "will (?!(?:come back|check|ask|send|reply|answer|find out|write)\\b)\\w+|'ll (?!(?:come|check|ask|send|reply|answer|find|write)\\b)\\w+|going to",
    must: "must|need(?:s|ed)? to|have to|has to|required to|legally|mandatory|deadline|penalt(?:y|ies)|fine[sd]",
  },
};

/** Shared history that a stranger does not have. Checked in every kind of sentence. */
const RELATION: [string, RegExp][] = [
  [
    "told",
    /\b(?:as|like|what|since|when|because) you (?:told|said|mentioned|asked|noted|wrote|requested|explained|shared|know|agreed|indicated|described)\b/g,
  ],
  [
    "told",
    /\byou (?:told|mentioned to|wrote to|said to|asked|requested|promised|contacted|emailed|called|shared|signed up|downloaded|subscribed|registered|visited|attended|agreed|replied|filled|expressed|showed interest|requested|invited)\b/g,
  ],
  [
    "told",
    /\byour (?:message|request|inquiry|enquiry|question|note|mail|email|call|reply|answer|interest|feedback|visit|download|registration|order|invitation|comment|application)\b/g,
  ],
  [
    "met",
    /\bwe(?:'ve| have)? (?:met|spoke|spoken|talked|discussed|chatted|connected|worked|agreed|crossed paths|exchanged|corresponded)\b/g,
  ],
  [
    "met",
    /\b(?:great|good|nice|lovely|pleasure|wonderful) (?:to (?:meet|talk|speak|see|chat|connect)|meeting|talking|speaking|seeing|chatting|catching up|connecting)\b/g,
  ],
  [
    "met",
    /\b(?:as (?:discussed|agreed|promised|mentioned|requested)|per our|our (?:last |recent |previous |earlier |first )?(?:call|meeting|conversation|chat|discussion|talk|exchange|relationship|collaboration)|when we (?:met|spoke|talked)|last time we|since we last|good to see|long time|again after)\b/g,
  ],
  [
    "wrote",
    /\b(?:i (?:wrote|mailed|emailed|sent|called|rang|reached out|asked|mentioned)|my (?:last|first|earlier|previous|recent) (?:mail|email|note|message|call|letter)|following up on|follow(?:ing)?[- ]up to|circling back|back to you about)\b/g,
  ],
  [
    "referred",
    /\b(?:referred|recommended (?:you|that|me|by)|suggested (?:that )?(?:i|we|you)|introduced (?:us|me|by)|mutual|a friend|your colleague|your boss|your manager|your team (?:told|said|mentioned)|(?:pointed|sent) me (?:to|your))\b/g,
  ],
  ["watched", /\b(?:i|we) (?:saw|noticed|read|heard|learned|learnt|understand|see|hear|know|gather|found out) (?:that )?(?:you|your)\b/g],
  [
    "customer",
    /\b(?:as (?:a|an|our) (?:valued )?(?:customer|client|user|member|partner|subscriber)|your (?:account|subscription|contract|invoice|order|licen[cs]e) (?:with|is|has|was|will|expires)|like your (?:competitors?|peers?))\b/g,
  ],
  ["customer", /\b(?:companies|firms|teams|businesses|customers|clients|organi[sz]ations|others) (?:like|such as|similar to)\b/g],
  [
    "premise",
    /\b(?:did you know|isn't it|is it not|everybody knows|everyone knows|as everyone|of course|obviously|clearly|no doubt|undoubtedly|needless|fact is|studies show|research shows|experts|according to|reportedly|rumou?r)\b/g,
  ],
  ["feeling", /\b(?:congrat(?:s|ulations)|impressed|admire|love (?:what|how|your)|big fan|excited|thrilled|proud|honou?red to)\b/g],
];

const PATTERNS = Object.entries(FORMS).flatMap(([name, senses]) =>
  Object.entries(senses).map(([sense, forms]) => ({
    class: name as MarkerClass,
    sense: `${name}:${sense}`,
    pattern: new RegExp(`(?<![\\p{L}\\p{N}])(?:${forms})(?![\\p{L}\\p{N}])`, "gu"),
  })),
);

export function markers(text: string): Marker[] {
  const lower = fold(text);
  const source = lower.length === text.length ? lower : text.toLowerCase();
  const found = PATTERNS.flatMap(({ class: name, sense, pattern }) =>
    allMatches(source, pattern).map((match) => marker(name, sense, text, match)),
  );
  const shared = RELATION.flatMap(([sense, pattern]) =>
    allMatches(source, pattern).map((match) => marker("relation", `relation:${sense}`, text, match)),
  );
  // "As you told us" is one thing, not also a reason.
  const within = (inner: Marker, outer: Marker) =>
    inner !== outer && inner.at >= outer.at && inner.at + inner.text.length <= outer.at + outer.text.length;
  const longest = shared.filter((marker) => !shared.some((other) => within(marker, other) && other.text.length > marker.text.length));
  return [...found.filter((marker) => !longest.some((other) => within(marker, other))), ...longest].sort((a, b) => a.at - b.at);
}

function marker(name: MarkerClass, sense: string, text: string, match: RegExpMatchArray): Marker {
  const at = match.index ?? 0;
  return { class: name, sense, text: text.slice(at, at + match[0].length).trim(), at };
}
