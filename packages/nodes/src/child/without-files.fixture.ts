import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";

const jiti = pathToFileURL(createRequire(import.meta.url).resolve("jiti")).href;

/** What code prints that runs where no more files can be opened, with what `module` exports as `it`. */
export async function withoutFiles(module: URL, code: string): Promise<string> {
  const starts = `
    import { openSync } from "node:fs";
    import { createJiti } from ${JSON.stringify(jiti)};
    const it = await createJiti(import.meta.url).import(${JSON.stringify(fileURLToPath(module))});
    try {
      for (;;) openSync("/dev/null");
    } catch {
      ${code}
    }`;
  const limited = 'ulimit -n 100 && exec "$0" --input-type=module -e "$1"';
  const { stdout } = await promisify(execFile)("sh", ["-c", limited, process.execPath, starts]);
  return stdout;
}
