import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { expect, test, vi } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));
const folder = `${root}docs/.snippets`;
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });

/** Every TypeScript block of the README and the pages; the design shows what it means, not whole programs. */
const pages = [
  "README.md",
  ...readdirSync(`${root}docs`).flatMap((name) => (/\.md$/.test(name) && name !== "design.md" ? [`docs/${name}`] : [])),
];
const snippets = pages.flatMap((page) =>
  [...readFileSync(`${root}${page}`, "utf8").matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code], i) => {
    const file = `${folder}/${page.replace(/\W/g, "-")}-${i + 1}.ts`;
    writeFileSync(file, code!);
    return [`${page}, snippet ${i + 1}`, file] as const;
  }),
);

test("there are snippets", () => expect(snippets.length).toBeGreaterThan(1));

test("every snippet compiles", { timeout: 300_000 }, () => {
  const { config } = ts.readConfigFile(`${root}tsconfig.json`, ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent({ ...config, include: [], files: [] }, ts.sys, root);
  const program = ts.createProgram(
    snippets.map(([, file]) => file),
    options,
  );
  const problems = ts.getPreEmitDiagnostics(program).filter(({ file }) => file?.fileName.startsWith(folder));
  expect(problems.map(({ file, messageText }) => `${file!.fileName}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`)).toEqual([]);
});

test.each(snippets)("%s runs, and what it asserts holds", async (_, file) => {
  const wrong = vi.spyOn(console, "assert").mockImplementation((holds) => expect(holds).toBe(true));
  await import(/* @vite-ignore */ file);
  wrong.mockRestore();
});
