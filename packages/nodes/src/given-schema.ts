import { z } from "zod";

/** A schema of any library that keeps Standard Schema. */
export const givenSchema = z.custom((one) => Object(one)["~standard"] !== undefined, { error: "give a schema: z.object({ … })" });
