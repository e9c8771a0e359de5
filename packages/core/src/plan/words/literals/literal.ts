import type { Json } from "../../../schema/json.js";
import type { Span } from "../quoted.js";

/** A value that a text says, and where it says it. */
export interface Literal extends Span {
  readonly kind:
    | "number"
    | "day"
    | "time"
    | "instant"
    | "language"
    | "currency"
    | "country"
    | "quoted"
    | "email"
    | "url"
    | "phone"
    | "code"
    | "name";
  readonly value: Json;
  /** How the text says it. */
  readonly text: string;
  /** What a number counts, as far as the text says so right beside it: `%`, a currency. */
  readonly unit?: string;
}
