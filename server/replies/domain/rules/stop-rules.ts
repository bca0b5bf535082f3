import { rule } from "./rule.ts";

/** A wish to hear no more. First of all rules: nothing that follows, and no model, may take it back. */
export const STOP_RULES = [
  rule("remove_me", "stop.en", 0.97, [
    "(?:please |kindly |pls )?(?:unsubscribe|remove|delete|take|drop) (?:me|us|(?:all )?(?:of )?my (?:personal )?(?:name|e-?mail|address|details|contact|data|information|records?)|our (?:e-?mail|address|company)|this (?:e-?mail|address))(?: [\\p{L}-]+){0,4}",
    "(?:stop|quit|cease)(?: all)? (?:e-?mailing|mailing|contacting|writing|messaging|spamming|sending)(?: (?:to )?(?:me|us|this|these|any|e-?mails?|more))?",
    "(?:do not|don't|dont|never) (?:e-?mail|contact|write(?: to)?|mail|message|reach out to|bother) (?:me|us|my|our|this|again|anyone)(?: [\\p{L}]+){0,3}",
    "(?:do not|don't|dont|no longer) (?:want|wish) to (?:receive|get|hear|be contacted)(?: [\\p{L}]+){0,4}",
    "opt(?:ing)?[ -]?(?:me |us )?out(?: of [\\p{L} ]{3,30})?",
    "no (?:more|further) (?:e-?mails?|mails?|messages?|contact|correspondence)",
    "leave (?:me|us) alone",
    "(?:please )?unsubscribe(?! (?:link|button|page|rate|everyone|everybody|all))",
    "(?:remove|take) (?:me|us) (?:off|from)(?: [\\p{L}]+){1,4}",
    "off (?:your|this|the) (?:mailing )?list",
    "lose my (?:e-?mail|number|address)",
    "report(?:ed|ing)? (?:you |this )?(?:as|for) spam",
    "(?:under|per|according to) (?:the )?gdpr[^.\\n]{0,60}(?:delete|erase|remove)",
  ]),
  rule("remove_me", "stop.de", 0.97, [
    "(?:bitte )?(?:nehmen|tragen|streichen|löschen|entfernen) (?:sie )?(?:mich|uns|meine|unsere|diese)(?: [\\p{L}-]+){0,6}",
    "keine (?:weiteren |weitere |mehr )?(?:e-?mails?|mails?|nachrichten|werbung|kontaktaufnahme)(?: mehr)?(?: [\\p{L}]+){0,3}",
    "(?:schreiben|kontaktieren|mailen) sie (?:mir|mich|uns) (?:bitte )?nicht (?:mehr|weiter|wieder)",
    "(?:möchte|will|wünsche|wollen|möchten)(?: [\\p{L}]+){0,3} (?:keine|nicht(?: mehr)?)(?: [\\p{L}-]+){0,4} (?:e-?mails?|kontaktiert|angeschrieben|nachrichten)(?: [\\p{L}]+){0,2}",
    "abmelden|abbestellen|austragen",
    "widerspreche(?: [\\p{L}]+){0,3} (?:der )?(?:nutzung|verarbeitung|werbung|speicherung)(?: [\\p{L}]+){0,3}",
    "von (?:ihrer|der|dieser|eurer) (?:mailing)?(?:liste|verteiler)|aus (?:ihrem|dem|eurem) verteiler",
    "(?:lassen sie|lasst) (?:mich|uns) in ruhe",
  ]),
  rule("remove_me", "stop.fr", 0.97, [
    "(?:merci de (?:me |nous )?|veuillez (?:me |nous )?|(?:me |nous ))?(?:désabonner|désinscrire|désabonnez|désinscrivez|retirer|retirez|supprimer|supprimez|effacez|enlever|enlevez)(?:-(?:moi|nous))?(?: (?:moi|mon|ma|mes|notre|nos|de))(?: [\\p{L}']+){0,5}",
    "désabonnez-moi|désinscrivez-moi|retirez-moi|désabonnement|me désinscrire|me désabonner",
    "ne (?:me |nous )?(?:contactez|écrivez|sollicitez|recontactez) (?:plus|pas)(?: [\\p{L}]+){0,3}",
    "ne (?:souhaite|veux|désire|souhaitons|voulons) plus (?:recevoir|être contacté)(?: [\\p{L}']+){0,5}",
    "ne plus (?:recevoir|me contacter|nous contacter|m'écrire)(?: [\\p{L}']+){0,4}",
    "plus (?:aucun|de) (?:e-?mails?|mails?|messages?|courriels?)",
    "laissez-(?:moi|nous) tranquille",
  ]),
  rule("remove_me", "stop.es", 0.97, [
    "(?:por favor,? )?(?:dar(?:me|nos) de baja|d[ée](?:me|nos|n)?(?:me|nos)? de baja|darme de baja|elim[ií]n(?:e|a|ar|en)(?:me|nos)?(?: (?:de|mi|mis|nuestro))?(?: [\\p{L}]+){0,5}|borr(?:e|a|ar|en)(?:me|nos)(?: [\\p{L}]+){0,4}|b[óo]rr(?:e|a)(?:me|nos)(?: [\\p{L}]+){0,4}|qu[ií]t(?:e|a|ar|en)(?:me|nos)(?: [\\p{L}]+){0,4})",
    "no (?:me|nos) (?:contacte|contacten|escriba|escriban|env[ií]e|env[ií]en|mande|manden)(?:n)?(?: más)?(?: [\\p{L}]+){0,3}",
    "no (?:quiero|deseo|queremos|deseamos) (?:recibir )?más (?:correos?|e-?mails?|mensajes)?",
    "no (?:quiero|deseo) (?:recibir|seguir recibiendo)(?: [\\p{L}]+){0,4}",
    "baja de (?:la|su|esta) lista|dejen? de (?:escribir|enviar|contactar)(?:me|nos)?(?: [\\p{L}]+){0,3}",
  ]),
  rule("remove_me", "stop.it", 0.97, [
    "(?:cancell|rimuov|togli|elimin)(?:atemi|etemi|iete ?mi|imi|atemi|i|a|are|ere|ete|ate)(?:mi|ci)?(?: (?:dalla|il mio|la mia|i miei|da|dal))(?: [\\p{L}]+){0,4}",
    "non (?:scrivetemi|scrivermi|contattatemi|contattarmi|mandatemi|inviatemi)(?: [\\p{L}]+){0,3}",
    "cancellatemi|rimuovetemi|toglietemi|cancellami|rimuovimi|disiscriv(?:ermi|etemi|imi)|disiscrizione",
    "non (?:mi|ci) (?:contatti|contattate|scriva|scrivete|contattare|scrivere|inviate|mandate)(?: più)?(?: [\\p{L}]+){0,3}",
    "non (?:voglio|desidero|vogliamo|desideriamo) (?:più )?(?:ricevere|essere contattat[oai])(?: [\\p{L}]+){0,4}",
    "(?:smettete|smettetela|basta) (?:di )?(?:scrivermi|mandarmi|inviarmi|contattarmi|e-?mail)",
  ]),
  rule("remove_me", "stop.pt", 0.97, [
    "(?:por favor,? )?(?:remov|retir|elimin|exclu|tir)(?:a|e|am|em|er|ar|ir)(?:-me|-nos| meu| o meu| nosso| me)(?: [\\p{L}]+){0,5}",
    "descadastr(?:e|ar)(?:-me)?|cancelar (?:a )?(?:minha )?(?:inscrição|subscrição)|cancelem? a minha inscrição",
    "não (?:me|nos) (?:contacte|contactem|contate|contatem|escreva|escrevam|envie|enviem|mande|mandem)(?: mais)?(?: [\\p{L}-]+){0,3}",
    "não (?:quero|desejo|queremos|pretendo) (?:receber )?mais(?: [\\p{L}-]+){0,3}",
    "não (?:quero|desejo) (?:receber|ser contactad[oa])(?: [\\p{L}-]+){0,4}",
    "parem? de (?:me )?(?:enviar|escrever|mandar|contactar)(?: [\\p{L}-]+){0,3}",
  ]),
  rule("remove_me", "stop.nl", 0.97, [
    "(?:haal|verwijder|schrap|schrijf) (?:mij|me|ons|mijn|onze)(?: [\\p{L}-]+){0,5}",
    "(?:mij|me|ons)(?: [\\p{L}]+){0,2} (?:uitschrijven|verwijderen|afmelden)|uitschrijven|afmelden",
    "(?:mail|e-?mail|schrijf|contacteer|benader) (?:mij|me|ons) niet (?:meer|langer)",
    "(?:geen|niet) (?:meer )?(?:e-?mails?|mails|berichten|contact)(?: meer)?(?: (?:ontvangen|sturen|wensen))?",
    "(?:wil|wens|willen) (?:geen|niet (?:meer|langer))(?: [\\p{L}-]+){0,4} (?:ontvangen|benaderd|e-?mails?)",
  ]),
] as const;

const POLITELY =
  "(?:\\s*,?\\s*(?:it|this|that|now|please|pls|thanks|thank you|thx|bitte|danke|merci|svp|por favor|gracias|grazie|per favore|obrigad[oa]|alstublieft|graag))*";

/** One word alone is enough when it is all that they wrote, or a line of its own above a name. */
export const STOP_ALONE = new RegExp(
  `^\\W*(?:(?:please|pls|bitte|por favor),?\\s+)?(?:stop|unsubscribe|remove|remove me|opt[ -]?out|no more|stopp|abmelden|austragen|désabonner|désabonnement|baja|cancelar|annulla|cancella|remover|sair|uitschrijven|afmelden|end|quit|arrêt|arret|arrêtez)${POLITELY}\\W*$`,
  "iu",
);
