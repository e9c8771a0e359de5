import type { Question } from "@langchain/core/decisions";
import type { DecisionModel } from "@troupe/core";
import { TroupeError } from "@troupe/core";
import { keyFrom, keyVariable } from "../hosted/key-from.js";
import { openAi } from "../hosted/openai.js";
import { serverOf } from "../hosted/server.js";
import { serverFetch } from "../hosted/server-fetch.js";
import { lazyModel } from "../lazy-model.js";
import { type Closed, closedOf, fewEnough, isBlank } from "./closed.js";
import type { Questions } from "./decider.js";
import { systemOneCard } from "./systemone.js";
import { worded } from "./worded.js";

/** Decisions of OpenAI, or of any server with its `POST /v1/decisions`. Throws MODEL_URL; `load` throws KEY_MISSING, KEY_UNSAFE. */
export function openAiDecisions(name: string, key?: string): DecisionModel {
  const server = serverOf(name, openAi);
  const id = `openai:${name}`;
  return lazyModel(
    id,
    () => systemOneCard(server.url),
    async (variable) => {
      const headers = variable === undefined ? {} : { authorization: `Bearer ${keyFrom(id, server, openAi, variable)}` };
      const [{ Decider }, { askServer }, { told }] = await Promise.all([
        import("./decider.js"),
        import("./ask-server.js"),
        import("./told.js"),
      ]);
      return new Decider("openai", server.model, async (state, questions, signal) => {
        fewEnough(questions, id);
        const asked = {
          model: server.model,
          input: told(state),
          questions: closedOf(questions, id).map(([name, one]) => asOpenAi(name, one)),
        };
        const body = await askServer(`${server.url}/decisions`, asked, { fetch: serverFetch(server, headers), headers, signal });
        return { model: String(body.model ?? server.model), answers: answersOf(questions, body.answers, id), usage_metadata: body.usage };
      });
    },
    (trust) => keyVariable(server, openAi, key, trust),
  );
}

/** A question as `decision_create_params` of openai-python has it. */
function asOpenAi(name: string, question: Closed): object {
  const instructions = worded(question.instructions);
  switch (question.type) {
    case "noul": {
      const { true: yes, false: no } = question.criteria ?? {};
      // A predicate has no words for its outcomes.
      const more = [...(isBlank(yes) ? [] : [`Yes: ${worded(yes)}`]), ...(isBlank(no) ? [] : [`No: ${worded(no)}`])];
      return { type: "predicate", name, instructions: [instructions, ...more].join("\n") };
    }
    case "choice": {
      const choices = Object.entries(question.criteria).map(([value, means]) => ({
        value,
        ...(isBlank(means) ? {} : { description: worded(means) }),
      }));
      return { type: "choice", name, instructions, choices };
    }
    case "score":
      return { type: "score", name, instructions, levels: question.criteria.map((level) => ({ label: worded(level) })) };
  }
}

/** Their answers in LangChain's form, to what was asked. A refusal is an error; what is no answer is left for whoever asked to refuse. */
function answersOf(questions: Questions, answers: unknown, model: string): Record<string, unknown> {
  const list: readonly any[] = Array.isArray(answers) ? answers : [];
  const answered = new Map<string, unknown>();
  for (const answer of list) {
    const name = String(Object(answer).name);
    const question = Object.hasOwn(questions, name) ? questions[name] : undefined;
    if (!question) continue;
    if (answer.type === "refusal")
      throw new TroupeError("DECISION_REFUSED", `${model} declines to answer the question ${name}`, {
        field: name,
        hint: "Ask in other words, or another model.",
      });
    if (answered.has(name))
      throw new TroupeError("ANSWER_INVALID", `${model} answers the question ${name} twice`, {
        field: name,
        hint: "Take another decision model.",
      });
    answered.set(name, answerIn(question, answer));
  }
  return Object.fromEntries(answered);
}

function answerIn(question: Question, answer: any): unknown {
  if (answer.type === "predicate") return { type: "noul", noul: answer.probability };
  const shares: readonly any[] = Array.isArray(answer.probabilities) ? answer.probabilities : [];
  const probabilities = new Map<string, unknown>();
  // Of a label that stands there twice it is both, which is more than there is.
  for (const share of shares) {
    const { value, probability } = Object(share);
    const before = probabilities.get(String(value));
    probabilities.set(String(value), before === undefined ? probability : Number(before) + Number(probability));
  }
  const legend = question.type === "score" ? { legend: Object.fromEntries(question.criteria.map((means, level) => [level, means])) } : {};
  return { ...answer, probabilities: Object.fromEntries(probabilities), ...legend };
}
