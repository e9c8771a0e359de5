import type { JsonSchema } from "./json.js";

/** What a schema says beside its type. Bounds that hold every whole number exactly are none. */
interface Bounds {
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly multipleOf?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly format?: string;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: boolean;
  readonly prefixItems?: readonly JsonSchema[];
  readonly items?: unknown;
}

/** How values of one schema may be out of the bounds of another of the same type, or undefined where they are not. */
export function looser(from: JsonSchema, to: JsonSchema): string | undefined {
  const [given, taken] = [from as Bounds, to as Bounds];
  return outOfRange(given, taken) ?? otherText(given, taken) ?? otherCount(given, taken);
}

function outOfRange(given: Bounds, taken: Bounds): string | undefined {
  const { minimum, maximum, exclusiveMinimum = -Infinity, exclusiveMaximum = Infinity, multipleOf } = taken;
  const least = Math.max(given.minimum ?? -Infinity, given.exclusiveMinimum ?? -Infinity);
  const most = Math.min(given.maximum ?? Infinity, given.exclusiveMaximum ?? Infinity);
  if (minimum !== undefined && minimum > Number.MIN_SAFE_INTEGER && least < minimum) return `it may be less than ${minimum}`;
  if (maximum !== undefined && maximum < Number.MAX_SAFE_INTEGER && most > maximum) return `it may be more than ${maximum}`;
  const above = least > exclusiveMinimum || exclusiveMinimum === (given.exclusiveMinimum ?? -Infinity);
  if (!above) return `it may be ${exclusiveMinimum} or less`;
  const below = most < exclusiveMaximum || exclusiveMaximum === (given.exclusiveMaximum ?? Infinity);
  if (!below) return `it may be ${exclusiveMaximum} or more`;
  if (multipleOf !== undefined && !isWhole((given.multipleOf ?? Number.NaN) / multipleOf))
    return `it need not be a multiple of ${multipleOf}`;
  return undefined;
}

function otherText(given: Bounds, taken: Bounds): string | undefined {
  const { minLength, maxLength, pattern, format } = taken;
  if (minLength !== undefined && (given.minLength ?? 0) < minLength) return `it may be shorter than ${minLength}`;
  if (maxLength !== undefined && (given.maxLength ?? Infinity) > maxLength) return `it may be longer than ${maxLength}`;
  // Of two patterns it is not known whether one holds the other.
  if (format !== undefined) return given.format === format ? undefined : `it need not be a ${format}`;
  return pattern === undefined || given.pattern === pattern ? undefined : `it need not match ${pattern}`;
}

function otherCount(given: Bounds, taken: Bounds): string | undefined {
  const { minItems = 0, maxItems = Infinity, uniqueItems } = taken;
  const listed = given.prefixItems?.length;
  const least = Math.max(given.minItems ?? 0, listed ?? 0);
  const most = given.maxItems ?? (listed !== undefined && !given.items ? listed : Infinity);
  if (least < minItems) return `it may hold fewer than ${minItems}`;
  if (most > maxItems) return `it may hold more than ${maxItems}`;
  return uniqueItems && !given.uniqueItems ? "it may hold one twice" : undefined;
}

/** In floating point 0.1 / 0.01 need not be 10. */
const isWhole = (count: number): boolean => Math.abs(count - Math.round(count)) < 1e-6;
