import type { Flags } from "./parse-flags.js";

/** What a command's line names that is read where it is a file: FILE, cases, the input, and what stands in for its values. */
export function filesRead(flags: Flags): readonly string[] {
  const { file, suite } = flags.args;
  const values = flags.values("input").map((one) => one.slice(one.indexOf("=") + 1));
  return [file, suite, ...flags.values("input-file"), ...values].flatMap((one) =>
    one === undefined ? [] : [one, one.replace(/^@/, ""), one.replace(/#[^#]*$/, "")],
  );
}
