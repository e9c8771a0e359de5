import type { ModelCard } from "@troupe/core";
import { expect, it } from "vitest";
import { corrected, type Measurement } from "./measurement.js";

const card: ModelCard = { kind: "chat", context: 8192, modalities: ["text", "image"], tools: false, structured: "format", local: true };
const found = (rest: Partial<Measurement>): Measurement => ({
  measurement: 1,
  model: "ollama:x",
  at: "2026-11-27T05:00:00.000Z",
  machine: { system: "linux x64", processor: "one", cores: 2, memory: 8e9 },
  ...rest,
});
const measured = "2026-11-27";

it("a context is corrected only by a prompt that was lost, and by what held where its length was supposed", () => {
  expect(corrected(card, found({ context: { asked: 8192, held: 8000 } }))).toEqual({ ...card, measured });
  expect(corrected(card, found({ context: { asked: 8192, held: 3000, lost: 4000 } }))).toEqual({ ...card, context: 3000, measured });
  // Less was asked for than what was measured with.
  expect(corrected({ ...card, context: 2048 }, found({ context: { asked: 8192, held: 3000, lost: 4000 } })).context).toBe(2048);
  const guess: ModelCard = { ...card, assumed: ["context", "tools"] };
  expect(corrected(guess, found({ context: { asked: 32_768, held: 16_000 } }))).toEqual({
    ...card,
    context: 16_000,
    assumed: ["tools"],
    measured,
  });
});

it("tools are there where half of the calls were right, sight where chance is no likely ground", () => {
  const tools = (right: number) => corrected(card, found({ tools: { right, of: 4 } })).tools;
  expect([0, 1, 2, 4].map(tools)).toEqual([false, false, true, true]);
  const sees = (right: number) => corrected(card, found({ sight: { right, of: 6 } })).modalities.includes("image");
  expect([0, 3, 4, 6].map(sees)).toEqual([false, false, true, true]);
});

it("a schema is told in the prompt where none was kept", () => {
  expect(corrected(card, found({ schema: { right: 0, of: 5 } })).structured).toBe("none");
  expect(corrected(card, found({ schema: { right: 1, of: 5 } })).structured).toBe("format");
});
