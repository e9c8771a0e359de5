import { limitCrossed, media, specialist, TroupeError } from "@troupe/core";
import { z } from "zod";
import { pull } from "../models/pull/pull.js";
import { pythonEngine } from "../python/engine.js";

const whisper = pythonEngine("whisper");

/**
 * Writes down what is said in a recording: Whisper tiny, English, by faster-whisper on the CPU (8-bit). Silence gives an empty text.
 * Any format FFmpeg decodes is taken. The weights and the Python environment are fetched when it is first used.
 *
 * Throws AUDIO_UNREADABLE where the file holds no sound, or only a part of what it says it holds, LIMIT_CROSSED where it holds more than
 * `limits.seconds`, and what `pull` and the Python engine throw.
 */
export const transcribe = specialist({
  name: "transcribe",
  does: "Writes down what is said in a voice recording",
  input: z.object({ audio: media.audio() }),
  output: z.object({ text: z.string().describe("What is said, as text") }),
  async run({ audio }, ctx) {
    const { path } = await pull("whisper-tiny.en", {
      signal: ctx.signal,
      onProgress: ({ name, done, total }) => ctx.progress(`fetches ${name}`, total ? done / total : undefined),
    });
    const progress = (message: string, part?: number) => ctx.progress(message, part);
    ctx.worked("whisper-tiny.en");
    const { seconds } = ctx.limits;
    const request = { model: path, audio: audio.path, seconds: Number.isFinite(seconds) ? seconds : null };
    try {
      return (await whisper.ask(request, { signal: ctx.signal, progress })) as { text: string };
    } catch (error) {
      if (!(error instanceof TroupeError)) throw error;
      if (error.code === "LIMIT_CROSSED") throw limitCrossed("seconds", ctx.limits, "A recording", { file: audio.path, cause: error });
      if (error.code !== "AUDIO_UNREADABLE") throw error;
      throw new TroupeError(error.code, `A recording cannot be heard: ${error.what}`, {
        file: audio.path,
        hint: "Give a recording that plays: WAV, MP3, M4A, OGG, FLAC or WebM.",
        cause: error,
      });
    }
  },
});
