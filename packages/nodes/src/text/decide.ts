import type { Answer, State } from "@langchain/core/decisions";
import {
  type ChatModel,
  checkQuestions,
  type DecisionModel,
  type Media,
  type Role,
  type Schema,
  type Specialist,
  saysNothing,
  specialist,
  TroupeError,
} from "@troupe/core";
import { z } from "zod";
import { checkOptions } from "../check-options.js";
import { givenSchema } from "../given-schema.js";
import { modelOrRole } from "../model-or-role.js";
import { answerOf, optionsOf } from "../models/decisions/answers.js";
import { type Asked, atHand } from "./deciding/at-hand.js";
import { imageFields } from "./deciding/image-fields.js";
import { labelMeaning } from "./deciding/label-meaning.js";
import { type ChoiceQuestion, confidenceOf, type DecideQuestion, type DecideQuestions, unsure } from "./deciding/question.js";
import { written } from "./deciding/written.js";

type Field<Q extends DecideQuestion> = Q extends ChoiceQuestion
  ? Extract<keyof Q["criteria"], string> | (Q extends { readonly unsure: number } ? typeof unsure : never)
  : number;

/** A field for each question, its label, level or probability of yes, and one for how sure that is. */
export type Decided<Q extends DecideQuestions> = { [Id in keyof Q & string]: Field<Q[Id]> } & {
  [Id in keyof Q & string as `${Id}Confidence`]: number;
} extends infer All
  ? { [Name in keyof All]: All[Name] }
  : never;

export interface DecideOptions<Q extends DecideQuestions, I extends object> {
  /** By the names of their fields in the output. */
  readonly questions: Q;
  /** Default: `decide`. */
  readonly name?: string;
  readonly does?: string;
  /** What the questions are about. Default: `{ text }`. There may be images in it, one a field or a list of them. */
  readonly input?: Schema<I>;
  /**
   * A decision model, or a role. Default: the best that is at hand, for each question. For images a chat model that takes them, or a role;
   * default: the role `vision`.
   */
  readonly model?: DecisionModel | ChatModel | Role;
}

/**
 * Answers closed questions about its input in fields that rules can read: `topic` has a label, a level (between two, where it is likely
 * to be either) or the probability of yes, and `topicConfidence` how sure that is, from 0 to 1. It writes no text, so there is nothing to
 * parse, and no answer is off the menu. Of a blank input nobody is asked: no answer is likelier than another, with a confidence of 0.
 *
 * Without a `model`: a general decision model of the role `decisions`; else labels are compared by embeddings; else a decision model that
 * was measured for it; else the model of the role `default` is scored, or asked for its answer under a schema.
 * @throws TroupeError `QUESTION_INVALID`, which names the question; `OPTION_INVALID`.
 * @example
 * const triage = decide({
 *   name: "triage",
 *   questions: {
 *     topic: { type: "choice", instructions: "What is it about?", criteria: { billing: "payments, refunds", bug: "errors" }, unsure: 0.4 },
 *     urgent: { type: "noul", instructions: "Must someone act today?" },
 *   },
 * });
 */
export function decide<const Q extends DecideQuestions, I extends object = { text: string }>(
  options: DecideOptions<Q, I>,
): Specialist<I, Decided<Q>> {
  checkOptions("decide", options, {
    questions: z.unknown().optional(),
    name: z.string().optional(),
    does: z.string().optional(),
    input: givenSchema.optional(),
    model: modelOrRole.optional(),
  });
  const { questions, name = "decide", input = z.object({ text: z.string() }), model } = options;
  checkQuestions(questions, [unsure]);
  const asked = askedOf(questions);
  const taken = Object.keys(questions).find((id) => Object.hasOwn(questions, confidenceOf(id)));
  if (taken !== undefined)
    throw new TroupeError("QUESTION_INVALID", `The question ${confidenceOf(taken)} has the name of ${taken}'s confidence`, {
      field: taken,
      hint: "Give it another name.",
    });
  const sights = imageFields(input);
  // What sees writes its answers; images that are optional may be missing.
  const decided = atHand(asked, "auto", sights.length ? undefined : (model as DecisionModel | Role | undefined));
  const sight = { model: (model ?? "vision") as ChatModel | Role, needs: ["image"] } as const;
  const {
    does = `Answers: ${Object.values(questions)
      .map(({ instructions }) => instructions)
      .join(" ")}`,
  } = options;
  return specialist({
    name,
    does,
    input: input as Schema<object>,
    output: z.object(
      Object.fromEntries(
        Object.entries(questions).flatMap(([id, question]) => [
          [id, fieldOf(id, question)],
          [confidenceOf(id), share],
        ]),
      ),
    ),
    decided: Object.fromEntries(
      Object.entries(questions).flatMap(([id, one]) => (one.type === "choice" && one.unsure === undefined ? [[id, confidenceOf(id)]] : [])),
    ),
    ...(sights.length ? sight : {}),
    run: async (given, ctx) => {
      const images = sights.flatMap((field) => (given as Record<string, Media<"image"> | undefined>)[field] ?? []);
      const rest = Object.fromEntries(Object.entries(given).filter(([field]) => !sights.includes(field)));
      const answers = images.length
        ? await written(
            { state: (await import("../models/decisions/told.js")).told(stateOf(rest)), images, model: sight.model },
            asked,
            ctx,
          )
        : saysNothing(rest)
          ? unsureOf(asked)
          : (await decided(stateOf(rest), ctx)).answers;
      return Object.fromEntries(Object.entries(answers).flatMap(([id, one]) => fieldsOf(id, one, questions[id])));
    },
  }) as unknown as Specialist<I, Decided<Q>>;
}

