import { resolve } from "node:path";
import { type ChatModel, type ModelCard, TroupeError } from "@troupe/core";
import { needs } from "../../peer.js";
import { userHome } from "../../user-home.js";
import { catalogue } from "../catalogue.js";
import { lazyModel } from "../lazy-model.js";
import { peekKept } from "../pull/kept.js";
import { pull } from "../pull/pull.js";
import { loadCaptioner, memoryOf } from "./captioner.js";
import { type CaptionerFile, readCaptioner } from "./captioner-file.js";
import type { OnnxCaptioner } from "./chat.js";

/** As its authors decode. */
const usualBeams = 3;

/** A captioner in this process: a known name, or the path of a folder that `blip_to_onnx.py` wrote. */
export function onnxChat(name: string, { beams = usualBeams }: { beams?: number | undefined } = {}): ChatModel {
  if (!Number.isInteger(beams) || beams < 1)
    throw new TroupeError("OPTION_INVALID", "The option beams is a whole number from 1", {
      hint: "Write { beams: 1 } for greedy decoding",
    });
  return lazyModel(
    `onnx:${name}`,
    () => cardOf(name),
    async (): Promise<OnnxCaptioner> => {
      needs("onnxruntime-node", "sharp");
      const folder = await folderOf(name);
      await loadCaptioner(folder);
      const { OnnxCaptioner } = await import("./chat.js");
      return new OnnxCaptioner(() => loadCaptioner(folder), name, beams);
    },
  );
}

function cardOf(name: string): ModelCard {
  const file = peek(name);
  return {
    kind: "chat",
    context: file?.positions ?? catalogue[name]?.context ?? 512,
    modalities: ["image"],
    // It resizes itself, by the reference's arithmetic, what it is given whole.
    imageSide: Number.MAX_SAFE_INTEGER,
    tools: false,
    structured: "none",
    local: true,
    embedded: true,
    memory: file ? memoryOf(file) : (catalogue[name]?.memory ?? 0),
  };
}

function peek(name: string): CaptionerFile | undefined {
  const folder = pathOf(name) ?? peekKept(name);
  try {
    return folder === undefined ? undefined : readCaptioner(folder);
  } catch {
    return undefined;
  }
}

async function folderOf(name: string): Promise<string> {
  const path = pathOf(name);
  if (path !== undefined) return path;
  const known = catalogue[name];
  if (known && known.kind !== "captions")
    throw new TroupeError("MODEL_KIND", `${name} is a model for ${known.kind}, not for captions`, {
      hint: `For captions there is ${Object.entries(catalogue).flatMap(([other, { kind }]) => (kind === "captions" ? [other] : []))}`,
    });
  return (await pull(name)).path;
}

/** The folder that a name is; undefined where it is the name of weights that are known or kept. */
const pathOf = (name: string): string | undefined =>
  /^[./~]|[/\\]/.test(name) ? resolve(name.startsWith("~") ? name.replace(/^~/, userHome()) : name) : undefined;
