import type { Signature, Use } from "./signature.js";

type Rename<T, Names, Bound = {}> = {
  [K in keyof T as K extends keyof Bound ? never : K extends keyof Names ? Names[K] & string : K]: T[K];
};

/**
 * Places a specialist at a node: `read` names the state field each input is taken from, `write` the field each output goes to,
 * `set` binds inputs to constants, `timeout` (ms) bounds one occurrence. Fields not named keep their own name.
 */
export function use<
  I extends object,
  O extends object,
  const Rd extends { [K in keyof I]?: string } = {},
  const Wr extends { [K in keyof O]?: string } = {},
  const St extends { [K in keyof I]?: I[K] } = {},
>(specialist: Signature<I, O>, map: { read?: Rd; write?: Wr; set?: St; timeout?: number } = {}): Use<Rename<I, Rd, St>, Rename<O, Wr>> {
  return Object.freeze({
    specialist,
    read: Object.freeze({ ...map.read }) as Record<string, string>,
    write: Object.freeze({ ...map.write }) as Record<string, string>,
    set: Object.freeze({ ...map.set }),
    ...(map.timeout === undefined ? {} : { timeout: map.timeout }),
  });
}
