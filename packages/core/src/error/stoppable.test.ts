import { expect, test } from "vitest";
import { z } from "zod";
import { type ChatModel, generate, limitsOf, trustOf } from "../index.js";
import { TroupeError } from "./error.js";
import { stoppable } from "./stoppable.js";

const stopped = (signal: AbortSignal) => stoppable("fetch", signal, () => signal.throwIfAborted());

test("what a signal ends says so in our words, with its reason as the cause", async () => {
  const reason = new Error("enough");
  await expect(stopped(AbortSignal.abort(reason))).rejects.toMatchObject({
    code: "ABORTED",
    what: "fetch was aborted: enough",
    cause: reason,
  });
  await expect(stopped(AbortSignal.abort())).rejects.toMatchObject({ code: "ABORTED", cause: { name: "AbortError" } });
  await expect(stopped(AbortSignal.abort("no"))).rejects.toMatchObject({ code: "ABORTED", cause: "no" });
});

test("a signal by time is TIMEOUT, and an error of ours stays as it is", async () => {
  const late = AbortSignal.timeout(1);
  await new Promise((resolve) => late.addEventListener("abort", resolve));
  await expect(stopped(late)).rejects.toMatchObject({ code: "TIMEOUT", cause: { name: "TimeoutError" } });
  const own = new TroupeError("OWN", "own");
  await expect(stopped(AbortSignal.abort(own))).rejects.toBe(own);
});

test("what fails without an abort is passed on", async () => {
  const fault = new Error("broken");
  await expect(stoppable("fetch", new AbortController().signal, () => Promise.reject(fault))).rejects.toBe(fault);
  expect(await stoppable("fetch", undefined, () => 5)).toBe(5);
});

test("generate outside a run", async () => {
  const model = {
    id: "m",
    card: { kind: "chat", modalities: ["text"], context: 8192 },
    load: () => new Promise(() => {}),
  } as unknown as ChatModel;
  const host = { signal: AbortSignal.abort("enough"), limits: limitsOf(), trust: trustOf(), token() {}, used() {} };
  const asked = generate(model, { prompt: "Say", schema: z.object({ a: z.string() }) }, host as any);
  await expect(asked).rejects.toMatchObject({ code: "ABORTED", cause: "enough" });
});
