// A real Ollama for tests, in plain Node: built with Go into the user's cache when it is not there, served on a free loopback port.
// By hand: node scripts/ollama.mjs, until Ctrl-C.
import { execFile, spawn } from "node:child_process";
import { accessSync, constants, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { availableParallelism, homedir, userInfo } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { locked } from "./locked.mjs";

const version = "0.6.8";
const exec = promisify(execFile);
const self = fileURLToPath(import.meta.url);

const cache = () =>
  process.env.TROUPE_CACHE || join(process.env.XDG_CACHE_HOME || join(homedir() || userInfo().homedir, ".cache"), "troupe");

/** The names tests use, and the weights Troupe keeps that they are made from. */
const kept = () => ({
  "smollm2:135m": { from: [join(cache(), "models", "smollm2-135m", "model.gguf")] },
  minilm: { from: [join(cache(), "models", "minilm", "model.gguf")] },
});

/**
 * Starts a server with both models in it: `{ url, stop() }`, or `{ why }` where it can't be had, in words. The server ends with the
 * process that started it, however that ends.
 *
 * The weights must be in Troupe's cache: pull `smollm2-135m` and `minilm` first. `OLLAMA_BIN` names a binary to use as it is. `models` are
 * more of them, by name: the GGUF files that each is made `from`, a projector's among them, and its `template`.
 */
export async function startOllama({ say = () => {}, models = {} } = {}) {
  const all = { ...kept(), ...models };
  const missing = Object.values(all)
    .flatMap(({ from }) => from)
    .find((path) => !existsSync(path));
  if (missing) return { why: `${missing} is not there: pull smollm2-135m and minilm first` };
  let binary;
  try {
    binary = await build(say);
  } catch (error) {
    return { why: error.message };
  }
  const home = join(cache(), "ollama");
  mkdirSync(home, { recursive: true, mode: 0o700 });
  const env = {
    ...process.env,
    // Its keys go to the home directory, which is not ours to write to.
    HOME: home,
    OLLAMA_MODELS: join(home, "models"),
    OLLAMA_HOST: "127.0.0.1:0",
    OLLAMA_NOPRUNE: "1",
    OLLAMA_KEEP_ALIVE: "10m",
    OLLAMA_NUM_PARALLEL: "2",
    OLLAMA_MAX_LOADED_MODELS: "2",
  };
  const child = spawn(process.execPath, [self, "--guard", binary], { env, stdio: ["pipe", "ignore", "pipe"] });
  child.stdin.on("error", () => {});
  const ended = new Promise((resolve) => child.once("exit", resolve));
  const stop = async () => {
    child.stdin.end();
    await ended;
  };
  try {
    const url = await listening(child, ended);
    await locked(join(home, "models.lock"), () => create(binary, { ...env, OLLAMA_HOST: url }, all, say));
    child.stderr.resume();
    child.stderr.unref();
    child.stdin.unref();
    child.unref();
    return { url, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The address, from the server's log. */
async function listening(child, ended) {
  let log = "";
  const address = new Promise((resolve) => {
    child.stderr.on("data", (data) => {
      if (log.length < 1e5) log += data;
      const found = /Listening on (127\.0\.0\.1:\d+)/.exec(log);
      if (found) resolve(`http://${found[1]}`);
    });
  });
  const url = await Promise.race([address, ended.then(() => undefined)]);
  if (!url) throw new Error(`Ollama ended before it listened:\n${log.slice(-2000)}`);
  return url;
}

async function create(binary, env, models, say) {
  const cores = Math.max(1, availableParallelism() - 1);
  for (const [name, { from, template }] of Object.entries(models)) {
    const mark = join(env.HOME, `${name.replace(":", "-")}.json`);
    const files = from.map((path) => {
      const { size, mtimeMs } = statSync(path);
      return { path, size, mtimeMs };
    });
    // All cores but one: a runtime that has them all spins while tests beside it wait for one.
    const made = JSON.stringify({ files, template, cores });
    if (existsSync(mark) && readFileSync(mark, "utf8") === made && (await has(env.OLLAMA_HOST, name))) continue;
    say(`Creating ${name} in Ollama`);
    const modelfile = join(env.HOME, `${name.replace(":", "-")}.modelfile`);
    const lines = [
      ...from.map((path) => `FROM ${path}`),
      `PARAMETER num_thread ${cores}`,
      ...(template === undefined ? [] : [`TEMPLATE """${template}"""`]),
    ];
    writeFileSync(modelfile, lines.map((line) => `${line}\n`).join(""));
    await exec(binary, ["create", name, "-f", modelfile], { env });
    writeFileSync(mark, made);
  }
}

async function has(url, model) {
  const response = await fetch(`${url}/api/show`, { method: "POST", body: JSON.stringify({ model }) });
  await response.arrayBuffer();
  return response.ok;
}

/** The binary's path, built once. Throws with the reason where that is not possible. */
async function build(say) {
  const given = process.env.OLLAMA_BIN;
  if (given) {
    accessSync(given, constants.X_OK);
    return given;
  }
  const dir = join(cache(), "ollama", `bin-${version}`);
  const binary = join(dir, process.platform === "win32" ? "ollama.exe" : "ollama");
  if (existsSync(binary)) return binary;
  const go = await exec("go", ["version"]).catch(() => undefined);
  if (!go) throw new Error("Ollama is not built: Go 1.24 or later is not installed");
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  return await locked(join(dir, "build.lock"), async () => {
    if (existsSync(binary)) return binary;
    say(`Building Ollama ${version} with Go; this takes some minutes, once`);
    const staged = join(dir, `staged-${process.pid}`);
    const flags = process.arch === "x64" ? "-O3 -mavx2 -mfma -mf16c -mbmi2" : "-O3";
    const env = { ...process.env, GOBIN: staged, CGO_ENABLED: "1", CGO_CFLAGS: flags, CGO_CXXFLAGS: flags };
    try {
      await exec("go", ["install", `github.com/ollama/ollama@v${version}`], { env, maxBuffer: 1e8 });
      renameSync(join(staged, process.platform === "win32" ? "ollama.exe" : "ollama"), binary);
    } catch (error) {
      throw new Error(
        `Ollama is not built: ${String(error.stderr || error.message)
          .trim()
          .split("\n")
          .slice(-3)
          .join(" ")}`,
      );
    } finally {
      rmSync(staged, { recursive: true, force: true });
    }
    return binary;
  });
}

/** Between a test and its server: ends the server and its runners when the test's end of the pipe closes, even by kill -9. */
function guard(binary) {
  const server = spawn(binary, ["serve"], { stdio: ["ignore", "ignore", "inherit"], detached: true });
  const signal = (name) => {
    try {
      process.kill(-server.pid, name);
    } catch {
      // All of the group have ended.
    }
  };
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(name, () => process.stdin.emit("end"));
  process.stdin.resume();
  process.stdin.once("end", () => {
    signal("SIGTERM");
    setTimeout(() => signal("SIGKILL"), 3000);
  });
  server.once("error", () => process.exit(1));
  server.once("exit", (code) => {
    signal("SIGKILL");
    process.exit(code ?? 0);
  });
}

if (process.argv[1] === self) {
  if (process.argv[2] === "--guard") guard(process.argv[3]);
  else {
    const started = await startOllama({ say: console.error });
    if (started.why) {
      console.error(started.why);
      process.exit(1);
    }
    console.log(started.url);
    for (const name of ["SIGINT", "SIGTERM"]) process.once(name, () => started.stop().then(() => process.exit(0)));
    setInterval(() => {}, 1e9);
  }
}
