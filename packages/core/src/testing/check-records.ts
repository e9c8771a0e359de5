import { optionInvalid } from "../error/option-invalid.js";
import { isRecord, say } from "../schema/say.js";

/** Refuses what is no list of a run's records. @throws TroupeError `OPTION_INVALID` */
export function checkRecords(of: string, records: unknown): void {
  const refuse = (where: string, given: unknown) =>
    optionInvalid(of, where, `is ${say(given)}`, "Give a run's records: await journal.read(thread).");
  if (!Array.isArray(records)) throw refuse("records", records);
  const wrong = records.findIndex((one) => !isRecord(one) || typeof one.kind !== "string");
  if (wrong >= 0) throw refuse(`records.${wrong}`, records[wrong]);
}
