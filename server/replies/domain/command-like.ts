const COMMANDS =
  /(?:ignore|disregard|forget|override|bypass)(?: [\p{L}]+){0,4} (?:instructions?|rules?|prompts?|guidelines?|polic(?:y|ies)|directions?|regeln|anweisungen|instructions|règles|instrucciones|reglas|istruzioni|regole|instruções|regras|instructies|regels)|(?:mark|set|tag|flag|unsubscribe|delete|remove|export|forward|send|list|reveal)(?: [\p{L}]+){0,3} (?:everyone|everybody|all (?:leads|contacts|people|users|customers|data)|the (?:database|system prompt|api key))(?: [\p{L}]+){0,4}|system prompt|you are (?:now )?(?:an? )?(?:ai|assistant|agent|bot|language model)|(?:^|\n)\s*(?:system|assistant|developer)\s*:|<\/?(?:system|assistant|instructions?|tool|function)[^>]{0,40}>|\[\/?(?:INST|SYSTEM)\]|jailbreak|developer mode|as an ai|classify (?:this|me|it) as|set (?:my |the )?(?:class|status|score|grade) (?:to|as)/iu;

/** Text that tries to command software. It changes nothing; the page marks it as "text only, changed nothing". */
export function isCommandLike(text: string): boolean {
  return COMMANDS.test(text.slice(0, 20_000));
}
