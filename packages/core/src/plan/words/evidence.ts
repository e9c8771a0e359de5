import type { Card } from "../brief.js";
import { cosine } from "../derive/cosine.js";
import type { Embed } from "../derive/likeness.js";
import { spoken } from "../derive/words.js";
import { bare } from "./bare.js";
import { groundedFor } from "./literals/grounded.js";
import type { Literal } from "./literals/literal.js";
import { literalsIn } from "./literals/literals-in.js";
import type { Part } from "./parts.js";
import { told } from "./told.js";
import { wordsFor } from "./words-for.js";

/** What speaks for a member as the one that a part asks for: from 0 to 1 each. */
export interface Evidence {
  /** Cosine of the part's vector with that of the member's name and sentence; the same of the bare part; with the name's alone. */
  readonly whole: number;
  readonly bare: number;
  readonly named: number;
  /** The share of the member's name, and of its sentence, that the part says, rare words counting more. */
  readonly name: number;
  readonly does: number;
  /** The share of the bare part's words that the member has in its name, sentence, arguments or output. */
  readonly covered: number;
  /** Cosine of the whole request's vector with the member's. */
  readonly request: number;
  /** The share of its required arguments for which the part says something, and of what the part says that suits an argument. */
  readonly filled: number;
  readonly used: number;
}

export const features: readonly (keyof Evidence)[] = ["whole", "bare", "named", "name", "does", "covered", "request", "filled", "used"];

const nameOf = ({ name }: Card) =>
  spoken(name)
    .replace(/[.\s]+/g, " ")
    .trim();
const cardText = (card: Card) => `${nameOf(card)}: ${card.does}`;

/** What speaks for each member at each part, from words and, where `embed` is given, vectors. */
export async function evidenceFor(
  request: string,
  parts: readonly Part[],
  members: readonly Card[],
  embed?: Embed,
): Promise<readonly (readonly Evidence[])[]> {
  const wordsIn = wordsFor(request);
  const own = members.map((card) => new Set(wordsIn(`${nameOf(card)} ${card.does}`)));
  const all = new Set(own.flatMap((words) => [...words]));
  const known = (word: string) => wordsIn(word).every((one) => all.has(one));
  const earlier = new Set<string>();
  const open = parts.map(({ text }) => {
    const { fresh } = told(text, earlier, wordsIn);
    for (const word of wordsIn(text)) earlier.add(word);
    return fresh;
  });
  const plain = parts.map(({ by }, i) => bare({ text: open[i]!, by }, known));
  const texts = members.map(cardText);
  const names = members.map(nameOf);
  const vectors = embed ? await vectorsOf([request, ...open, ...plain, ...texts, ...names], embed) : undefined;
  const near = (a: string, b: string) => (vectors && a && b ? Math.max(0, cosine(vectors.get(a)!, vectors.get(b)!)) : 0);

  const nameWords = members.map((card) => new Set(wordsIn(nameOf(card))));
  const doesWords = members.map((card) => new Set(wordsIn(card.does)));
  const slotWords = members.map(
    (card) => new Set([...Object.values(card.takes), ...Object.values(card.gives)].flatMap(({ name }) => wordsIn(name))),
  );
  const found = new Map<string, number>();
  for (const words of own) for (const word of words) found.set(word, (found.get(word) ?? 0) + 1);
  const weight = (word: string) => Math.log(1 + (members.length + 1) / (1 + (found.get(word) ?? 0)));
  const sum = (words: Iterable<string>) => [...words].reduce((total, word) => total + weight(word), 0);
  const share = (of: ReadonlySet<string>, has: (word: string) => boolean) => {
    const total = sum(of);
    return total === 0 ? 0 : sum([...of].filter(has)) / total;
  };

  return parts.map((_, i) => {
    const asked = new Set(wordsIn(plain[i]!));
    const literals = literalsIn(parts[i]!.text).filter(({ kind }) => kind !== "name");
    return members.map((card, m): Evidence => {
      const whose = (word: string) => own[m]!.has(word) || slotWords[m]!.has(word);
      return {
        whole: near(open[i]!, texts[m]!),
        bare: near(plain[i]!, texts[m]!),
        named: near(plain[i]!, names[m]!),
        name: share(nameWords[m]!, (word) => asked.has(word)),
        does: share(doesWords[m]!, (word) => asked.has(word)),
        covered: share(asked, whose),
        request: near(request, texts[m]!),
        ...suiting(card, parts[i]!.text, literals),
      };
    });
  });
}

/** From which score on a literal is taken to be meant for an argument. */
const meant = 0.7;

function suiting(card: Card, text: string, literals: readonly Literal[]): Pick<Evidence, "filled" | "used"> {
  const found = Object.values(card.takes).map((slot) => ({
    required: slot.required,
    said: groundedFor(slot, text, literals).filter(({ score }) => score >= meant),
  }));
  const required = found.filter((one) => one.required);
  const suits = ({ start, end }: Literal) => found.some(({ said }) => said.some((one) => one.start <= start && one.end >= end));
  // Nothing asked or nothing said speaks neither for nor against.
  return {
    filled: required.length ? required.filter(({ said }) => said.length > 0).length / required.length : 0.5,
    used: literals.length ? literals.filter(suits).length / literals.length : 0.5,
  };
}

async function vectorsOf(texts: readonly string[], embed: Embed): Promise<ReadonlyMap<string, readonly number[]>> {
  const each = [...new Set(texts.filter(Boolean))];
  const vectors = await embed(each);
  return new Map(each.map((text, i) => [text, vectors[i]!]));
}
