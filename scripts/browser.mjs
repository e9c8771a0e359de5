// A real browser for tests: Chromium without a window, which sees what the test bundled and nothing of the network.
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { build } from "esbuild";
import { chromium } from "playwright-core";

/** What the address of a test's page begins with: never asked of a network, and secure, as the browser's models want it. */
const origin = "https://troupe.test";
const kinds = { html: "text/html", js: "text/javascript", css: "text/css" };

/** A browser's files by name, made of an entry: a module of its own, and parts that are loaded when they are needed. */
export async function bundled(entry, options = {}) {
  const { outputFiles, metafile, warnings } = await build({
    ...(entry === undefined ? {} : { entryPoints: { entry } }),
    bundle: true,
    splitting: true,
    minify: true,
    format: "esm",
    platform: "browser",
    target: "es2023",
    outdir: "/",
    write: false,
    metafile: true,
    logLevel: "silent",
    ...options,
  });
  return { files: Object.fromEntries(outputFiles.map(({ path, text }) => [path.slice(1), text])), metafile, warnings };
}

/** The path of a Chromium: `CHROMIUM_BIN`, or where systems put it. */
function chromiumPath() {
  if (process.env.CHROMIUM_BIN) return process.env.CHROMIUM_BIN;
  const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
  const folders = (process.env.PATH ?? "").split(delimiter);
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find((path) => existsSync(path));
}

/**
 * Starts a browser: `{ open(files), stop() }`, or `{ why }` where there is none, in words. `open` gives a page that has loaded
 * `index.html`, or an empty one where the files have none; `before` is what runs in it before its own scripts.
 */
export async function startBrowser() {
  const executablePath = chromiumPath();
  if (executablePath === undefined) return { why: "no Chromium is installed: apt-get install chromium, or set CHROMIUM_BIN" };
  const browser = await chromium.launch({ executablePath });
  return {
    async open(files, { before } = {}) {
      const context = await browser.newContext();
      const asked = [];
      await context.route("**/*", (route) => {
        const url = new URL(route.request().url());
        const name = url.pathname.slice(1) || "index.html";
        const body = url.origin === origin ? (files[name] ?? (name === "index.html" ? "<!doctype html>" : undefined)) : undefined;
        if (body !== undefined) return route.fulfill({ body, contentType: kinds[name.split(".").at(-1)] });
        if (name !== "favicon.ico") asked.push(url.href);
        return route.abort();
      });
      if (before) await context.addInitScript(before);
      const page = await context.newPage();
      await page.goto(`${origin}/`);
      return Object.assign(page, { /** What was asked for that is none of the files. */ elsewhere: asked });
    },
    stop: () => browser.close(),
  };
}
