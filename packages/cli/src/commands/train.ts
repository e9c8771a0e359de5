import { type EmbeddingModel, TroupeError } from "@troupe/core";
import { readConfig } from "../config.js";
import { filesRead } from "../files-read.js";
import type { Flags } from "../parse-flags.js";
import { readExamples } from "../read-examples.js";
import { modelFlags, modelNames } from "../run-flags.js";
import { jsonText } from "../show/json-text.js";
import { printable } from "../show/printable.js";
import { withModels } from "../with-models.js";
import { writable, writeOut } from "../writable.js";
import type { Command } from "./command.js";

const { embeddings } = modelFlags;
const usual = "0.05";

export const train: Command<"file"> = {
  meta: { name: "train", description: "Make a head from examples, which tells their labels apart and knows when to abstain" },
  args: {
    file: { type: "positional", description: 'Examples as JSON lines, { "text": "…", "label": "…" }; - is stdin' },
    out: { type: "string", valueHint: "file", description: "The head's file; head:FILE is then a decision model" },
    risk: { type: "string", valueHint: "share", description: `Of all texts, how many may be answered and wrong (default: ${usual})` },
    outside: { type: "string", valueHint: "share", description: "Of all texts, how many belong to no label (default: 0.05)" },
    embeddings,
    json: { type: "boolean", description: "Print what was learned as JSON" },
  },
  async carryOut(flags, streams) {
    const file = flags.value("out");
    if (file === undefined) throw new TroupeError("FLAG_VALUE", "There is no --out for the head", { hint: "Add --out NAME.head.json." });
    writable(file, filesRead(flags));
    const risk = shareOf(flags, "risk", (share) => share > 0 && share < 1) ?? Number(usual);
    const outside = shareOf(flags, "outside", (share) => share >= 0 && share < 1);
    const names = modelNames(flags);
    const config = await readConfig();
    const examples = await readExamples(flags.args.file);
    return withModels(names, config, streams, async ({ models, show, signal }) => {
      const { train, writeHead } = await import("@troupe/nodes");
      const head = await train(examples, {
        embeddings: models.embeddings as EmbeddingModel,
        risk,
        signal,
        onStep: (line) => show.say(printable(line)),
        ...(outside === undefined ? {} : { outside }),
      });
      show.end();
      await writeOut(file, writeHead(head));
      const { labels, embeddings, calibration, measured } = head;
      const learned = { file, labels: labels.length, examples: head.examples, embeddings: embeddings.model, ...measured, calibration };
      const threshold = calibration.threshold!;
      // Rounded up, so that what is copied from here keeps the risk.
      const sure = threshold > 1 ? "no confidence is enough" : `unsure under ${Math.ceil(1000 * threshold) / 1000}`;
      const told = [
        `${labels.length} labels from ${head.examples} examples: of those held out, ${percent(measured.right)} right, calibration error ${measured.error.toFixed(3)}`,
        `For a risk of ${risk}: ${sure}`,
        `${file}: head:${file} is a decision model`,
      ];
      streams.out.write(flags.has("json") ? `${jsonText(learned)}\n` : `${told.map(printable).join("\n")}\n`);
    });
  },
};

const percent = (share: number): string => `${(100 * share).toFixed(1)}%`;

function shareOf(flags: Flags, flag: string, fits: (share: number) => boolean): number | undefined {
  const said = flags.value(flag);
  if (said === undefined) return undefined;
  const share = said.trim() === "" ? Number.NaN : Number(said);
  if (fits(share)) return share;
  throw new TroupeError("FLAG_VALUE", `--${flag} is a share between 0 and 1`, { hint: `Write --${flag} ${usual}, say.` });
}
