import { rule } from "./rule.ts";

/** Somebody else is meant, they have gone, or they are away. */
export const PERSON_RULES = [
  rule("wrong_person", "wrong.en", 0.9, [
    "(?:not the|wrong|the incorrect)(?: [\\p{L}]+){0,2} (?:person|contact|guy|department|one)(?: [\\p{L}]+){0,4}",
    "(?:don't|do not|doesn't|no longer) (?:handle|deal with|look after|manage|do|run)(?: [\\p{L}]+){0,4}(?: (?:anymore|any more))?",
    "not (?:my|our) (?:area|department|responsibility|remit|decision)",
    "(?:don't|do not) (?:make|take) (?:these|those|this|that|such)(?: [\\p{L}]+)? decisions?",
    "not responsible for(?: [\\p{L}]+){1,4}",
    "(?:outside|out of) my (?:area|remit|scope)",
  ]),
  rule("wrong_person", "wrong.de", 0.9, [
    "(?:falsche|nicht (?:die|der|das) richtige|nicht der zuständige)(?:r|n)?(?: [\\p{L}]+)? ?(?:person|ansprechpartner\\p{L}{0,3}|kontakt)?",
    "(?:bin|ist)(?: [\\p{L}]+){0,3} nicht (?:mehr )?(?:zuständig|verantwortlich|der richtige|die richtige)(?: [\\p{L}]+){0,3}",
    "nicht (?:mein|unser) (?:bereich|thema|zuständigkeit)",
  ]),
  rule("wrong_person", "wrong.fr", 0.9, [
    "(?:pas|plus) (?:la bonne|le bon) (?:personne|interlocut\\p{L}{2,5}|contact)",
    "(?:la )?mauvaise personne|(?:le )?mauvais (?:interlocuteur|contact)",
    "(?:pas|plus) (?:en charge|responsable|concernée?|compétente?)(?: [\\p{L}']+){0,4}",
    "ne (?:suis|m'en occupe|m'occupe|gère)(?: [\\p{L}']+)? (?:pas|plus)(?: [\\p{L}']+){0,3}",
  ]),
  rule("wrong_person", "wrong.es", 0.9, [
    "no soy (?:la persona|el (?:contacto|responsable)|la responsable|yo)(?: [\\p{L}]+){0,3}",
    "persona equivocada|contacto equivocado",
    "no (?:me encargo|llevo|gestiono|es mi área)(?: [\\p{L}]+){0,3}",
  ]),
  rule("wrong_person", "wrong.it", 0.9, [
    "non sono (?:la persona|il referente|il responsabile|io)(?: [\\p{L}]+){0,3}",
    "persona sbagliata|contatto sbagliato",
    "non (?:mi occupo|me ne occupo|seguo|gestisco)(?: [\\p{L}]+){0,3}",
  ]),
  rule("wrong_person", "wrong.pt", 0.9, [
    "não sou (?:a pessoa|o responsável|a responsável|eu)(?: [\\p{L}]+){0,3}",
    "pessoa errada|contacto errado|contato errado",
    "não (?:trato|cuido|sou responsável)(?: [\\p{L}]+){0,3}",
  ]),
  rule("wrong_person", "wrong.nl", 0.9, [
    "niet de (?:juiste|goede) (?:persoon|contactpersoon)",
    "verkeerde persoon",
    "niet (?:verantwoordelijk|over deze|bevoegd)(?: [\\p{L}]+){0,3}",
    "ga (?:hier|daar) niet over",
  ]),
  rule("referral", "referral.en", 0.86, [
    "(?:contact|e-?mail|ask|reach out to|talk to|speak (?:to|with)|write to|try|ping|get in touch with|copying|cc'?ing|cc'?d|looping in|adding|forwarded (?:this|it|your (?:e-?mail|mail|message)) to|passed (?:this|it) (?:on )?to|pass(?:ing)? (?:this|it) (?:on )?to|connect with|best person (?:is|would be)|right person (?:is|would be)|person (?:responsible|in charge) is|handled by|(?:colleague|manager|boss)(?: is| would be)?)(?: [\\p{Ll}]+){0,4}(?:,)? [\\p{Lu}][\\p{L}'-]+(?: [\\p{Lu}][\\p{L}'-]+){0,2}",
    "(?:forwarded|passed)(?: [\\p{L}]+){0,3} (?:on )?to (?:my|our|the|a)(?: [\\p{L}]+){1,4}",
    "(?:my|our) colleague(?: [\\p{Lu}][\\p{L}'-]+){1,3}",
  ]),
  rule("referral", "referral.de", 0.86, [
    "(?:wenden sie sich|schreiben sie|kontaktieren sie|fragen sie|sprechen sie)(?: [\\p{Ll}]+){0,4}(?: (?:frau|herrn?|kolleg\\p{L}{1,3}))?(?: [\\p{Lu}][\\p{L}'-]+){1,3}",
    "(?:zuständig|verantwortlich|ansprechpartner\\p{L}{0,3}) (?:dafür |hierfür )?(?:ist|wäre)(?: (?:meine?|unsere?|herr|frau|kolleg\\p{L}{1,3}))*(?: [\\p{Lu}][\\p{L}'-]+){1,3}",
    "(?:mein kollege|meine kollegin|herrn?|frau)(?: [\\p{Lu}][\\p{L}'-]+){1,3}",
    "an (?:meinen|meine|unseren|unsere) kolleg\\p{L}{1,3}(?: [\\p{L}]+){0,3}",
  ]),
  rule("referral", "referral.fr", 0.86, [
    "(?:contactez|voyez avec|adressez-vous à|demandez à|écrivez à|contacter|voir avec|adresser à|parlez à|demander à|rapprochez-vous de|transmis à|transféré à|je transmets à)(?: (?:plutôt|mon|ma|notre|directement|mes|collègue|le|la|collaborat\\p{L}{2,5}|m\\.|mme))*(?: [\\p{Lu}][\\p{L}'-]+){1,3}",
    "(?:mon|ma) collègue(?: [\\p{Lu}][\\p{L}'-]+){1,3}",
  ]),
  rule("referral", "referral.es", 0.86, [
    "(?:contacte|contacta|hable|habla|escriba|escribe|pregunte|pregunta|diríjase|dirígete)(?:r)?(?: (?:con|a|mi|el|la|compañer[oa]|colega|nuestr[oa]|señor\\p{L}?))*(?: [\\p{Lu}][\\p{L}'-]+){1,3}",
    "(?:mi (?:compañer[oa]|colega))(?: [\\p{Lu}][\\p{L}'-]+){1,3}",
  ]),
  rule("referral", "referral.it", 0.86, [
    "(?:contatt|scriv|parl|chied|rivolg|sent)\\p{L}{1,7}(?: (?:a|al|alla|con|il|la|mio|mia|nostr[oa]|collega|sig\\.?|dott\\.?|invece|pure))*(?: [\\p{Lu}][\\p{L}'-]+){1,3}",
    "(?:il mio|la mia) collega(?: [\\p{Lu}][\\p{L}'-]+){1,3}",
  ]),
  rule("referral", "referral.pt", 0.86, [
    "(?:contacte|contate|fale|escreva|pergunte|dirija-se)(?: (?:com|a|ao|à|o|meu|minha|colega|nosso|nossa|para))*(?: [\\p{Lu}][\\p{L}'-]+){1,3}",
    "(?:o meu|a minha|meu|minha) colega(?: [\\p{Lu}][\\p{L}'-]+){1,3}",
  ]),
  rule("referral", "referral.nl", 0.86, [
    "(?:neem contact op met|mail|vraag|spreek met|benader|contacteer)(?: (?:het|aan|mijn|onze|beter|even|collega))*(?: [\\p{Lu}][\\p{L}'-]+){1,3}",
    "mijn collega(?: [\\p{Lu}][\\p{L}'-]+){1,3}",
  ]),
  rule("left", "left.en", 0.93, [
    "(?:no longer|not|n't|ceased to)(?: be| been)? (?:work(?:s|ing)?|employed)(?: (?:at|for|with|by|here|the|this|our|company|anymore|any more|us))+(?: [\\p{Lu}][\\p{L}]+){0,2}",
    "no longer (?:part of|a member of|with (?:us|the company|our company))(?: [\\p{L}]+){0,3}",
    "(?:has|have|i've|i) left (?:the|our|this)?(?: [\\p{Lu}\\p{Ll}][\\p{L}]+){1,2}",
    "(?:moved on|retired|resigned)(?: from(?: [\\p{L}]+){1,3})?",
    "(?:new|my last) (?:job|role|employer|day) (?:at|was|is)(?: [\\p{L}]+){1,3}",
    "is no longer (?:with|at|an employee|employed|in (?:this|the))(?: [\\p{L}]+){0,3}",
  ]),
  rule("left", "left.de", 0.93, [
    "(?:nicht mehr|nicht länger) (?:bei|im|für|in|tätig|beschäftigt|für uns)(?: [\\p{L}]+){0,4}(?: (?:tätig|beschäftigt|unternehmen|arbeite\\p{L}?))?",
    "(?:unternehmen|firma) (?:bereits )?verlassen",
    "(?:im|in) (?:den )?ruhestand",
    "ausgeschieden",
  ]),
  rule("left", "left.fr", 0.93, [
    "(?:ne )?(?:travaille|fait|fais|suis|est) plus (?:chez|à|partie|dans|pour)(?: [\\p{L}']+){1,4}",
    "(?:a|ai) quitté (?:la|le|l'|notre)(?: ?[\\p{L}]+){1,2}",
    "(?:à|en) la retraite|en retraite",
  ]),
  rule("left", "left.es", 0.93, [
    "ya no (?:trabaj[oa]|está|estoy|forma parte)(?: [\\p{L}]+){1,4}",
    "(?:he|ha) dejado (?:la|de)(?: [\\p{L}]+){1,3}",
    "(?:jubilad[oa]|se ha jubilado)",
  ]),
  rule("left", "left.it", 0.93, [
    "non (?:lavor[oa]|è|faccio|fa) più(?: [\\p{L}]+){1,4}",
    "(?:ho|ha) lasciato (?:l'|la|il)(?: ?[\\p{L}]+){1,2}",
    "in pensione",
  ]),
  rule("left", "left.pt", 0.93, [
    "já não (?:trabalh[oa]|está|estou|faz parte)(?: [\\p{L}]+){1,4}",
    "não (?:trabalh[oa]|faz parte)(?: [\\p{L}]+){0,3} mais",
    "(?:deixei|deixou|saiu d)(?: ?[\\p{L}]+){1,3} empresa|reformad[oa]|aposentad[oa]",
  ]),
  rule("left", "left.nl", 0.93, [
    "(?:werk|werkt|is|ben) niet (?:meer|langer) (?:bij|voor|werkzaam|in dienst)(?: [\\p{L}]+){0,3}",
    "niet (?:meer|langer) (?:werkzaam|in dienst)(?: [\\p{L}]+){0,3}",
    "met pensioen",
  ]),
  rule("away", "away.en", 0.92, [
    "out of (?:the )?office",
    "(?:on|currently on|away on)(?: [\\p{L}]+){0,2} (?:vacation|holidays?|leave|annual leave|parental leave|maternity leave|sick leave|business trip|pto)",
    "(?:away|travell?ing|unavailable|out)(?: [\\p{L}]+){0,3} (?:until|till|from|through|between)",
    "(?:limited|no|intermittent) access to (?:my )?e-?mails?",
    "(?:will be |am |i'm )?(?:back|returning|return) (?:on|in the office|to the office|at work)",
    "(?:reply|respond|get back to you)(?: [\\p{L}]+){0,4} (?:when i return|upon my return|on my return)",
  ]),
  rule("away", "away.de", 0.92, [
    "(?:nicht|derzeit nicht|momentan nicht) (?:im (?:büro|hause|haus)|erreichbar|am arbeitsplatz)",
    "(?:im|in) (?:urlaub|elternzeit|mutterschutz|den ferien)",
    "abwesend|abwesenheit\\p{L}*|außer haus|ausser haus",
    "(?:wieder|ab)(?: [\\p{L}\\p{N}.]+){0,4} (?:erreichbar|im büro|für sie da)",
    "zurück(?: (?:im büro|am))?",
  ]),
  rule("away", "away.fr", 0.92, [
    "(?:absente?|en congés?|en vacances|en déplacement|hors du bureau)(?: [\\p{L}']+){0,3}",
    "de retour(?: (?:le|au bureau|à partir))?",
    "congé (?:maternité|parental|paternité|maladie)",
    "absence du bureau",
  ]),
  rule("away", "away.es", 0.92, [
    "fuera de (?:la )?oficina",
    "(?:estoy|estaré|me encuentro)(?: [\\p{L}]+){0,2} (?:de vacaciones|de baja|ausente|fuera)",
    "de vacaciones|ausente|baja (?:maternal|paternal|médica)",
    "(?:estaré de vuelta|regreso|vuelvo|regresaré|volveré)(?: [\\p{L}]+){0,2}",
  ]),
  rule("away", "away.it", 0.92, [
    "fuori (?:ufficio|sede)",
    "(?:in ferie|in vacanza|assente|in congedo|in maternità|in trasferta)",
    "(?:rientr(?:o|erò)|torn(?:o|erò)|sarò di ritorno)(?: [\\p{L}]+){0,2}",
  ]),
  rule("away", "away.pt", 0.92, [
    "fora do escritório",
    "(?:de|em) férias|ausente|licença (?:de )?(?:maternidade|parental|médica)",
    "(?:estarei de volta|regresso|volto|retorno|regressarei|voltarei)(?: [\\p{L}]+){0,2}",
  ]),
  rule("away", "away.nl", 0.92, [
    "(?:niet|momenteel niet) (?:op kantoor|aanwezig|bereikbaar)",
    "(?:op|met) vakantie|afwezig|met (?:verlof|zwangerschapsverlof)",
    "(?:weer|terug)(?: [\\p{L}]+){0,3} (?:op kantoor|bereikbaar|aanwezig|op|vanaf)",
  ]),
] as const;
