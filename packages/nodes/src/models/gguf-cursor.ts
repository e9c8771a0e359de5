import { readSync } from "node:fs";

/** Bytes read at once, and the most that is held. */
const window = 1 << 20;

/** Reads a file's bytes from the front, and never more at once than a window holds. */
export interface GgufCursor {
  /** Bytes passed. */
  readonly at: number;
  u32(): number;
  /** What does not fit a number exactly fits no file either. */
  u64(): number;
  /** A length and so many bytes of UTF-8, of which there may be `most`. */
  text(what: string, most: number): string;
  /** Passes bytes by, without reading them. */
  skip(bytes: number): void;
}

/**
 * A cursor on an open file. Only its first `header` bytes may be read or passed: what is longer than that is no header.
 * @param damaged makes the error that is thrown where the file is not as it must be
 */
export function ggufCursor(file: number, size: number, header: number, damaged: (what: string) => Error): GgufCursor {
  let held = Buffer.alloc(0);
  /** Where in the file `held` begins. */
  let base = 0;
  let at = 0;
  const reach = (bytes: number): void => {
    if (!(bytes <= size - at)) throw damaged(`The model file ends in its header, after ${size} bytes`);
    if (at + bytes > header) throw damaged(`The model file's header is longer than ${header} bytes`);
  };
  /** Passes bytes by that are held then; gives where in `held` they begin. */
  const take = (bytes: number): number => {
    reach(bytes);
    if (at < base || at + bytes > base + held.length) {
      const buffer = Buffer.alloc(Math.min(size - at, window));
      let got = 0;
      while (got < bytes) {
        const read = readSync(file, buffer, got, buffer.length - got, at + got);
        if (read === 0) throw damaged("The model file was cut while it was read");
        got += read;
      }
      held = buffer.subarray(0, got);
      base = at;
    }
    at += bytes;
    return at - bytes - base;
  };
  const u64 = (): number => {
    const from = take(8);
    const value = held.readUInt32LE(from) + held.readUInt32LE(from + 4) * 2 ** 32;
    if (!Number.isSafeInteger(value)) throw damaged(`The model file's header holds the number ${value}, which fits no file`);
    return value;
  };
  return {
    get at() {
      return at;
    },
    u32() {
      const from = take(4);
      return held.readUInt32LE(from);
    },
    u64,
    text(what, most) {
      const bytes = u64();
      if (bytes > most) throw damaged(`The model file's header holds ${what} of ${bytes} bytes, and ${most} are the most`);
      const from = take(bytes);
      return held.toString("utf8", from, from + bytes);
    },
    skip(bytes) {
      reach(bytes);
      at += bytes;
    },
  };
}
