/**
 * Words that texts from outside use to give orders to models that read them: to drop instructions, to take a part, to tell what they were
 * told. High precision before high recall: what these miss is held by marks all the same, and what they find is only said, never acted on.
 */
const orders: readonly RegExp[] = [
  // English, also "please disregard any of the prior rules"
  /\b(?:ignore|disregard|forget|override|bypass)\b(?:[^\w.!?]+\w+){0,5}?[^\w.!?]+(?:instructions?|prompts?|rules|directives|guidelines|guardrails|orders)\b/iu,
  // German: "Ignoriere alle bisherigen Anweisungen", "Vergiss deine Regeln"
  /\b(?:ignorier(?:e|en|t)?|vergiss|vergessen|missachte|umgehe)\b(?:[^\p{L}.!?]+[\p{L}]+){0,5}?[^\p{L}.!?]+(?:anweisung(?:en)?|instruktion(?:en)?|regeln|vorgaben|prompts?)(?!\p{L})/iu,
  // Spanish, Portuguese, Italian, French
  /\b(?:ignora[rd]?|ignore[mz]?|olvida|olvide|esque[cç]a|desconsidere|dimentica|oublie[rz]?|omite)(?!\p{L})(?:[^\p{L}.!?]+[\p{L}]+){0,5}?[^\p{L}.!?]+(?:instrucciones|instru[cç][oõ]es|istruzioni|instructions|consignes|r[eè]gles|reglas|regras|regole|[oó]rdenes|ordens)(?!\p{L})/iu,
  // Dutch, Swedish, Polish
  /\b(?:negeer|vergeet|ignorera|gl[oö]m|zignoruj|ignoruj|zapomnij)(?!\p{L})(?:[^\p{L}.!?]+[\p{L}]+){0,5}?[^\p{L}.!?]+(?:instructies|regels|instruktioner(?:na)?|regler(?:na)?|instrukcje|polecenia|zasady)(?!\p{L})/iu,
  // Russian, Ukrainian; Chinese; Japanese
  /(?:игнорируй(?:те)?|забудь(?:те)?|ігноруй(?:те)?)(?:[^\p{L}]+\p{L}+){0,5}?[^\p{L}]+(?:инструкци|указани|правил|інструкці|вказівк)/iu,
  /(?:忽略|无视|無視|忘记)[^。\n]{0,20}(?:指令|指示|说明|規則|规则|提示)/u,
  /(?:指示|命令|プロンプト)[^。\n]{0,12}(?:無視|忘れ)/u,
  // A part that is put on, and a role that only a program gives
  /\b(?:reveal|print|repeat|output|show)\b(?:\W+\w+){0,3}?\W+(?:system prompt|your instructions)\b/iu,
  /\byou are (?:now|no longer) (?:an?|in|the|bound|chatgpt|dan)\b/iu,
  /<\|(?:im_start|system|endoftext)\|>|\[\/?INST\]|<<SYS>>|^\s*#{2,}\s*(?:system|new instructions?)\b/imu,
];

/** Characters of what was found that are told. */
const told = 160;

/** The first words in a value that read like orders to a model; undefined where none do. */
export function ordersIn(value: unknown): string | undefined {
  if (typeof value === "string") {
    for (const order of orders) {
      const found = order.exec(value)?.[0];
      if (found !== undefined) return found.replace(/\s+/g, " ").trim().slice(0, told);
    }
    return undefined;
  }
  if (typeof value !== "object" || value === null) return undefined;
  for (const part of Object.values(value)) {
    const found = ordersIn(part);
    if (found !== undefined) return found;
  }
  return undefined;
}
