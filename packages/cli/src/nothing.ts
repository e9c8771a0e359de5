import type { Schema } from "@troupe/core";

/** The schema of what takes or gives no fields. */
export const nothing: Schema = {
  "~standard": {
    version: 1,
    vendor: "troupe",
    validate: () => ({ value: {} }),
    jsonSchema: { input: () => ({ type: "object", properties: {} }), output: () => ({ type: "object", properties: {} }) },
  } as Schema["~standard"],
};
