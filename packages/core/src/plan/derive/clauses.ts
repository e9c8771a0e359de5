import { lazily } from "../lazily.js";
import { courtesies } from "../words/courtesies.js";
import { lacking, type Part, partsOf } from "../words/parts.js";
import { negations } from "../words/phrases.js";
import { conceptOf, conceptsOf } from "./concepts.js";
import { spoken } from "./words.js";

/** A word of a part: what it says, and how it is led in. */
interface Said {
  /** As the request has it, in small letters. */
  readonly word: string;
  readonly concept: string;
  /** Something before it says that it comes from there: `from`, `that`, `the corrected`. */
  readonly pointed: boolean;
  /** It says what something is made from: `a brief from the facts`. */
  readonly from: boolean;
  /** It says as what something is wanted: `in Danish`. */
  readonly manner: boolean;
}

export interface Clause {
  readonly part: Part;
  readonly said: readonly Said[];
  /** It speaks of the whole, or of what was there at first. */
  readonly whole: boolean;
  /** How many of its words stand before it begins to deny. */
  readonly denies: number;
  /** How many of its words stand before it says what somebody will do, or do without help, or has not: `which I will post myself`. */
  readonly theirs: number;
  /** It asks for something only if something is so, and nobody said that they do it. */
  readonly conditional: boolean;
  /** What its first word says, after a courtesy. */
  readonly opens: string;
  /** It asks what is so, and tells nobody to do it: `what do we have to transfer?`, not `could you transfer it?`. */
  readonly wonders: boolean;
  /** It says how things are, and asks for nothing: `she has two weeks to object`. */
  readonly states: boolean;
  /** Nothing in it is spoken of as `the` this or that. */
  readonly bare: boolean;
  /** It speaks of what was made before, without a name for it: `the result`, `that version`. */
  readonly outcome: boolean;
}

/** Whether a word of a clause stands where it says what somebody will do without anyone's help. */
export const isTheirs = ({ theirs }: Clause, at: number): boolean => at >= theirs;

/** Whether a word of a clause stands where it denies. */
export const isNegated = ({ part, denies }: Clause, at: number): boolean => part.negated && at >= denies;

