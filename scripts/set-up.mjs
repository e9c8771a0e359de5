// Plain Node, so that it runs before anything is installed.
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { locked } from "./locked.mjs";

export const root = fileURLToPath(new URL("..", import.meta.url));

/**
 * How a program is started. npm's are .cmd files on Windows, which Node starts only through a shell (since the releases of April 2024,
 * CVE-2024-27980), and the shell takes its line as it is: what has spaces is quoted.
 */
export function startable(program, args, platform = process.platform) {
  if (platform !== "win32" || /\.exe$/i.test(program)) return { command: program, args, shell: false };
  return { command: `"${program}"`, args: args.map((arg) => (/\s/.test(arg) ? `"${arg}"` : arg)), shell: true };
}

/** Runs a command in the repository's root, its output shown, on stderr if told so; ends this process where it fails. */
export function run(command, args, { stdout = "inherit" } = {}) {
  const { shell, ...line } = startable(command, args);
  ended(command, args, spawnSync(line.command, line.args, { cwd: root, shell, stdio: ["inherit", stdout, "inherit"], env }));
}

// Of onnxruntime what runs on processors, which its package brings; by itself it would fetch what runs on graphics cards too.
const env = { ...process.env, TURBO_TELEMETRY_DISABLED: "1", DO_NOT_TRACK: "1", ONNXRUNTIME_NODE_INSTALL: "skip" };

function ended(command, args, { status, error }) {
  if (status === 0) return;
  console.error(`\n${command} ${args.join(" ")} ${error ? `could not start: ${error.message}` : `failed with exit code ${status}`}`);
  process.exit(status ?? 1);
}

/** Runs npm. It ends with this process: left alone, one that is broken off clears up for a minute, also what the next one installs. */
async function npm(args) {
  const { shell, ...line } = startable("npm", args);
  const child = spawn(line.command, line.args, { cwd: root, shell, stdio: ["inherit", 2, "inherit"], env });
  const stop = (_, signal) => {
    child.kill("SIGKILL");
    process.exit(128 + signal);
  };
  for (const name of ["SIGINT", "SIGTERM"]) process.on(name, stop);
  const [status, error] = await once(child, "exit").then(
    ([code]) => [code, undefined],
    (thrown) => [null, thrown],
  );
  for (const name of ["SIGINT", "SIGTERM"]) process.off(name, stop);
  ended("npm", args, { status, error });
}

/**
 * Installs what package-lock.json names, once a lock file, and builds what has changed. Neither writes to stdout. One process does so at a
 * time: npm takes away what is there, and a build what another runs.
 */
export async function setUp() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    console.error(`Troupe needs Node 20.19 or later; this is ${process.version}.`);
    process.exit(1);
  }
  mkdirSync(`${root}/.troupe`, { recursive: true });
  await locked(`${root}/.troupe/set-up.lock`, installAndBuild, () =>
    console.error("Waits for another npm start or npm test that sets up here. If there is none, remove .troupe/set-up.lock."),
  );
}

async function installAndBuild() {
  const lock = createHash("sha256")
    .update(readFileSync(`${root}/package-lock.json`))
    .digest("hex");
  const mark = `${root}/node_modules/.troupe-installed`;
  if (!existsSync(mark) || readFileSync(mark, "utf8") !== lock || !existsSync(bin("turbo"))) {
    await npm(["ci", "--no-fund", "--no-audit", "--loglevel=error"]);
    // npm clears up after an installation that was broken off, also what the next one has just installed.
    if (!existsSync(bin("turbo"))) {
      console.error("What npm installed is gone again: one that was broken off before was still clearing up. Run the same command again.");
      process.exit(1);
    }
    writeFileSync(mark, lock);
  }
  run(bin("turbo"), ["run", "build", "--output-logs=errors-only", "--log-order=grouped"], { stdout: 2 });
}

export const bin = (name) => `${root}/node_modules/.bin/${name}`;
