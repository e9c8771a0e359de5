import { cli } from "./cli.js";
import { tolerateClosedPipes } from "./tolerate-closed-pipes.js";

tolerateClosedPipes();
const code = await cli(process.argv.slice(2));
await Promise.all([process.stdout, process.stderr].map((stream) => new Promise<void>((resolve) => stream.write("", () => resolve()))));
// Whatever a specialist left open, a socket or a timer, does not keep the command from ending.
process.exit(code || process.exitCode);
