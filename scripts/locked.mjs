// Plain Node, so that it runs before anything is installed.
import { readFileSync, rmSync, writeFileSync } from "node:fs";

/** Runs work while no other process does; a lock whose holder died is taken over. `waits` is told once where one is waited for. */
export async function locked(path, work, waits = () => {}) {
  for (let told = false; ; ) {
    try {
      writeFileSync(path, String(process.pid), { flag: "wx" });
      break;
    } catch (error) {
      if (error.code !== "EEXIST") throw error;
      if (isLeft(path)) {
        // One at a time, and each looks again: else two that see it left could both take it, the second what the first has just made.
        await locked(`${path}.left`, () => isLeft(path) && rmSync(path));
        continue;
      }
      if (!told) waits();
      told = true;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
  try {
    return await work();
  } finally {
    rmSync(path, { force: true });
  }
}

/** Whether the process that holds a lock has died. */
function isLeft(lock) {
  try {
    process.kill(Number(readFileSync(lock, "utf8")) || process.pid, 0);
    return false;
  } catch (error) {
    return error.code === "ESRCH";
  }
}