/** An answer as the fields of the output: what it is, and how sure. */
function fieldsOf(id: string, answer: Answer, question: DecideQuestion | undefined): [string, string | number][] {
  const fields = (said: string | number, confidence: number): [string, string | number][] => [
    [id, said],
    [confidenceOf(id), confidence],
  ];
  if (answer.type === "noul") return fields(answer.noul, Math.abs(2 * answer.noul - 1));
  if (answer.type === "score") return fields(answer.score, answer.confidence);
  if (answer.type !== "choice") return [];
  const bar = question?.type === "choice" ? question.unsure : undefined;
  const sure = bar === undefined || answer.confidence >= bar;
  return fields(sure ? answer.choice : unsure, answer.confidence);
}

const share = z.number().min(0).max(1);

/** The bar over which nothing is, as `calibrate` gives it where no answer is sure enough. */
const highest = 1.01;

function fieldOf(id: string, question: DecideQuestion) {
  if (question.type === "noul") return share;
  if (question.type === "score")
    return z
      .number()
      .min(0)
      .max(question.criteria.length - 1);
  const refuse = (what: string, hint: string) => new TroupeError("QUESTION_INVALID", `The question ${id} ${what}`, { field: id, hint });
  const labels = Object.keys(question.criteria);
  const strange = labels.find((label) => !labelMeaning.optional().safeParse(question.criteria[label]).success);
  if (strange !== undefined)
    throw refuse(`has a label ${strange} whose meaning cannot be read`, "Write a text, { description, examples: [texts] }, or null.");
  const bar: unknown = question.unsure;
  if (bar !== undefined && !(typeof bar === "number" && bar >= 0 && bar <= highest))
    throw refuse(`is unsure under a confidence from 0 to 1, not under ${JSON.stringify(bar)}`, "Write unsure: 0.3, say.");
  if (bar !== undefined && labels.includes(unsure))
    throw refuse(`may be unsure, and has a label named ${unsure} of its own`, "Name the label otherwise.");
  return z.enum(question.unsure === undefined ? labels : [...labels, unsure]);
}

/** The questions as decision models take them; the same objects for every run, by which what is known of them is kept. */
const askedOf = (questions: DecideQuestions): Asked =>
  Object.fromEntries(
    Object.entries(questions).map(([id, question]) => {
      const { unsure: _, ...asked } = question as ChoiceQuestion;
      return [id, asked as unknown as Asked[string]];
    }),
  );

/** Answers of which each is as likely as the others: models have a favourite where there is nothing to go by. */
const unsureOf = (asked: Asked): Readonly<Record<string, Answer>> =>
  Object.fromEntries(
    Object.entries(asked).map(([id, question]) => {
      const alike = answerOf(
        question,
        optionsOf(question).map((_, __, all) => 1 / all.length),
      );
      return [id, alike.type === "score" ? { ...alike, confidence: 0 } : alike];
    }),
  );

/** A text alone is the state itself. */
function stateOf(input: object): State {
  const [first, ...more] = Object.values(input);
  return (more.length === 0 && typeof first === "string" ? first : input) as State;
}
