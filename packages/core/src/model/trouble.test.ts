import { expect, it } from "vitest";
import { TroupeError } from "../error/error.js";
import { troubleIn } from "./trouble.js";

const failing = (status: number | undefined, message: string, more: object = {}) =>
  Object.assign(new Error(message), status === undefined ? {} : { status }, more);

it.each<[string, unknown, object | undefined]>([
  ["a limit that says nothing", failing(429, "Slow down"), { kind: "busy" }],
  ["seconds to wait", failing(429, "x", { headers: { "retry-after": "2" } }), { kind: "busy", after: 2000 }],
  ["milliseconds to wait", failing(429, "x", { headers: new Headers({ "retry-after-ms": "15" }) }), { kind: "busy", after: 15 }],
  ["a day that is past", failing(503, "x", { headers: { "retry-after": "Wed, 21 Oct 2015 07:28:00 GMT" } }), { kind: "busy", after: 0 }],
  ["a wait that is none", failing(503, "x", { headers: { "retry-after": "soon" } }), { kind: "busy" }],
  [
    "Google's wait, whose message speaks of quotas and bills",
    failing(429, "You exceeded your current quota, please check your plan and billing details", {
      body: { error: { details: [{}, { retryDelay: "1.5s" }] } },
    }),
    { kind: "busy", after: 1500 },
  ],
  ["a quota that is spent", failing(429, "You exceeded your current quota", { code: "insufficient_quota" }), { kind: "unpaid" }],
  ["an account without credit", failing(400, "Your credit balance is too low"), { kind: "unpaid" }],
  ["a prompt that is too long", failing(400, "prompt is too long: 210000 tokens > 200000 maximum"), { kind: "too-long" }],
  ["a request that is too large", failing(413, "x"), { kind: "too-long" }],
  ["a filter of Azure's", failing(400, "x", { code: "content_filter" }), { kind: "refused" }],
  ["a key", failing(403, "Permission denied"), { kind: "key" }],
  ["a connection that broke, far down", { cause: { cause: { code: "ECONNRESET" } } }, { kind: "busy" }],
  ["an overload told in a stream", failing(undefined, '{"type":"error","error":{"type":"overloaded_error"}}'), { kind: "busy" }],
  ["a client's status by another name", { statusCode: 503, message: "x" }, { kind: "busy" }],
  ["a status that a stream tells as its error's code", failing(undefined, "Try later", { code: 503 }), { kind: "busy" }],
  ["one that it tells as a text", failing(undefined, "Try later", { code: "502" }), { kind: "busy" }],
  ["a status within what a server said", failing(undefined, "x", { error: { code: 429, status: "RESOURCE_EXHAUSTED" } }), { kind: "busy" }],
  ["an overload that is only said", failing(undefined, "The engine is currently overloaded"), { kind: "busy" }],
  ["an overload in a word", failing(undefined, "Overloaded"), { kind: "busy" }],
  ["a stream that broke off", failing(undefined, "Premature close", { code: "ERR_STREAM_PREMATURE_CLOSE" }), { kind: "busy" }],
  ["a server that is not ready", failing(undefined, "Loading", { type: "unavailable_error" }), { kind: "busy" }],
  ["a key that is refused in a stream", failing(undefined, "x", { code: 401 }), { kind: "key" }],
  ["a code of gRPC's", failing(undefined, "x", { code: 14 }), undefined],
  ["an abort", Object.assign(new Error("server_error"), { name: "AbortError" }), undefined],
  ["what Troupe says itself", new TroupeError("OLLAMA_FAILED", "x", { cause: { status: 503 } }), undefined],
  ["a schema that is not taken", failing(400, "Unknown name 'const' in response_format"), undefined],
  ["a server that is not there", { code: "ECONNREFUSED" }, undefined],
  ["nothing", undefined, undefined],
])("knows %s", (_, error, trouble) => {
  expect(troubleIn(error)).toEqual(trouble);
});

it("looks no deeper than it must, also in a circle", () => {
  const circle: { cause?: unknown } = {};
  circle.cause = circle;
  expect(troubleIn(circle)).toBeUndefined();
});
