import { TroupeError } from "@troupe/core";

/** An error's code and message, as text and JSON tell them; the code of one that is nobody's own is `UNEXPECTED`. */
export function errorTold(error: unknown): { readonly code: string; readonly message: string } {
  if (isTroupeError(error)) return { code: error.code, message: error.message };
  return { code: "UNEXPECTED", message: error instanceof Error ? error.message : String(error) };
}

/** A graph's file may bring a copy of the library of its own. */
const isTroupeError = (error: unknown): error is TroupeError =>
  error instanceof TroupeError || (error instanceof Error && error.name === "TroupeError" && "code" in error);
