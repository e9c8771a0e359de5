import { TroupeError } from "@troupe/core";

/** Refuses to ask a model for nothing, since it would say what it likes best. @throws TroupeError `INPUT_INVALID` */
export function refuseBlank(name: string, field: string, text: string): void {
  if (text.trim() !== "") return;
  throw new TroupeError("INPUT_INVALID", `${name} cannot take its input: the ${field} is blank`, {
    field,
    hint: `Say in the ${field} what is wanted.`,
  });
}
