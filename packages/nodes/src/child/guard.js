// Starts a program (its arguments: the command and what it takes) and ends it with all that it started once the process that asked for
// it is gone, however that went: file descriptor 3 is its line of life. The guard leads a process group; what it starts is in it.
import { spawn } from "node:child_process";
import { Socket } from "node:net";

/** Milliseconds to end by itself once its input is closed, and again once it was told to. */
const patience = 1000;

const [command, ...args] = process.argv.slice(2);
const group = (signal) => {
  try {
    if (process.platform === "win32") child.kill(signal);
    else process.kill(-process.pid, signal);
  } catch {}
};
// Whoever started this decides when it ends; Ctrl-C in a terminal is theirs to hear.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => undefined);

const life = new Socket({ fd: 3 });
const child = spawn(command, args, { stdio: "inherit", windowsHide: true });
const last = (line) => {
  const end = () => {
    group("SIGKILL");
    process.exit(0);
  };
  if (life.writable) life.end(`${JSON.stringify(line)}\n`, end);
  else end();
};
child.on("error", (error) => last({ failed: error.code ?? error.message }));
child.on("exit", (code, signal) => last({ ended: code ?? signal }));
life.on("error", () => undefined);
life.on("close", () => {
  setTimeout(() => group("SIGTERM"), patience);
  setTimeout(() => group("SIGKILL"), 2 * patience);
});
life.resume();
