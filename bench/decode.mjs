// What decoding through a specialist costs beside node-llama-cpp used by hand with the number of threads that suits the machine best:
// tokens a second of the 135M, in processes of their own that take turns, medians of pairs.
//   node bench/decode.mjs [--busy [PROCESSES]]
// `--busy` also measures while as many processes as there are cores (or PROCESSES) do nothing but compute.

import { fork } from "node:child_process";
import { once } from "node:events";
import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";

const role = process.env.DECODE_BENCH;
const prompt = "Write a long story about a dragon who lives in a library.";
const tokens = 128;
/** To find the best number of threads: too many of them take a second a token on a busy machine. */
const few = 24;
const rounds = Number(process.env.ROUNDS ?? 9);

if (role === "load") for (;;);
else if (role) await serve(await { ours, raw }[role]());
else await main();

/** Tokens through a specialist, as any run does it. */
async function ours() {
  const { compile, defineGraph, END, specialist } = await import("@troupe/core");
  const { model } = await import("@troupe/nodes");
  const { z } = await import("zod");
  const tell = specialist({
    name: "tell",
    does: "Tells a story",
    input: z.object({ topic: z.string(), tokens: z.number() }),
    output: z.object({ story: z.string() }),
    run: async ({ topic, tokens }, ctx) => ({ story: (await ctx.generate({ prompt: topic, maxTokens: tokens, temperature: 0 })).text }),
  });
  const state = { topic: z.string(), tokens: z.number(), story: z.string() };
  const graph = defineGraph({
    name: "story",
    state,
    input: ["topic", "tokens"],
    output: ["story"],
    nodes: { tell },
    start: "tell",
    edges: { tell: END },
  });
  const app = compile(graph, { models: { default: model("llamacpp:smollm2-135m") } });
  let runs = 0;
  return async ({ tokens }) => {
    const thread = `run-${++runs}`;
    await app.invoke({ topic: prompt, tokens }, { thread });
    return (await app.ledger(thread)).models[0].output;
  };
}

/** The same tokens by hand. */
async function raw() {
  const { getLlama, LlamaChat, resolveChatWrapper } = await import("node-llama-cpp");
  const { pull } = await import("@troupe/nodes");
  const { path } = await pull("smollm2-135m");
  const llama = await getLlama({ gpu: "auto", build: "never", progressLogs: false, maxThreads: availableParallelism() });
  const model = await llama.loadModel({ modelPath: path });
  const sequences = new Map();
  return async ({ threads, tokens }) => {
    if (!sequences.has(threads)) sequences.set(threads, (await model.createContext({ contextSize: 8192, threads })).getSequence());
    const contextSequence = sequences.get(threads);
    const chat = new LlamaChat({ contextSequence, chatWrapper: resolveChatWrapper(model) });
    const before = contextSequence.tokenMeter.usedOutputTokens;
    await chat.generateResponse(
      [
        { type: "user", text: prompt },
        { type: "model", response: [] },
      ],
      { maxTokens: tokens, temperature: 0 },
    );
    chat.dispose({ disposeSequence: false });
    return contextSequence.tokenMeter.usedOutputTokens - before;
  };
}

/** Answers each message with tokens a second. */
async function serve(write) {
  process.on("message", async (asked) => {
    const start = performance.now();
    const written = await write(asked);
    process.send((written / (performance.now() - start)) * 1000);
  });
  process.on("disconnect", () => process.exit(0));
  process.send("ready");
}

async function main() {
  const { values } = parseArgs({ options: { busy: { type: "boolean" } }, allowPositionals: true, strict: true });
  const load = Number(process.argv.at(-1)) || availableParallelism();
  const [a, b] = await Promise.all([worker("ours"), worker("raw")]);
  try {
    await compare("free", a, b);
    if (!values.busy) return;
    const busy = Array.from({ length: load }, () => start("load"));
    try {
      await compare(`busy with ${load}`, a, b);
    } finally {
      for (const one of busy) one.kill();
    }
  } finally {
    for (const one of [a, b]) one.process.disconnect();
  }
}

async function compare(name, ours, raw) {
  const all = Array.from({ length: availableParallelism() }, (_, i) => i + 1);
  const alone = {};
  await ours.ask({ tokens: few });
  for (const threads of all) {
    await raw.ask({ threads, tokens: few });
    alone[threads] = median([
      await raw.ask({ threads, tokens: few }),
      await raw.ask({ threads, tokens: few }),
      await raw.ask({ threads, tokens: few }),
    ]);
  }
  const best = all.reduce((x, y) => (alone[y] > alone[x] ? y : x));
  const pairs = [];
  for (let i = 0; i < rounds; i++) {
    const first = i % 2 ? await raw.ask({ threads: best, tokens }) : await ours.ask({ tokens });
    const second = i % 2 ? await ours.ask({ tokens }) : await raw.ask({ threads: best, tokens });
    pairs.push(i % 2 ? { ours: second, raw: first } : { ours: first, raw: second });
  }
  const told = all.map((threads) => `${threads}: ${alone[threads].toFixed(1)}`).join(", ");
  console.log(
    `${name}: ours ${median(pairs.map((pair) => pair.ours)).toFixed(1)} tokens/s, raw ${median(pairs.map((pair) => pair.raw)).toFixed(1)} ` +
      `(by threads: ${told}); ours is ${median(pairs.map((pair) => pair.ours / pair.raw)).toFixed(2)} of raw`,
  );
}

function start(role) {
  return fork(import.meta.filename, { env: { ...process.env, DECODE_BENCH: role }, execArgv: [] });
}

async function worker(role) {
  const child = start(role);
  const ended = once(child, "exit").then(([code]) => Promise.reject(new Error(`${role} ended with ${code}`)));
  ended.catch(() => {});
  const next = () => Promise.race([once(child, "message").then(([said]) => said), ended]);
  await next();
  return {
    process: child,
    ask(asked) {
      const answer = next();
      child.send(asked);
      return answer;
    },
  };
}

function median(numbers) {
  const sorted = [...numbers].sort((x, y) => x - y);
  return (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;
}
