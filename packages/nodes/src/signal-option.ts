import { z } from "zod";

/** The option `signal` of what can be stopped. */
export const signalOption = z.custom<AbortSignal>((one) => one instanceof AbortSignal, "it is no AbortSignal").optional();
