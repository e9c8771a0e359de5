import { z } from "zod";

/** A model that is given as it is, or the role that one plays. */
export const modelOrRole = z.custom((one) => (typeof one === "string" ? one !== "" : typeof Object(one).load === "function"), {
  error: "give a model, or a role",
});
