import { mediaSchemaOf, type Schema } from "@troupe/core";

/** The fields of a schema that hold images, one or a list of them. */
export const imageFields = (input: Schema): readonly string[] =>
  Object.entries(mediaSchemaOf(input)?.properties ?? {})
    .filter(([, field]) => JSON.stringify(field).includes('"x-media":"image"'))
    .map(([name]) => name);
