import { z } from "zod";

/** The option `onStep` of what tells how far it is. */
export const stepOption = z.custom<(line: string) => void>((one) => typeof one === "function", "it is no function").optional();

/** The option `signal` of what can be stopped. */
export const signalOption = z.custom<AbortSignal>((one) => one instanceof AbortSignal, "it is no AbortSignal").optional();
