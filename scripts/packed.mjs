// The packages as a new user gets them: packed, installed in an empty project of their own, compiled against and run there.
// Plain Node; by hand, after a build: node scripts/packed.mjs.
import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const root = fileURLToPath(new URL("..", import.meta.url));
const exec = promisify(execFile);
const windows = process.platform === "win32";
const npm = (args, cwd) => exec(windows ? "npm.cmd" : "npm", args, { cwd, shell: windows, maxBuffer: 2 ** 26 });

/** Packs the built packages into a folder; gives their tarballs by name. */
export async function pack(folder, names = ["core", "weights", "nodes", "cli"]) {
  const packed = names.map(async (name) => {
    const { stdout } = await npm(["pack", join(root, "packages", name), "--json", "--ignore-scripts", "--pack-destination", folder], root);
    return [name, join(folder, JSON.parse(stdout)[0].filename)];
  });
  return Object.fromEntries(await Promise.all(packed));
}

/** A new project in an empty folder, with these packages installed. `type` is that of its package.json. */
export async function project(packages, { type = "module", overrides = {} } = {}) {
  const folder = mkdtempSync(join(tmpdir(), "troupe-project-"));
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "project", private: true, type, overrides }));
  await install(folder, packages);
  return folder;
}

export const install = (folder, packages) =>
  npm(["install", "--no-audit", "--no-fund", "--prefer-offline", "--loglevel=error", ...packages], folder);

/** Megabytes that a project's packages take on disk. */
export function megabytes(folder) {
  const bytes = readdirSync(join(folder, "node_modules"), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0);
  return bytes / 2 ** 20;
}

/** The TypeScript blocks of the pages a new user reads. */
export function snippets(pages = ["README.md", "docs/guide.md"]) {
  return pages.flatMap((page) =>
    [...readFileSync(join(root, page), "utf8").matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code], i) => ({
      name: `${page.replace(/\W/g, "-")}-${i + 1}`,
      code,
    })),
  );
}

/** How a user's TypeScript may be set up. A snippet's own `await`s need a function round them in CommonJS. */
const systems = {
  NodeNext: { extension: "ts", options: { module: "nodenext", moduleResolution: "nodenext" } },
  Bundler: { extension: "ts", options: { module: "esnext", moduleResolution: "bundler" } },
  CommonJS: { extension: "cts", options: { module: "nodenext", moduleResolution: "nodenext" }, wrap: commonJs },
};

function commonJs(code) {
  const imports = [...code.matchAll(/^import .*?;$/gms)].map(([line]) => line);
  const body = code.replace(/^import .*?;$/gms, "").replace(/^export /gm, "");
  return `${imports.join("\n")}\nvoid (async () => {${body}})();\n`;
}

/** Compiles the snippets in a project that has `typescript`, one folder a module system; gives the JavaScript files. */
export async function compiled(folder, code, { typescript = "typescript", names = Object.keys(systems) } = {}) {
  const made = names.map(async (name) => {
    const { extension, options, wrap = (text) => text } = systems[name];
    const [source, out] = ["source", "out"].map((part) => join(folder, `${typescript}-${name}`, part));
    mkdirSync(source, { recursive: true });
    for (const one of code) writeFileSync(join(source, `${one.name}.${extension}`), wrap(one.code));
    const compilerOptions = {
      ...options,
      target: "es2023",
      strict: true,
      types: ["node"],
      skipLibCheck: false,
      outDir: out,
      rootDir: source,
    };
    writeFileSync(join(source, "tsconfig.json"), JSON.stringify({ compilerOptions, include: [`*.${extension}`] }));
    await exec(process.execPath, [join(folder, "node_modules", typescript, "bin", "tsc"), "-p", source], { cwd: folder }).catch((error) => {
      throw new Error(`${typescript}, ${name}:\n${error.stdout}${error.stderr}`);
    });
    return code.map((one) => join(out, `${one.name}.${extension === "cts" ? "cjs" : "js"}`));
  });
  return (await Promise.all(made)).flat();
}

/** Runs files with this Node, or another that npm brings (`node: "24"`). A `console.assert` that does not hold fails. */
export async function ran(folder, files, { node } = {}) {
  const strict = join(folder, "strict.cjs");
  writeFileSync(strict, "console.assert = require('node:assert').ok; process.on('unhandledRejection', (why) => { throw why; });\n");
  for (const file of files) {
    const args = ["--require", strict, file];
    const options = { cwd: folder, timeout: 120_000, shell: windows };
    await (node ? exec("npx", ["-y", `node@${node}`, ...args], options) : exec(process.execPath, args, { ...options, shell: false })).catch(
      (error) => {
        throw new Error(`${file} on Node ${node ?? process.version}:\n${error.stdout}${error.stderr}`);
      },
    );
  }
}

/** Everything, as it is told in the README: sizes with and without the optional packages, every TypeScript and Node. */
async function all() {
  const scratch = mkdtempSync(join(tmpdir(), "troupe-packed-"));
  const folders = [scratch];
  const made = async (packages, options) => {
    folders.push(await project(packages, options));
    return folders.at(-1);
  };
  try {
    const own = Object.values(await pack(scratch));
    const { peerDependencies } = JSON.parse(readFileSync(join(root, "packages/nodes/package.json"), "utf8"));
    const peer = (...names) => names.map((name) => `${name}@${peerDependencies[name]}`);
    const llama = peer("node-llama-cpp");
    const pages = peer("tesseract.js", "@tesseract.js-data/eng", "sharp", "@hyzyla/pdfium");
    const gpu = Object.fromEntries(
      Object.entries(JSON.parse(readFileSync(join(root, "package.json"), "utf8")).overrides).filter(([name]) => /cuda|vulkan/.test(name)),
    );
    const tell = async (what, packages, options) => {
      const folder = await made(packages, options);
      console.log(`${megabytes(folder).toFixed(0).padStart(5)} MB  ${what}`);
      return folder;
    };
    const folder = await tell("@troupe/core, weights, nodes and cli", own);
    await tell("with tesseract.js, its English data, sharp and @hyzyla/pdfium", [...own, ...pages]);
    await tell("with node-llama-cpp, its GPU builds left out", [...own, ...llama], { overrides: gpu });
    await tell("with node-llama-cpp", [...own, ...llama]);
    await install(folder, ["@types/node@20", "typescript@5.9.3", "typescript-7@npm:typescript@7.0.2"]);
    const code = snippets();
    for (const typescript of ["typescript", "typescript-7"]) {
      const files = await compiled(folder, code, { typescript });
      console.log(`ok        ${typescript}: ${code.length} snippets under ${Object.keys(systems).join(", ")}`);
      for (const node of ["20", "22", "24"]) {
        await ran(folder, files, { node });
        console.log(`ok        they run on Node ${node}`);
      }
    }
  } finally {
    for (const one of folders) rmSync(one, { recursive: true, force: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await all();
