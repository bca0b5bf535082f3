import { rule } from "./rule.ts";

/** They want to talk, or they ask. */
export const INTEREST_RULES = [
  rule("interested", "interest.en", 0.88, [
    "(?:i'm|i am|we're|we are|we'd be|i'd be|would be|very|definitely|quite|indeed|am|are|is) (?:very |really |definitely |quite |potentially )?interested(?: in [\\p{L}]+(?: [\\p{L}]+){0,4})?",
    "(?:sounds|looks|seems) (?:very |really |quite |pretty )?(?:good|great|interesting|promising|useful|relevant|intriguing)",
    "(?:can|could|shall|should|would|may) (?:you|we|i) (?:do|meet|talk|speak|chat|call|schedule|set up|book|arrange|hop on|have|find|make)(?: [\\p{L}\\p{N}:]+){1,8}",
    "(?:let's|let us|happy to|glad to|love to|like to|keen to|open to|would like to|available (?:to|for)) (?:talk|chat|meet|speak|connect|discuss|schedule|set up|book|have|see|learn|hear|hop|jump|do|explore|a call|a chat|a meeting|a demo|know)(?: [\\p{L}\\p{N}]+){0,6}",
    "(?:send|share|suggest|propose)(?: (?:me|us|over|a few|some|your|through))* (?:times?|slots?|availability|calendar|invite|dates|a time|an invite)",
    "(?:free|available|works? (?:for me|best)|works)(?: [\\p{L}]+){0,2} (?:on )?(?:monday|tuesday|wednesday|thursday|friday|tomorrow|next week|this week)(?: [\\p{L}\\p{N}:]+){0,4}",
    "(?:monday|tuesday|wednesday|thursday|friday|tomorrow|next week)(?: [\\p{L}\\p{N}:]+){0,4} (?:works|suits|is good|would work|is fine|is perfect)(?: [\\p{L}]+){0,3}",
    "(?:book|schedule|set up|arrange)(?: (?:a|the|some|in|us))* (?:call|meeting|demo|time|chat|slot)",
    "(?:tell|show) (?:me|us) more",
    "(?:send|share|forward|get)(?: (?:me|us|over|along|some|more|the|any|a|your|through))* (?:information|info|details|deck|brochure|pricing|materials?|case stud(?:y|ies)|overview|proposal|one-?pager)(?: [\\p{L}]+){0,3}",
    "count me in|i'm in|let's do (?:it|this|that)|(?:yes|sure|ok|okay),? (?:please|let's|happy|sounds)(?: [\\p{L}]+){0,3}",
    "looking for(?: [\\p{L}]+){0,3} (?:exactly|something like|like) this",
    "good timing|great timing|perfect timing",
  ]),
  rule("interested", "interest.de", 0.88, [
    "(?:bin|sind|wären|wäre)(?: [\\p{L}]+){0,3} interessiert",
    "(?:klingt|hört sich|sieht)(?: [\\p{L}]+){0,2} (?:gut|interessant|spannend|vielversprechend)(?: an)?",
    "(?:gerne?|würde(?:n)?)(?: [\\p{L}\\p{N}]+){0,6} (?:sprechen|telefonieren|austauschen|treffen|termin|mehr erfahren|kennenlernen|anschauen|ansehen)",
    "(?:können|könnten|wollen) (?:wir|sie)(?: [\\p{L}\\p{N}:.]+){0,8} (?:sprechen|telefonieren|treffen|vereinbaren|vorschlagen|termin|uhr|senden|schicken|zusenden)",
    "(?:schlagen|schicken|senden) sie(?: [\\p{L}]+){0,4} (?:termine?|uhrzeit|zeiten|informationen|unterlagen|infos)(?: vor| zu)?",
    "(?:haben|hätten)(?: wir)?(?: [\\p{L}]+){0,2} interesse",
    "passt (?:mir|uns|es)(?: [\\p{L}\\p{N}]+){0,4}",
    "(?:ja,? gerne?|sehr gerne?)(?: [\\p{L}]+){0,3}",
    "mehr (?:informationen|infos|darüber)",
  ]),
  rule("interested", "interest.fr", 0.88, [
    "(?:suis|sommes|serais|serions)(?: [\\p{L}]+)? intéressée?s?(?: par(?: [\\p{L}]+){1,4})?",
    "(?:ça|cela|votre \\p{L}+)(?: nous| m')? ?(?:intéresse|a l'air intéressant)",
    "(?:volontiers|avec plaisir|avec intérêt)",
    "(?:pouvons-nous|pourrions-nous|pouvez-vous|pourriez-vous|peut-on|on peut)(?: [\\p{L}\\p{N}]+){0,6} (?:échanger|appeler|parler|rencontrer|rendez-vous|créneaux?|voir|envoyer|proposer|présenter)(?: [\\p{L}\\p{N}]+){0,4}",
    "(?:proposez|envoyez)(?:-(?:moi|nous))?(?: [\\p{L}']+){0,4} (?:créneaux?|disponibilités|dates|informations|documentation|tarifs)",
    "(?:disponible|libre) (?:mardi|lundi|mercredi|jeudi|vendredi|demain|la semaine)(?: [\\p{L}\\p{N}]+){0,4}",
    "en savoir plus",
    "(?:mardi|lundi|mercredi|jeudi|vendredi)(?: [\\p{L}\\p{N}]+){0,4} (?:me|nous) convient",
  ]),
  rule("interested", "interest.es", 0.88, [
    "(?:estoy|estamos|estaría|estaríamos)(?: [\\p{L}]+)? interesad[oa]s?(?: en(?: [\\p{L}]+){1,4})?",
    "(?:me|nos) interesa(?:ría)?(?: [\\p{L}]+){0,4}",
    "(?:suena|parece)(?: [\\p{L}]+)? (?:bien|interesante)",
    "(?:podemos|podríamos|puede|puedes|podría)(?: [\\p{L}\\p{N}]+){0,5} (?:hablar|llamar|reunir\\p{L}*|vernos|agendar|enviar\\p{L}*|quedar)(?: [\\p{L}\\p{N}]+){0,4}",
    "(?:envíe|envía|mánde|propong)\\p{L}{0,4}(?: [\\p{L}]+){0,3} (?:información|horarios|propuesta|detalles|fechas)",
    "(?:con mucho gusto|encantad[oa]|claro que sí|por supuesto)",
    "más información",
  ]),
  rule("interested", "interest.it", 0.88, [
    "(?:sono|siamo|sarei|saremmo)(?: [\\p{L}]+)? interessat[oiae](?: a(?: [\\p{L}]+){1,4})?",
    "(?:mi|ci) interessa(?: [\\p{L}]+){0,3}",
    "(?:sembra|suona)(?: [\\p{L}]+)? (?:interessante|bene|utile)",
    "(?:possiamo|potremmo|può|puoi|potrebbe)(?: [\\p{L}\\p{N}]+){0,5} (?:parlar\\p{L}*|sentir\\p{L}*|veder\\p{L}*|fissare|incontrar\\p{L}*|inviar\\p{L}*|chiamar\\p{L}*)(?: [\\p{L}\\p{N}]+){0,4}",
    "(?:volentieri|con piacere|certamente)",
    "maggiori informazioni|saperne di più",
    "(?:mi|ci) (?:mandi|invii|mandi pure|proponga)(?: [\\p{L}]+){1,3}",
  ]),
  rule("interested", "interest.pt", 0.88, [
    "(?:estou|estamos|estaria|teria|tenho|temos)(?: [\\p{L}]+)? (?:interessad[oa]s?|interesse)(?: em(?: [\\p{L}]+){1,4})?",
    "(?:interessa-me|interessa-nos|nos interessa|me interessa)",
    "(?:parece|soa)(?: [\\p{L}]+)? (?:interessante|bem|ótimo|bom)",
    "(?:podemos|poderíamos|pode|poderia)(?: [\\p{L}\\p{N}]+){0,5} (?:falar|conversar|reunir|marcar|agendar|enviar|ligar)(?: [\\p{L}\\p{N}]+){0,4}",
    "(?:com (?:todo o )?(?:gosto|prazer)|claro que sim)",
    "mais informações|saber mais",
  ]),
  rule("interested", "interest.nl", 0.88, [
    "(?:ben|zijn|hebben|heb)(?: [\\p{L}]+){0,2} (?:geïnteresseerd|interesse)",
    "(?:klinkt|lijkt|ziet er)(?: [\\p{L}]+){0,2} (?:goed|interessant|leuk)(?: uit)?",
    "(?:kunnen|zullen) (?:we|wij|u|je)(?: [\\p{L}\\p{N}]+){0,6} (?:bellen|spreken|afspreken|inplannen|sturen|afspraak)(?: [\\p{L}\\p{N}]+){0,3}",
    "(?:graag)(?: [\\p{L}]+){1,4}",
    "meer (?:informatie|weten)",
    "stuur(?: [\\p{L}]+){1,4}",
  ]),
  rule("question", "question.words", 0.8, [
    "(?:does|do|can|could|is|are|what|how|which|who|where|why|when|would|will|have|has|did)(?: [\\p{L}\\p{N}'’/-]+,?){1,25}\\s?\\?",
    "(?:was|wie|welche\\p{L}?|wer|wo|warum|wann|kann|können|gibt|ist|sind|hat|haben|funktioniert|unterstützt|lässt|bietet|wieviel)(?: [\\p{L}\\p{N}'’/-]+,?){1,25}\\s?\\?",
    "(?:est-ce|comment|quel(?:le)?s?|combien|pourquoi|quand|où|qui|avez-vous|peut-on|pouvez-vous|proposez-vous|faites-vous|gérez-vous)(?: ?[\\p{L}\\p{N}'’/-]+,?){1,25}\\s?\\?",
    "¿[^?\\n]{3,200}\\?",
    "(?:come|quanto|quali?|perché|quando|dove|chi|è|avete|si può|gestite|funziona)(?: [\\p{L}\\p{N}'’/-]+,?){1,25}\\s?\\?",
    "(?:como|quanto|quais|qual|porque|quando|onde|quem|têm|vocês|é possível|funciona|suporta)(?: [\\p{L}\\p{N}'’/-]+,?){1,25}\\s?\\?",
    "(?:hoe|wat|welke|wie|waar|waarom|wanneer|kan|kunnen|is|heeft|hebben|werkt|ondersteunt)(?: [\\p{L}\\p{N}'’/-]+,?){1,25}\\s?\\?",
    "(?:how much|what (?:does|would) it cost|was kostet|combien (?:ça )?coûte|cuánto cuesta|quanto (?:costa|custa)|wat kost)(?: [\\p{L}]+){0,4}",
  ]),
  rule("question", "question.mark", 0.62, ["[\\p{Lu}¿][^.!?\\n]{8,250}\\?"]),
] as const;

export const YES_ALONE =
  /^\W*(?:yes|yes please|yep|yeah|sure|ok|okay|sounds good|great|perfect|interested|i am interested|i'm interested|ja|ja gerne?|gerne?|oui|oui volontiers|volontiers|s[íi]|claro|va bene|volentieri|sim|com certeza|ja graag|graag|prima)\W*$/iu;
export const NO_ALONE =
  /^\W*(?:no|nope|no thanks|no thank you|pass|nein|nein danke|non|non merci|no gracias|no grazie|não|não obrigad[oa]|nee|nee bedankt|nee dank je)\W*$/iu;
