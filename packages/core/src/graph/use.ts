import { frozenCopy } from "../schema/frozen-copy.js";
import type { Signature, Use } from "./signature.js";

type Rename<T, Names, Bound = {}> = {
  [K in keyof T as K extends keyof Bound ? never : K extends keyof Names ? Names[K] & string : K]: T[K];
};

/**
 * Places a specialist at a node: `read` names the state field each input is taken from, `write` the field each output goes to,
 * `set` binds inputs to constants, `timeout` (ms) bounds one occurrence. Fields not named keep their own name.
 *
 * @example
 * nodes: { triage: use(triage, { read: { text: "ticket" }, set: { language: "en" }, timeout: 5_000 }) }
 */
export function use<
  I extends object,
  O extends object,
  const Rd extends { [K in keyof I]?: string } = {},
  const Wr extends { [K in keyof O]?: string } = {},
  const St extends { [K in keyof I]?: I[K] } = {},
>(specialist: Signature<I, O>, map: { read?: Rd; write?: Wr; set?: St; timeout?: number } = {}): Use<Rename<I, Rd, St>, Rename<O, Wr>> {
  // Whatever else untyped code gives is kept for `check` to name.
  const { read = {}, write = {}, set = {}, ...rest } = Object(map) as Record<string, unknown>;
  return Object.freeze({ ...rest, specialist, read: frozenCopy(read), write: frozenCopy(write), set: frozenCopy(set) }) as any;
}
