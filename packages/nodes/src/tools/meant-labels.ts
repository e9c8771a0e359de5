import type { Context } from "@troupe/core";
import { cosine } from "../text/cosine.js";
import { labelsSaid } from "./arguments/labels-said.js";
import { said } from "./arguments/said.js";
import type { FunctionCard } from "./function-card.js";
import { type Parameter, parametersOf } from "./parameter.js";

/** A phrase of a request means a label from this cosine on (MiniLM): `science fiction` and `Sci-fi` have 0.82, `film` and `Comedy` 0.5. */
const means = 0.75;
/** Words of a phrase. */
const longest = 3;

/** Labels that a request says in other words, of parameters of which it says no label as it stands. */
export async function meantLabels(request: string, functions: readonly FunctionCard[], ctx: Context): Promise<ReadonlySet<string>> {
  const asked = said(request);
  const open = functions
    .flatMap(({ parameters }) => parametersOf(parameters).flatMap(labelled))
    .filter((labels) => labelsSaid(labels, asked).said.length === 0)
    .flat();
  if (open.length === 0 || !ctx.model("embeddings")) return new Set();
  const labels = [...new Set(open)];
  const phrases = phrasesOf(request);
  const vectors = await ctx.embed([...labels, ...phrases]);
  const [ofLabels, ofPhrases] = [vectors.slice(0, labels.length), vectors.slice(labels.length)];
  const isMeant = ofLabels.map((own) => ofPhrases.some((one) => cosine(one, own) >= means));
  return new Set(labels.filter((_, i) => isMeant[i]));
}

/** The labels of a parameter, and of its items and fields: those that are texts. */
function labelled({ labels, items, fields = [], either = [] }: Parameter): readonly (readonly string[])[] {
  const own = (labels ?? []).filter((label): label is string => typeof label === "string");
  return [...(own.length ? [own] : []), ...(items ? labelled(items) : []), ...[...fields, ...either].flatMap(labelled)];
}

function phrasesOf(request: string): readonly string[] {
  const words = request.match(/[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*/gu) ?? [];
  const phrases = words.flatMap((_, i) => Array.from({ length: longest }, (_, n) => words.slice(i, i + n + 1).join(" ")));
  return [...new Set(phrases)];
}
