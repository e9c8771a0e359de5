import { z } from "zod";

/** What the options of a specialist that starts a program may be; what `specialist` takes it says itself. */
export const ofProgram = {
  name: z.unknown().optional(),
  does: z.unknown().optional(),
  timeout: z.unknown().optional(),
  command: z.string().min(1),
  args: z.array(z.string()).optional(),
  env: z.record(z.string(), z.string().optional()).optional(),
};
