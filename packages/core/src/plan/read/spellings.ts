// biome-ignore-all lint/suspicious/noTemplateCurlyInString: how planners write refs.
/** One way to write "take what that task gave", with an example that reads as `t1.loud` or `t1`. */
export interface Spelling {
  readonly example: string;
  /** Matches the whole text; its groups in a row are the address, which `addressesIn` takes apart. */
  readonly whole: RegExp;
  /** Matches where it stands inside a longer text, whatever it names; absent where prose may look like it. */
  readonly inside?: RegExp;
  /** Matches what stands so inside a longer text and is a placeholder where the group that it has names something that is there. */
  readonly marked?: RegExp;
  /** Prose marks words so too (`#news`, `@ann`, `[sic]`): only what no word is names a task in it, such as `t1`. */
  readonly prosy?: true;
  /** It is a placeholder whether or not there is anything of its name. Else only what names a task or the input is one. */
  readonly sure: boolean;
  /** Bare numbers in it count from here. Default: 1. */
  readonly from?: 0;
}

/** All spellings, surest first. No expression can look at more than `longest` characters, and none looks twice at one. */
export const spellings: readonly Spelling[] = [
  {
    example: "the output of t1",
    whole:
      /^[[<{(]{0,2}(?:the )?(?:output|result|answer|response)s? (?:of|from) (?:the )?([\p{L}\p{N}_-](?:[\p{L}\p{N}_. -]*[\p{L}\p{N}_-])?)\.?[\]>})]{0,2}$/iu,
    marked:
      /[[<{(](?:the )?(?:(?:output|result|answer|response)s? (?:of|from) (?:the )?([\p{L}\p{N}_. -]{1,60})|((?:previous|prior|last) (?:output|result|answer|step|task)))[\]>})]/giu,
    sure: false,
  },
  { example: "${{ t1.loud }}", whole: /^\$\{\{([^{}]+)\}\}$/, sure: true },
  { example: "{{ t1.loud }}", whole: /^\{\{([^{}]+)\}\}$/, inside: /\{\{[^{}]{1,200}\}\}/, sure: true },
  { example: "${t1.loud}", whole: /^\$\{([^{}]+)\}$/, inside: /\$\{[^{}]{1,200}\}/, sure: true },
  { example: "%{t1.loud}", whole: /^%\{([^{}%]+)%?\}$/, marked: /%\{([^{}%]{1,100})%?\}/g, sure: true },
  { example: "$(t1.loud)", whole: /^\$\(([^()\s]+)\)$/, marked: /\$\(([^()\s]{1,100})\)/g, sure: false },
  {
    example: "<GENERATED>-0",
    whole: /^<(?:generated|resource|node|result|output)>-(\d+)(?:\.([\p{L}\p{N}_][\p{L}\p{N}_ .-]*))?$/iu,
    inside: /<(?:GENERATED|resource|node)>-\d/,
    sure: true,
    from: 0,
  },
  {
    example: "<resource-0>",
    whole: /^<?((?:generated|resource|node)-\d+)>?(?:\.<?([\p{L}\p{N}_][\p{L}\p{N}_ .-]*)>?)?$/iu,
    inside: /<(?:GENERATED|resource|node)-\d+>/,
    sure: true,
    from: 0,
  },
  { example: "#E1", whole: /^#(E\d+(?:\.[\p{L}\p{N}_.-]+)?)$/u, inside: /#E\d+(?![\p{L}\d])/u, sure: true },
  { example: "$t1.loud$", whole: /^\$([\p{L}_][\p{L}\p{N}_.[\]'"-]*)\$$/u, inside: /\$[\p{L}_][\p{L}\p{N}_.]{0,200}\$/u, sure: true },
  {
    example: "$t1.loud",
    whole: /^\$(\.?[\p{L}_][\p{L}\p{N}_.[\]'"-]*)$/u,
    inside: /\$\.?[\p{L}_][\p{L}\p{N}_]{0,60}\.[\p{L}_]/u,
    marked: /\$(\.?[\p{L}_][\p{L}\p{N}_]{0,60}(?:[.-][\p{L}\p{N}_]{1,60}){0,8})/gu,
    sure: true,
  },
  { example: "$1.loud", whole: /^\$(\d+\.[\p{L}_][\p{L}\p{N}_.-]*)$/u, inside: /\$\d{1,3}\.[\p{L}_]/u, sure: true },
  // Not what is a price by what follows.
  {
    example: "$1",
    whole: /^\$(\d{1,2})$/,
    marked: /\$(\d{1,2})(?![\d\p{L}%]|[.,/]\d|[ -]?(?:hundred|thousand|million|billion|per|an?|each|off|bills?|coins?|USD)(?!\p{L}))/giu,
    sure: true,
  },
  { example: "<<t1.loud>>", whole: /^<<([^<>]+)>>$/, inside: /<<[^<>]{1,200}>>/, sure: true },
  { example: "<t1.loud>", whole: /^<([^<>/\s]+)>$/, marked: /<([^<>/\s]{1,100})>/g, sure: true },
  { example: "<t1>.loud", whole: /^<([\p{L}\p{N}_-]+)>\.<?([\p{L}\p{N}_][\p{L}\p{N}_ .-]*)>?$/u, sure: true },
  { example: "[[t1.loud]]", whole: /^\[\[([^[\]]+)\]\]$/, sure: true },
  // Not how often something stands in a pattern: `\d{2}`.
  { example: "{t1.loud}", whole: /^\{([^{}\s":,]+)\}$/, marked: /(?<![\p{L}\p{N}\])}.*+?\\])\{([^{}\s":,]{1,100})\}/gu, sure: true },
  { example: "[t1.loud]", whole: /^\[([^[\]\s,]+)\]$/, marked: /\[([^[\]\s,]{1,100})\]/g, prosy: true, sure: false },
  { example: "(t1.loud)", whole: /^\(([^()\s,]+)\)$/, sure: false },
  {
    example: "@t1.loud",
    whole: /^@([\p{L}\p{N}_.-]+)$/u,
    marked: /(?<![\p{L}\p{N}_.])@([\p{L}\p{N}_](?:[\p{L}\p{N}_.-]{0,98}[\p{L}\p{N}_])?)/gu,
    prosy: true,
    sure: false,
  },
  {
    example: "#t1.loud",
    whole: /^#([\p{L}\p{N}_.-]+)$/u,
    marked: /(?<![\p{L}\p{N}_&/])#([\p{L}\p{N}_](?:[\p{L}\p{N}_.-]{0,98}[\p{L}\p{N}_])?)/gu,
    prosy: true,
    sure: false,
  },
  { example: "%t1.loud%", whole: /^%([\p{L}\p{N}_.-]+)%$/u, marked: /%([\p{L}\p{N}_.-]{1,100})%/gu, sure: false },
  { example: "`t1.loud`", whole: /^[`'"]([^`'"]+)[`'"]$/, sure: false },
  { example: "#/tasks/t1/loud", whole: /^#(\/[\p{L}\p{N}_./-]+)$/u, sure: true },
  { example: "t1->loud", whole: /^([\p{L}\p{N}_-]+(?:->|::)[\p{L}\p{N}_-]+)$/u, sure: false },
  { example: "=t1.loud", whole: /^=([\p{L}_][\p{L}\p{N}_-]*(?:\.[\p{L}\p{N}_-]+)+)$/u, sure: false },
  { example: "t1's loud", whole: /^(?:the )?([\p{L}\p{N}_-]+)'s ([\p{L}\p{N}_-]+)$/iu, sure: false },
  { example: "t1.loud", whole: /^([\p{L}\p{N}_-]+(?:\.[\p{L}\p{N}_-]+|\[[\p{L}\p{N}_'"-]+\])+)$/u, sure: false },
];

/** No placeholder is longer than this; a longer text is a text. */
export const longest = 200;

/** What may stand before a task's name in an address: `steps.t1.loud`, `results["t1"]`. */
export const scopes = new Set(
  "steps step tasks task nodes node outputs output results result state context ctx vars variables memory evidence plan root".split(" "),
);
/** What may stand between a task's name and its field: `t1.output.loud`. */
export const between = new Set("output outputs result results response return value".split(" "));
/** What the input of the whole plan is called. */
export const inputNames = new Set("input inputs userinput given initial args request query".split(" "));
/** What is written before a number that counts tasks: `step1`, `call_2`, `$var3`. */
export const counters = new Set(
  "t s e step task node call resource generated output result var variable action tool response answer evidence id".split(" "),
);
export const previous = new Set(
  "previous prev last previousstep previoustask previousresult previousoutput previousanswer laststep lasttask lastresult lastoutput lastanswer priorstep priorresult prioroutput".split(
    " ",
  ),
);
