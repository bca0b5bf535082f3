export type Hardness = "hard" | "soft";

/**
 * Hard: the address itself is no good and never will be (no such person, no such domain, moved away, takes no mail).
 * Soft: everything about time, size, policy, reputation or content; the address may be fine tomorrow.
 * Words decide before numbers, because hosts use 5.1.1 and 550 for many things; the order of the rules matters.
 */
const RULES: readonly [Hardness, RegExp][] = [
  [
    "soft",
    /(?:mailbox|quota|inbox|over ?quota|storage|maildir|account|user|disk)[^.]{0,60}(?:is |are )?(?:full|exceed|over\b|out of)|over ?(?:drawn|quota)|quota (?:exceeded|violation)|exceeded (?:his|her|their|the|its|storage|mail ?box) ?(?:quota|storage|size|limit)?|out of storage|insufficient (?:disk|system storage|storage)|too much mail data|boîte[^.]{0,40}pleine|postfach[^.]{0,30}voll/i,
  ],
  ["soft", /message (?:size|too (?:big|large))|size exceeds|exceeds (?:the )?(?:max|size|limit)|too (?:big|large)/i],
  [
    "soft",
    /receiving mail at a rate|not\s+found, try again|(?:after|reply to) mail from|after (?:pipelined )?end of data|reply to (?:end of )?data/i,
  ],
  [
    "hard",
    /name service error|unrouteable address|host \S{1,80} not found|domain (?:name )?(?:does not exist|is not reachable|must exist|not found)|host (?:or domain name )?(?:not found|unknown)|unknown host|unrouteable (?:mail )?domain|no such domain|nxdomain|name or service not known|(?:bad|illegal) (?:host|domain)|can't find any host|unable to find (?:the )?(?:host|domain)|domain isn't in my list/i,
  ],
  [
    "hard",
    /does not accept (?:any )?(?:mail|email)|null ?mx|mx (?:record )?(?:set to|is) "?\.|doesn't accept (?:any )?(?:mail|email)|host does not receive mail|did not like our rcpt to:\s+521/i,
  ],
  ["hard", /(?:user|recipient|mailbox|account|address)[^.]{0,40}(?:has )?moved|has (?:moved|been replaced)|no longer (?:works|employed)/i],
  [
    "soft",
    /spam|blacklist|block ?list|blocked|black ?hole|reputation|dnsbl|rbl|spamhaus|barracuda|refused (?:by|due)|dmarc|\bspf\b|dkim|authenticat|policy|greylist|grey-list|virus|malware|content (?:rejected|denied)|prohibited|unsolicited|ptr record|reverse dns|rate.?limit|too many|throttl|try again later|temporar/i,
  ],
  [
    "soft",
    /relay(?:ing)? (?:denied|not (?:permitted|allowed)|access)|not permitted to relay|sender (?:address |verify )?(?:rejected|failed|denied)|tls|starttls|certificate/i,
  ],
  ["soft", /suspend|disabled|inactive|not active|deactivated|locked|frozen|on hold|abandoned/i],
  [
    "hard",
    /(?:user|recipient|mailbox|account|address|person|local.?part|alias|customer|member|name)s?(?: name| address)?[^.\n]{0,60}(?:unknown|not? (?:found|exist|known|such|valid|listed|local|here|present|registered|recogni[sz]ed)|(?:does|do|did|could|was|is|are|can)(?:n't| not|not) (?:exist|be found|have|found|known|valid|listed|a (?:valid|known)|an active|in|active)|nonexist|non-exist|invalid)/i,
  ],
  [
    "hard",
    /(?:no|unknown|invalid|bad|non.?existent|illegal|undeliverable)(?: such| valid| e-?mail| local| destination)?[ -](?:user|recipient|mailbox|mail ?box|account|address(?:ee)?|alias|person|customer|local.?part|here)\b|access denied[^\n]{0,40}protection\.outlook|recipient address(?:es)? rejected(?:\.|\s*: access denied|\s*\(|\s*$)|#5\.1\.[01] address rejected|no valid recipients|リストにありません|宛先不明|bad ?rcpt ?to|validrcptto|recipnotfound|recipientnotfound|recipient ?not ?found|wrong or no longer valid|there is no one at this address|not a (?:valid|known) (?:user|recipient|mailbox|address)|no (?:mailbox|account) (?:here )?by that name|doesn't have an? [^.]{0,40}account|utilisateur inconnu|destinataire inconnu|empfänger[^.]{0,40}(?:unbekannt|existiert)|unbekannte[rn]? (?:empfänger|adresse|benutzer)|no existe|utente (?:sconosciuto|inesistente)|nessun utente|usuário (?:desconhecido|inexistente)|onbekend/i,
  ],
  [
    "soft",
    /timed? ?out|time(?:d)? limit|expired|retry|retries|connection (?:refused|lost|dropped|timed)|unable to connect|cannot connect|no route|unreachable|deferred|4\d\d[ -]4\.|loop|too many hops|system error|local error|config|i\/o error/i,
  ],
];

const HARD_STATUS = /^5\.(?:1\.[01236]|1\.10|2\.1)$|^5\.1\.10$/;
const NEVER_HARD = /^(?:4\.[2-7]|5\.[367]|5\.2\.[2-4]|5\.4\.[1367])/;

export function hardnessOf(status: string, diagnostic: string): Hardness {
  const text = diagnostic.slice(0, 4_000);
  for (const [hardness, words] of RULES) {
    if (!words.test(text)) continue;
    // A host that says "temporary" about a domain it cannot find means it: name servers fail too.
    return hardness === "hard" && status.startsWith("4.") && status !== "4.1.1" && /domain|host|mx/i.test(text) ? "soft" : hardness;
  }
  if (NEVER_HARD.test(status)) return "soft";
  if (HARD_STATUS.test(status)) return "hard";
  return /\b5\.1\.[12]\b|\b550[ -]5\.1\.1\b|#5\.1\.1/.test(text) ? "hard" : "soft";
}
