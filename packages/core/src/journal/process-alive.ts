import { readFileSync } from "node:fs";

/** When a process began, in the system's own ticks; undefined where the system does not tell. Tells a process from a later one with its id. */
export const startOf = (pid: number): string | undefined => statOf(pid)?.start;

/** What Linux tells of a process; elsewhere nothing does. */
function statOf(pid: number): { readonly state: string; readonly start: string } | undefined {
  try {
    // The name in brackets may hold spaces; what follows it does not: the state is field 3, the start time field 22.
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)!.split(" ");
    return { state: fields[0]!, start: fields[19]! };
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
  const now = statOf(pid);
  if (!now) return true;
  // Killed, but not yet buried by its parent: it has an id, and does nothing more.
  if (now.state === "Z" || now.state === "X") return false;
  return start === undefined || now.start === start;
}
