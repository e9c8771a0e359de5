import { jsonSchemaOf, type Limits, openAll, openMedia, type Signature, TroupeError, type Trust } from "@troupe/core";
import type { Case } from "./suite.js";

/**
 * The inputs of all cases, their files opened before any of them runs. A suite is a file like any other: what it names lies in the working
 * directory or a folder that is trusted. Addresses are left to the run.
 * @throws TroupeError one of `openMedia`, with the case
 */
export async function openedInputs(
  task: Signature,
  cases: readonly Case[],
  file: string,
  trust: Partial<Trust>,
  limits: Partial<Limits> = {},
): Promise<object[]> {
  const schema = jsonSchemaOf(task.input, "input");
  const opened: object[] = [];
  for (const { id, input } of cases) {
    const open = openAll(schema, input, async (kind, source) =>
      typeof source === "string" && /^[a-z][a-z0-9+.-]+:/i.test(source) ? source : openMedia(kind, source, { limits, trust }),
    );
    opened.push(
      (await open.catch((error) => {
        throw error instanceof TroupeError ? error.placed({ at: `case ${id} of ${file}` }) : error;
      })) as object,
    );
  }
  return opened;
}