const pointing = new Set(
  "from of that this those these resulting aus von vom dieser diese dieses diesen jene daraus del de esa ese esta este dicha dicho".split(
    " ",
  ),
);
const origins = new Set("from aus desde".split(" "));
/** With these a clause says what somebody will do. */
const theirs =
  /(?<![\p{L}\d])(?:I|we|he|she|they|somebody(?: else)?|someone(?: else)?)(?:[’']ll| will| can| shall| am going to| are going to)(?![\p{L}\d])|(?<![\p{L}\d])(?:werde ich|werden wir|ich werde|wir werden|jemand anders)(?![\p{L}\d])/iu;
const unaided =
  /(?<![\p{L}\d])(?:myself|ourselves|himself|herself|themselves|selbst|selber|yo mismo|yo misma|nosotros mismos|nosotras mismas)(?![\p{L}\d])/iu;

/** A day or an hour, which something may be done by or last until; whatever else may be the beginning of a condition. */
const whens = [
  "(?:the )?(?:first|last|end|beginning|middle) of",
  "(?:the )?(?:next|this|following|coming) (?:hour|day|week|weekend|month|quarter|year)",
  "(?:(?:next|this|nächsten|kommenden) )?(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag)",
  "(?:january|february|march|april|may|june|july|august|september|october|november|december|januar|februar|märz|mai|juni|juli|oktober|dezember)",
  "(?:today|tonight|tomorrow|noon|midnight|midday|further notice|heute|morgen|mittag|mitternacht)",
  "(?:spätestens|zum|zur|ende|anfang|mitte)",
]
  .map((when) => String.raw`${when}(?![\p{L}\d])`)
  .concat(String.raw`\d`)
  .join("|");
/** What is done by somebody else: `gepostet wird von Anna`. */
const others = lazily(
  () =>
    new RegExp(
      String.raw`(?<![\p{L}\d])(?:(?:be|is|are) \p{L}+(?:ed|en|ne|nt|ld) by(?! (?:${whens}))|(?:wird|werden) (?:von|vom)|(?:será|serán) \p{L}+ por)(?![\p{L}\d])`,
      "iu",
    ),
);
/** What is done only when something is so that no plan can know. */
const conditions = lazily(
  () =>
    new RegExp(
      String.raw`(?<![\p{L}\d])(?:if|si|unless|(?:until|bis)(?! (?:${whens}))|only (?:once|after|when)|(?:once|after|when|as soon as) (?:I|we|he|she|they)|falls|wenn|erst,? (?:nachdem|sobald)|sobald (?:ich|wir|er|sie)|hasta que|cuando (?:yo|nosotros)|solo cuando)(?![\p{L}\d])`,
      "iu",
    ),
);
/** With these a person is asked to do something. */
export const polite = lazily(
  () =>
    new RegExp(
      String.raw`^[^\p{L}\d]*(?:(?:${courtesies.please}|then|also|now|finally|kindly|dann|danach|luego|después)[\s,]+|(?:can|could|will|would) you(?: please)?\s+|(?:kannst|könntest|würdest) du(?: bitte)?\s+|(?:können|könnten|würden) Sie(?: bitte)?\s+|(?:(?:me|nos) )?(?:puedes|podrías|puede|podría)\s+)+`,
      "iu",
    ),
);

/** After these comes what has been done before: `once it has been simplified`. */
const done = new Set("once after having nachdem sobald tras vez habiendo".split(" "));
const manners = new Set("in into as auf ins als en al como".split(" "));
const outcomes = new Set(
  "result results outcome output outcomes comes version one latter ergebnis ergebnisses fassung version resultat resultado versión resultante".split(
    " ",
  ),
);
/** What is there after something was taken away. */
const left =
  /(?<![\p{L}\d])(?:(?:(?:what|who|which|that)(?:[’']s| is| are| was| were)?|(?:is|are|was|were)) (?:left|kept)(?! (?:of|out|over|side|column|hand))|remaining|(?:that|which|who|what) remains?|the rest|übrig(?:e[nrs]?)?|verbleibende[nrs]?|restliche[nrs]?|den Rest|dem Rest|quedan?|restantes?|el resto)(?![\p{L}\d])/iu;
const whole = new Set(
  "wrote schrieb geschrieben escribí escribió whole full complete entire original originally itself untouched unchanged handed stands stand written raw ganze ganzen ganzes vollständige vollständigen unverändert dastehen steht wörtlich original completo completa entero entera íntegro íntegra tal".split(
    " ",
  ),
);

const denying = new Set(negations.flatMap((one) => one.split(/[^\p{L}]+/u)).filter((one) => one.length > 1));
const definite = new Set(
  "its their what sein seine ihr ihre su sus the that this der die das dieser diese dieses dem den des del el la ese esa este esta dicha dicho".split(
    " ",
  ),
);

const determiners = new Set([
  ...definite,
  ..."it them this these my our your its a an es sie ihn sie ihr meine meinen unsere einen eine lo las mi nuestra nuestro un una al del zur zum".split(
    " ",
  ),
]);

/**
 * Somebody or something is so, or did something. What somebody does, or what is done, may be asked for as well (`we cancel the booking`,
 * `the report is sent to Ann`), and so may what somebody said: neither is only told.
 */
const stating = lazily(() => {
  const who =
    "I|we|he|she|it|they|people|everybody|everyone|nobody|somebody|someone|ich|wir|er|es|man|jemand|niemand|él|ella|ellos|ellas|nadie";
  const which =
    "the|our|my|his|her|their|this|these|der|die|das|den|unsere?|meine?|ihre?|diese[rs]?|el|la|los|las|mis?|sus?|nuestr[oa]s?|est[ea]s?";
  const is =
    "(?:am|is|are|was|were|has|have|had|did)(?:n['’]?t)?|got|came|ist|sind|war|waren|hat|haben|kam|son|está|están|fue|han?|tienen?";
  const adverb = "(?:(?:also|already|just|still|only|even|schon|noch|auch|ya|también) )?";
  const doing = String.raw`(?!(?:being |now |then |also |then also )?(?:\p{L}+(?:ing|ed|en|nt|id|ld|ght|pt|lt|ne|de)|put|cut|set)(?!\p{L}))`;
  return new RegExp(
    String.raw`^[^\p{L}]*(?:(?:and|but|because|since|so|as|und|aber|denn|y|pero|porque) )?(?:(?:${who}) ${adverb}(?:(?:was|were|has|have|had|hat|haben|han?|tienen?) |(?:${is}) ${doing}|(?!(?:asked|requested|demanded|ordered)(?!\p{L}))\p{L}{3,}ed(?!\p{L}))|(?:hay|there (?:is|are|was|were)) |(?:${which}) (?:[\p{L}'’-]+ ){1,4}?(?:(?:was|were|has|had|hat|fue|han?) |(?:${is}) ${doing}))`,
    "iu",
  );
});
/**
 * What is so by now, or has time, is asked for by nobody: `the pitch is booked already`, `my fine can wait`. Where it is somebody or a
 * question that stands amid a clause, the clause asks for something about it: `tell Anna it is paid already`, `check whether it can wait`.
 */
const soByNow = lazily(() => {
  const is = "is|are|was|were|has|have|ist|sind|wurden?|hat|haben|habe|está|están|ha|han|he|hemos";
  const who = "I|we|you|he|she|it|they|ich|wir|du|er|sie|es|yo|nosotros|ella|ellos";
  const asks = "that|which|who|whose|que|whether|if|what|how|when|where|why|ob|wenn|dass|was|wie|wer|wann|si|qué|cómo|cuándo";
  return new RegExp(
    String.raw`^[^\p{L}]*(?:(?:${who}) |(?:(?!(?:${who}|${asks}) )[\p{L}\p{N}'’-]+ ){1,5}?)(?:(?:${is}) (?:[\p{L}\p{N}]+ ){0,5}?(?:already|schon|bereits|ya|noch nicht|noch kein\p{L}*)|(?:already|schon|bereits|ya|todavía no|aún no) (?:${is})|(?:is|are|was|were|has|have|do|does|did)(?:n['’]t| not) (?:[\p{L}\p{N}]+ ){0,5}?yet|(?:can|may|could) wait|(?:kann|können) (?:noch )?warten|pueden? esperar)(?!\p{L})`,
    "iu",
  );
});
/** What should be so is asked for. */
const asking =
  /(?<!\p{L})(?:should|must|shall|may|can|could|would|needs?|wants?|wanted|(?:has|have|had|is|are) to|to be|better|ought|like|wish|expect|look(?:s|ing)?|soll\p{L}*|muss|müssen|darf|brauch\p{L}*|möchte\p{L}*|will|wollen|hätten?|bitte|suchen?|zu|deben?|tienen? que|hay que|quier\p{L}*|queremos|necesit\p{L}*|quisiera)(?!\p{L})/iu;

/** What is said to be kind, and asks for nothing. */
const courtesy = lazily(() => new RegExp(String.raw`^[^\p{L}\d]*(?:${courtesies.please}|${courtesies.thanks})[^\p{L}\d]*$`, "iu"));

/** These do to `it` whatever the rest of a clause says: `put it into Spanish`, `mach sie kürzer`, `ponla en portugués`. */
const neutral =
  /^(?:(?:put|turn|bring|give|make|get) (?:it|them|that|this)|(?:setz|bring|gib|mach|übertrag)e? (?:es|sie|ihn|das|die|den)|(?:pon|haz|da|pasa|pása|deja|déja|convierte|conviérte)l[oae]s?)(?![\p{L}])/iu;

/** Where a German verb and its prefix stand apart: `fass die Studie zusammen`. */
const prefixed = /^(\p{L}{3,})(?= ).* (ab|an|auf|aus|ein|zu|zusammen|um|vor|nach|zurück|weg|durch|heraus|hinzu|hoch|fest|frei)$/u;

/** A request in clauses. */
export function clausesIn(request: string): readonly Clause[] {
  const parts = joined(
    partsOf(request).filter(({ text }) => !courtesy().test(text)),
    request,
  );
  // A question or a condition goes from one sentence's end to the next.
  return sentencesOf(parts).flatMap((sentence) => {
    const wonders = sentence.at(-1)?.question === true && !polite().test(sentence[0].text);
    const conditional = conditions().test(sentence.map(({ text }) => text).join(", "));
    return sentence.map((part) => clauseOf(part, { wonders, conditional }));
  });
}

/** The parts of each sentence. */
function sentencesOf(parts: readonly Part[]): readonly (readonly [Part, ...Part[]])[] {
  const found: [Part, ...Part[]][] = [];
  for (const part of parts) {
    const last = found.at(-1);
    if (last && part.by !== "sentence") last.push(part);
    else found.push([part]);
  }
  return found;
}

/** What is said of two things is said of each: `both the tasks and the dates are to be taken from the minutes`. */
const paired = /(?<![\p{L}\d])(?:both|sowohl|ambos|ambas|tanto)(?![\p{L}\d])/iu;

/** What begins so says more of what is before it: `die Personen, die in dem Brief vorkommen`. */
const relative =
  /^(?:que|cuy[oa]s?)(?!\p{L})|^(?:die|der|das|den|dem|denen|deren|dessen) (?:in|im|an|am|auf|aus|bei|mit|nach|von|vom|vor|zu|zum|zur|für|ich|du|er|sie|es|wir|ihr|man|der|die|das|den|dem|sich|nicht|noch|schon)(?!\p{L})/iu;

/** What only says as what something is wanted belongs to what is before it, and a lone verb to what is after it: `the minutes, in Danish`. */
function joined(parts: readonly Part[], request: string): readonly Part[] {
  const found: Part[] = [];
  for (const part of parts) {
    const last = found.at(-1);
    const words = spoken(part.text).split(/\s+/);
    const manner = (part.by === "comma" || part.by === "link") && words.length === 2 && manners.has(words[0] ?? "");
    const alone = part.by === "link" && last && !last.back && !/\s/.test(last.text) && words.some((word) => determiners.has(word));
    const more =
      part.by === "comma" &&
      (relative.test(part.text) || (/^was(?!\p{L})/iu.test(part.text) && /(?:^|\s)(?:dem|das|alles|allem)$/iu.test(last?.text ?? "")));
    const both = part.by === "link" && last !== undefined && paired.test(last.text);
    if (last && !part.negated && (manner || alone || both || more))
      found[found.length - 1] = {
        ...last,
        text: manner || both || more ? request.slice(last.start, part.end) : `${last.text} ${part.text}`,
        end: part.end,
      };
    else found.push(part);
  }
  return found;
}

function clauseOf(part: Part, { wonders, conditional }: { wonders: boolean; conditional: boolean }): Clause {
  const courteous = part.text.replace(polite(), "");
  const words = spoken(part.text).match(/[\p{L}\p{N}]+/gu) ?? [];
  const [, verb, prefix] = prefixed.exec(words.join(" ")) ?? [];
  const first = courteous.match(/[\p{L}\p{N}]+/u)?.[0].toLowerCase() ?? "";
  const light = neutral.exec(courteous)?.[0].match(/\p{L}+/u)?.[0];
  const idle = light && conceptOf(light);
  const said: Said[] = [];
  let denies = Number.POSITIVE_INFINITY;
  for (const [i, word] of words.entries()) {
    if (denying.has(word)) denies = Math.min(denies, said.length);
    if (conceptsOf(word).length === 0 || (said.length === 0 && conceptOf(word) === idle)) continue;
    const before = words.slice(Math.max(0, i - 3), i);
    const afterwards = words.slice(Math.max(0, i - 5), i).some((one) => done.has(one));
    const one: Said = {
      word,
      concept: conceptOf(word),
      pointed: afterwards || before.some((other, j) => pointing.has(other) && !(other === "that" && before[j - 1] === "so")),
      from: words.slice(Math.max(0, i - 2), i).some((other) => origins.has(other)),
      manner: manners.has(words[i - 1] ?? ""),
    };
    said.push(one);
    if (word === verb) said.push({ ...one, concept: conceptOf(prefix + verb) });
  }
  return {
    part,
    said,
    whole: words.some((word) => whole.has(word)),
    denies: part.negated && denies === Number.POSITIVE_INFINITY ? 0 : denies,
    conditional: conditional && !unaided.test(part.text) && !others().test(part.text) && !theirs.test(part.text),
    opens: conceptOf(first === verb && prefix ? prefix + verb : first),
    wonders,
    theirs:
      conditional || unaided.test(part.text) || others().test(part.text) || lacking.test(courteous) || soByNow().test(courteous)
        ? 0
        : wordsBefore(part.text, theirs),
    states: !wonders && stating().test(courteous) && !asking.test(courteous),
    bare: !words.some((word) => definite.has(word)),
    outcome:
      left.test(part.text) ||
      words.some((word, i) => outcomes.has(word) && words.slice(Math.max(0, i - 2), i).some((one) => definite.has(one))),
  };
}

/** How many words of a text that say something stand before what a pattern finds. */
function wordsBefore(text: string, pattern: RegExp): number {
  const at = text.search(pattern);
  return at < 0 ? Number.POSITIVE_INFINITY : conceptsOf(text.slice(0, at)).length;
}
