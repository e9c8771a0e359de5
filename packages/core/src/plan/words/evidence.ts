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

/** A part, and what speaks for each member as the one that it asks for. */
export interface Judged {
  readonly part: Part;
  readonly each: readonly { readonly member: Card; readonly evidence: Evidence }[];
}

export const features: readonly (keyof Evidence)[] = ["whole", "bare", "named", "name", "does", "covered", "request", "filled", "used"];

const nameOf = ({ name }: Card) =>
  spoken(name)
    .replace(/[.\s]+/g, " ")
    .trim();

/** What speaks for each member at each part, from words and, where `embed` is given, vectors. */
export async function evidenceFor(
  request: string,
  parts: readonly Part[],
  members: readonly Card[],
  embed?: Embed,
): Promise<readonly Judged[]> {
  const wordsIn = wordsFor(request);
  const cards = members.map((card) => {
    const name = nameOf(card);
    const slots = [...Object.values(card.takes), ...Object.values(card.gives)];
    return {
      card,
      name,
      text: `${name}: ${card.does}`,
      words: new Set(wordsIn(`${name} ${card.does}`)),
      nameWords: new Set(wordsIn(name)),
      doesWords: new Set(wordsIn(card.does)),
      slotWords: new Set(slots.flatMap((slot) => wordsIn(slot.name))),
    };
  });
  const all = new Set(cards.flatMap(({ words }) => [...words]));
  const known = (word: string) => wordsIn(word).every((one) => all.has(one));
  const earlier = new Set<string>();
  const asked = parts.map((part) => {
    const { fresh } = told(part.text, earlier, wordsIn);
    for (const word of wordsIn(part.text)) earlier.add(word);
    return { part, open: fresh, plain: bare({ text: fresh, by: part.by }, known) };
  });
  const said = [request, ...asked.map(({ open }) => open), ...asked.map(({ plain }) => plain)];
  const vectors = embed ? await vectorsOf([...said, ...cards.map(({ text }) => text), ...cards.map(({ name }) => name)], embed) : undefined;
  const near = (a: string, b: string) => {
    const [one, other] = [vectors?.get(a), vectors?.get(b)];
    return one && other ? Math.max(0, cosine(one, other)) : 0;
  };

  const found = new Map<string, number>();
  for (const { words } of cards) for (const word of words) found.set(word, (found.get(word) ?? 0) + 1);
  const weight = (word: string) => Math.log(1 + (members.length + 1) / (1 + (found.get(word) ?? 0)));
  const sum = (words: Iterable<string>) => [...words].reduce((total, word) => total + weight(word), 0);
  const share = (of: ReadonlySet<string>, has: (word: string) => boolean) => {
    const total = sum(of);
    return total === 0 ? 0 : sum([...of].filter(has)) / total;
  };

  return asked.map(({ part, open, plain }) => {
    const wanted = new Set(wordsIn(plain));
    const literals = literalsIn(part.text).filter(({ kind }) => kind !== "name");
    const each = cards.map(({ card, name, text, words, nameWords, doesWords, slotWords }) => {
      const evidence: Evidence = {
        whole: near(open, text),
        bare: near(plain, text),
        named: near(plain, name),
        name: share(nameWords, (word) => wanted.has(word)),
        does: share(doesWords, (word) => wanted.has(word)),
        covered: share(wanted, (word) => words.has(word) || slotWords.has(word)),
        request: near(request, text),
        ...suiting(card, part.text, literals),
      };
      return { member: card, evidence };
    });
    return { part, each };
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
  return new Map(
    each.flatMap((text, i) => {
      const vector = vectors[i];
      return vector ? [[text, vector] as const] : [];
    }),
  );
}
