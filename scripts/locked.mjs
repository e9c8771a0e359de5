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
      if (!alive(path)) {
        rmSync(path, { force: true });
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

function alive(lock) {
  try {
    process.kill(Number(readFileSync(lock, "utf8")) || process.pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}
