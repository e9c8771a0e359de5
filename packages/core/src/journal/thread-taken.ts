import { TroupeError } from "../error/error.js";

export const threadTaken = (file: string, thread: string): TroupeError =>
  new TroupeError("THREAD_TAKEN", `Thread ${thread} was let go, or taken over by another process, and may be written to no more`, {
    file,
    hint: "Nothing is lost: what was recorded stays, and whoever holds the thread goes on from there.",
  });
