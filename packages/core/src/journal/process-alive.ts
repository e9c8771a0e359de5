import { readFileSync } from "node:fs";

/** When a process began, in the system's own ticks; undefined where the system does not tell. Tells a process from a later one with its id. */
export function startOf(pid: number): string | undefined {
  try {
    // The name in brackets may hold spaces; what follows it does not. Field 22 is the start time.
    return readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)!.split(" ")[19];
  } catch {
    return undefined;
  }
}

/** Whether the process that had this id and start is still there. */
export function isAlive(pid: number, start: string | undefined): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EPERM") return false;
  }
  const now = startOf(pid);
  return start === undefined || now === undefined || now === start;
}
