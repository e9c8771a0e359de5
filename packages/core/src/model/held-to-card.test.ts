import { HumanMessage } from "@langchain/core/messages";
import { FakeListChatModel } from "@langchain/core/utils/testing";
import { expect, test, vi } from "vitest";
import { generate } from "./generate.js";
import { asModel, type ModelCard } from "./model.js";

const host = { signal: new AbortController().signal, config: {}, token: () => {}, used: vi.fn() };
const asked = async (card: Partial<ModelCard>, prompt: Parameters<typeof generate>[1]["prompt"]) => {
  const chat = new FakeListChatModel({ responses: ["yes"] });
  return generate(asModel(chat, "own:model", card), { prompt }, host).then(
    ({ text }) => text,
    ({ code }) => code,
  );
};
const picture = { type: "image_url", image_url: { url: "data:image/png;base64,AA==" } };
const sound = { type: "input_audio", input_audio: { data: "AA==", format: "wav" } };

test("a medium that a model does not take, and a prompt past its context, never reach it", async () => {
  const text: Partial<ModelCard> = { modalities: ["text"], context: 100 };
  const spent = host.used.mock.calls.length;
  expect(await asked(text, [new HumanMessage({ content: [picture] })])).toBe("MODALITY_UNSUPPORTED");
  expect(await asked(text, [{ role: "user", content: [sound] }])).toBe("MODALITY_UNSUPPORTED");
  expect(await asked(text, [["user", [{ type: "text", text: "What?" }, picture]]] as never)).toBe("MODALITY_UNSUPPORTED");
  expect(await asked(text, "word ".repeat(100))).toBe("PROMPT_TOO_LONG");
  expect(host.used.mock.calls.length).toBe(spent);
  expect(await asked({ ...text, modalities: ["text", "image"] }, [new HumanMessage({ content: [picture] })])).toBe("yes");
  expect(await asked(text, "word ".repeat(99))).toBe("yes");
});

test("nor a text one that takes images only", async () => {
  const sees: Partial<ModelCard> = { modalities: ["image"], context: 100 };
  expect(await asked(sees, "What?")).toBe("MODALITY_UNSUPPORTED");
  expect(await asked(sees, [["user", [{ type: "text", text: "What?" }, picture]]] as never)).toBe("MODALITY_UNSUPPORTED");
  expect(await asked(sees, [["system", ""], new HumanMessage({ content: [picture] })])).toBe("yes");
});

test("what is only supposed of it does not stand in the way", async () => {
  expect(await asked({}, [new HumanMessage({ content: [picture] })])).toBe("yes");
  expect(await asked({}, "word ".repeat(10_000))).toBe("yes");
});
