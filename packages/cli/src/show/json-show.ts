import { jsonText } from "./json-text.js";
import { plainShow } from "./plain-show.js";
import type { Show } from "./show.js";

/** A run as JSON, an event a line; what is meant for people goes to `aside`. */
export function jsonShow(stream: NodeJS.WriteStream, aside: NodeJS.WriteStream): Show {
  return { ...plainShow(aside), event: (event) => void stream.write(`${jsonText(event)}\n`) };
}
