import { FakeListChatModel } from "@langchain/core/utils/testing";
import { expect, test } from "vitest";
import { modelFor } from "./model-for.js";

const chat = new FakeListChatModel({ responses: ["a"] });

test.each<[string, any, string, RegExp]>([
  ["a role that nothing plays", "judge", "MODEL_UNBOUND", /models: \{ judge: … \}/],
  ["a provider's name, which is no role", "openai:gpt-4o", "MODEL_UNBOUND", /model\("openai:gpt-4o"\)/],
  ["a chat model of LangChain as it is", chat, "MODEL_UNBOUND", /asModel\(chat\)/],
  ["what is no model", { id: "x" }, "MODEL_UNBOUND", /model\("…"\)/],
  ["nothing", null, "MODEL_UNBOUND", /model\("…"\)/],
])("%s is refused, with what to write", (_, wanted, code, hint) => {
  expect(() => modelFor({}, wanted, "chat")).toThrow(expect.objectContaining({ code, hint: expect.stringMatching(hint) }));
});

test("names that every object has are no roles", () => {
  expect(() => modelFor({}, "constructor", "chat")).toThrow(expect.objectContaining({ code: "MODEL_UNBOUND" }));
});
