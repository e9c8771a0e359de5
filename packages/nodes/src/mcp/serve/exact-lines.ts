import { Transform } from "node:stream";
import { unrounded } from "../unrounded.js";

/** Messages, a line each, in which no number is rounded once they are read; what is longer than `most` bytes is passed on for its reader to refuse. */
export function exactLines(most: number): Transform {
  const rest: Buffer[] = [];
  let size = 0;
  const exact = () => {
    size = 0;
    return Buffer.from(unrounded(Buffer.concat(rest.splice(0)).toString("latin1")), "latin1");
  };
  return new Transform({
    transform(chunk: Buffer, _, done) {
      const bytes = Buffer.from(chunk);
      const end = bytes.lastIndexOf("\n") + 1;
      rest.push(end > 0 ? bytes.subarray(0, end) : bytes);
      size += bytes.length;
      if (end > 0 || size > most) this.push(exact());
      if (end > 0 && end < bytes.length) size = rest[rest.push(bytes.subarray(end)) - 1]!.length;
      done();
    },
    flush(done) {
      done(null, exact());
    },
  });
}
