// What twelve questions about one state cost, beside twelve prompts of a state and a question each.
import { median } from "./median.mjs";

const sentence = "The parcel of order 4711 left the warehouse on Monday and was seen in Lyon, but nobody has signed for it yet. ";
/** Of about a thousand tokens. */
const stateOf = (number) => `Text: Letter ${number}. ${sentence.repeat(38)}`;
const yes = ["an order number", "a person's name", "an amount of money", "a date", "a phone number", "a city"];
const questions = Object.fromEntries([
  ...yes.map((what) => [what, { type: "noul", instructions: `Does the text mention ${what}?` }]),
  ...["Which queue takes this message?", "What does the customer want?", "Which label fits?"].map((instructions) => [
    instructions,
    { type: "choice", instructions, criteria: { delivery: null, payment: null, "lost parcel": null, other: null } },
  ]),
  ...["How urgent is it?", "How soon must someone act?", "How cross is the writer?"].map((instructions) => [
    instructions,
    { type: "score", instructions, criteria: ["not at all", "a little", "very"] },
  ]),
]);

/** Prints the medians of `rounds` pairs, and gives the share. */
export async function twelve(model, rounds) {
  const decider = await model.load();
  const tokens = (response) => response.usage_metadata.input_tokens;
  let number = 0;
  /** A state that nothing was evaluated of before. */
  const fresh = () => stateOf(++number);
  await decider.invoke({ state: fresh(), questions });
  const pairs = [];
  for (let i = 0; i < rounds; i++) {
    const together = await timed(async () => tokens(await decider.invoke({ state: fresh(), questions })));
    const apart = await timed(async () => {
      let sum = 0;
      for (const [id, question] of Object.entries(questions))
        sum += tokens(await decider.invoke({ state: fresh(), questions: { [id]: question } }));
      return sum;
    });
    pairs.push({ together, apart, share: together.ms / apart.ms });
  }
  const share = median(pairs.map((pair) => pair.share));
  const told = (name) => `${(median(pairs.map((pair) => pair[name].ms)) / 1000).toFixed(1)} s (${pairs[0][name].given} tokens)`;
  console.log(
    `${model.id}: twelve questions about one state ${told("together")}, as twelve prompts ${told("apart")}: ${share.toFixed(2)} of it`,
  );
  return share;
}

async function timed(work) {
  const start = performance.now();
  const given = await work();
  return { ms: performance.now() - start, given };
}
