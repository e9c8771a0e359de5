import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import ts from "typescript";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));

test("every public function says what it does, and shows it", { timeout: 300_000 }, () => {
  const entries = ["core/src", "core/src/engine", "core/src/interop", "core/src/testing", "weights/src", "nodes/src", "cli/src"].map((at) =>
    join(root, "packages", at, "index.ts"),
  );
  const { config } = ts.readConfigFile(join(root, "tsconfig.json"), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent({ ...config, include: [], files: [] }, ts.sys, root);
  const program = ts.createProgram(entries, options);
  const checker = program.getTypeChecker();
  const lacking = entries.flatMap((entry) =>
    checker.getExportsOfModule(checker.getSymbolAtLocation(program.getSourceFile(entry)!)!).flatMap((exported) => {
      const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
      if (!(symbol.flags & ts.SymbolFlags.Value)) return [];
      const [declaration] = symbol.declarations!;
      const called = checker.getTypeOfSymbolAtLocation(symbol, declaration!).getCallSignatures().length > 0;
      const lacks = [
        ...(symbol.getDocumentationComment(checker).length ? [] : ["a sentence"]),
        ...(called && !symbol.getJsDocTags(checker).some(({ name }) => name === "example") ? ["@example"] : []),
      ];
      return lacks.length ? [`${exported.name} (${declaration!.getSourceFile().fileName.slice(root.length)}): ${lacks.join(", ")}`] : [];
    }),
  );
  expect(lacking).toEqual([]);
});

test("the API reference is made of it, with every link right", { timeout: 300_000 }, async () => {
  const out = mkdtempSync(join(tmpdir(), "troupe-api-"));
  try {
    await promisify(execFile)("npm", ["run", "api", "--", "--out", out], { cwd: root });
    expect(readdirSync(join(out, "functions")).length).toBeGreaterThan(20);
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
});
