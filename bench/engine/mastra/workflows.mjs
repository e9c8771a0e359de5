// The same shapes as Mastra's workflows. Its steps are validated going in, and nothing is stored.
import { createStep, createWorkflow } from "@mastra/core/workflows";
import { z } from "zod";

const number = z.object({ n: z.number() });
const count = z.object({ count: z.number() });

const step = (id, execute) => createStep({ id, inputSchema: number, outputSchema: number, execute });
const workflow = (id, outputSchema = number) => createWorkflow({ id, inputSchema: number, outputSchema });
const addOne = async ({ inputData: { n } }) => ({ n: n + 1 });

const runOf = (committed) => async () => {
  const run = await committed.createRun();
  const { status, result, error } = await run.start({ inputData: { n: 0 } });
  if (status !== "success") throw error;
  return result;
};

export function chain(length) {
  let begun = workflow("chain");
  for (let i = 0; i < length; i++) begun = begun.then(step(`n${i}`, addOne));
  return runOf(begun.commit());
}

export function fan(width) {
  const branches = Array.from({ length: width }, (_, i) => step(`n${i}`, addOne));
  const join = createStep({
    id: "join",
    inputSchema: z.object(Object.fromEntries(branches.map(({ id }) => [id, number]))),
    outputSchema: count,
    execute: async ({ inputData }) => ({ count: Object.keys(inputData).length }),
  });
  const begin = step("begin", async ({ inputData }) => inputData);
  return runOf(workflow("fan", count).then(begin).parallel(branches).then(join).commit());
}

export function loop(times) {
  const again = async ({ inputData: { n } }) => n >= times;
  return runOf(workflow("loop").dountil(step("step", addOne), again).commit());
}
