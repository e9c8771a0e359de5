import { TroupeError } from "@troupe/core";

/** Small letters, for two names that differ only in capitals are one folder on some systems. */
const plain = /^[a-z0-9][a-z0-9._-]{0,63}$/;
/** What a lock is called, what Windows cuts off, and what it takes for a device. */
const reserved = /\.lock$|\.$|^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/;

/** A name that a model can be kept under, which is one folder's. Throws MODEL_NAME. */
export function modelName(name: string): string {
  if (typeof name !== "string")
    throw new TroupeError("MODEL_NAME", `A name of a model is no text: ${typeof name}`, { hint: 'As in "minilm".' });
  if (plain.test(name) && !reserved.test(name)) return name;
  const near = name
    .slice(0, 64)
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, "-")
    .replace(/^[^a-z0-9]+|[^a-z0-9]+$/g, "");
  throw new TroupeError("MODEL_NAME", `${JSON.stringify(name.slice(0, 80))} is no name for a model`, {
    hint: `Names are small letters and digits, with . _ - between them${near && near !== name && !reserved.test(near) ? `: write ${near}` : ""}`,
  });
}
