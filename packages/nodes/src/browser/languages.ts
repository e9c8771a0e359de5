import { TroupeError } from "@troupe/core";
import type { ExpectedOptions } from "./language-model.js";

export interface Languages {
  /**
   * The languages of prompts and answers, as tags (`en`, `de-CH`). A browser that cannot do one of them says so before anything is asked.
   * Default: not said.
   */
  readonly languages?: readonly string[] | undefined;
}

/** What the browser is told to expect. Throws OPTION_INVALID. */
export function expectedOf(languages: Languages["languages"]): ExpectedOptions {
  if (languages === undefined) return {};
  if (!Array.isArray(languages))
    throw new TroupeError("OPTION_INVALID", "languages is no list", { hint: 'Write tags such as ["en", "de-CH"].' });
  try {
    const expected = [{ type: "text", languages: Intl.getCanonicalLocales([...languages]) }] as const;
    return { expectedInputs: expected, expectedOutputs: expected };
  } catch (cause) {
    throw new TroupeError("OPTION_INVALID", `languages holds what is no tag of a language: ${(cause as Error).message}`, {
      hint: 'Write tags such as ["en", "de-CH"].',
      cause,
    });
  }
}
