import { type Context, type EmbeddingModel, type Json, type Specialist, specialist, TroupeError } from "@troupe/core";
import { z } from "zod";
import { checkOptions } from "../check-options.js";
import { said } from "./arguments/said.js";
import { unused } from "./arguments/unused.js";
import { askedIn } from "./asked-in.js";
import { callsFor } from "./calls-for.js";
import { distinct } from "./distinct.js";
import { type FunctionCard, functionCard } from "./function-card.js";
import { functionTexts } from "./function-texts.js";
import { type Section, sectionsOf, textsToEmbed } from "./sections.js";

/** A call of a function. */
export interface Call {
  readonly name: string;
  readonly arguments: Readonly<Record<string, Json>>;
  /** Arguments among them that the request does not say: the model's guesses, where these are allowed. */
  readonly guesses: readonly string[];
}

/** A function that a request asks for without saying all that it needs. */
export interface Lacking {
  readonly name: string;
  /** The required arguments that the request does not say. */
  readonly arguments: readonly string[];
}

export interface Calls {
  /** Calls whose every argument the request says, or is named as a guess; none where no function fits. */
  readonly calls: readonly Call[];
  /** What to ask for, before more can be called. */
  readonly missing: readonly Lacking[];
  /**
   * What the request says in figures or quotation marks and no call takes, word for word: where nothing is missing and this is not empty,
   * a call may be missing or a wrong one.
   */
  readonly unused: readonly string[];
}

export interface CallsOptions {
  /** Functions, or specialists, whose input is then what they take. */
  readonly functions: readonly (FunctionCard | Specialist)[];
  /** Default: `calls`. */
  readonly name?: string;
  readonly does?: string;
  /**
   * What becomes of a required argument that the request does not say: `ask` (the default) calls nothing and names it in `missing`;
   * `guess` calls with what the model wrote, and names it in `guesses`.
   */
  readonly unsure?: "ask" | "guess";
}

/**
 * Makes a request in words into calls of functions, or none. The function is chosen by likeness (role `embeddings`; where none is bound,
 * the model chooses), its arguments are written by the model of the role `calls`, else `default`, held to the numbers, dates, labels and
 * yes and no that the request says. Nothing is invented: an optional argument that the request does not mention is left out, and where
 * a required one is not said, the function is not called and `missing` names it. What it says and no call takes is told as `unused`.
 * @throws TroupeError `FUNCTIONS_INVALID` where there is no function, or two have one name; `OPTION_INVALID`.
 * @example
 * const toCalls = calls({ functions: [{ name: "weather", description: "Gets the weather", parameters: { … } }] });
 */
export function calls(options: CallsOptions): Specialist<{ request: string }, Calls> {
  checkOptions("calls", options, {
    functions: z.array(z.looseObject({ name: z.string() })),
    name: z.string().optional(),
    does: z.string().optional(),
    unsure: z.enum(["ask", "guess"]).optional(),
  });
  const { functions, name = "calls", does = "Makes a request into calls of functions", unsure = "ask" } = options;
  const cards = functions.map(functionCard);
  const names = cards.map((one) => one.name);
  if (cards.length === 0 || new Set(names).size < names.length) {
    throw new TroupeError("FUNCTIONS_INVALID", cards.length ? "Two functions have one name" : "There is no function to call", {
      hint: "Give each function a name of its own.",
    });
  }
  const args = z.record(z.string(), z.json());
  // What functions are like is the same for every request.
  const known = new WeakMap<object, Map<string, readonly number[]>>();
  const parted = async (request: string, ctx: Context): Promise<readonly Section[]> => {
    const model = ctx.model("embeddings") as EmbeddingModel;
    const ofFunctions = known.get(model) ?? new Map<string, readonly number[]>();
    known.set(model, ofFunctions);
    const open = [...new Set(textsToEmbed(request, cards))].filter((text) => !ofFunctions.has(text));
    const vectors = open.length ? await ctx.embed(open) : [];
    const fresh = new Map(open.map((text, i) => [text, vectors[i]!]));
    const vectorOf = (text: string) => ofFunctions.get(text) ?? fresh.get(text)!;
    for (const text of cards.flatMap(functionTexts)) ofFunctions.set(text, vectorOf(text));
    return sectionsOf(request, cards, vectorOf);
  };
  return specialist({
    name,
    does,
    input: z.object({ request: z.string() }),
    output: z.object({
      calls: z.array(z.object({ name: z.enum(names), arguments: args, guesses: z.array(z.string()) })),
      missing: z.array(z.object({ name: z.enum(names), arguments: z.array(z.string()) })),
      unused: z.array(z.string()),
    }),
    run: async ({ request }, ctx) => {
      // What is not to be done is nothing to be called for.
      if (askedIn(request) === undefined) return { calls: [], missing: [], unused: [] };
      const sections = ctx.model("embeddings") ? await parted(request, ctx) : [{ text: request, tries: [cards] }];
      const made = await Promise.all(sections.map((one) => callsFor(one, unsure, ctx)));
      const all = distinct(made.flatMap((one) => one.calls));
      return { calls: all, missing: made.flatMap((one) => one.missing), unused: unused(all, cards, said(request)) } as any;
    },
  }) as unknown as Specialist<{ request: string }, Calls>;
}
