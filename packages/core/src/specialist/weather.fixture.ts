import { z } from "zod";
import { specialist } from "./specialist.js";

/** Tells the weather of any city but one, and keeps what it was asked. */
export const weather = (asked: unknown[]) =>
  specialist({
    name: "weather",
    does: "Tells the weather of a city",
    input: z.object({ city: z.string() }),
    output: z.object({ degrees: z.number() }),
    run: (input) => {
      asked.push(input);
      if (input.city === "Nowhere") throw new Error("no such city");
      return { degrees: input.city.length };
    },
  });
