import { asSpecialist, TroupeError } from "@troupe/core";
import { bindModels } from "../bind-models.js";
import { readConfig } from "../config.js";
import { exitCode } from "../exit-code.js";
import { interruptible } from "../interruptible.js";
import { graphIn, loadTarget } from "../load/load-target.js";
import { modelFlags, modelNames, timeoutOf, trustFlags } from "../run-flags.js";
import { plainShow } from "../show/plain-show.js";
import { trusting } from "../trusting.js";
import { type Command, target } from "./command.js";

export const mcp: Command<"file"> = {
  meta: { name: "mcp", description: "Offer a graph, a team or a specialist as a tool to clients of the Model Context Protocol" },
  args: {
    file: target,
    port: { type: "string", valueHint: "number", description: "Over HTTP on this machine's port, not over stdin and stdout" },
    ...modelFlags,
    ...trustFlags,
  },
  async carryOut(flags, streams) {
    const names = modelNames(flags);
    const timeout = timeoutOf(flags);
    const port = portOf(flags.value("port"));
    const config = await readConfig();
    // Over HTTP a client may be anyone on this machine: it names no files unless someone says so.
    const trust = trusting(flags.values("trust"), port === undefined ? config : { trust: { folders: [], ...config.trust } });
    const found = await loadTarget(flags.args.file, { trust });
    const graph = graphIn(found);
    const { serveMcp, serveMcpHttp } = await import("@troupe/nodes");
    const stop = interruptible();
    const show = plainShow(streams.err);
    streams.hear(show.say);
    try {
      const models = await bindModels(names, config, { signal: stop.signal, show });
      const { limits = {}, services } = config;
      const specialist = found.specialist ?? asSpecialist(graph);
      const served = { specialists: [specialist], models, limits, trust, services, ...(timeout === undefined ? {} : { timeout }) };
      const pipes = { input: process.stdin, output: streams.out };
      const serving = port === undefined ? await serveMcp({ ...served, pipes }) : await serveMcpHttp({ ...served, port });
      if ("url" in serving) show.say(`${specialist.name} is offered at ${serving.url}; Ctrl-C ends it`);
      stop.signal.addEventListener("abort", () => void serving.close(), { once: true });
      await serving.closed;
      return stop.exitCode ?? exitCode.ok;
    } finally {
      await stop.done();
    }
  },
};

function portOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port < 2 ** 16) return port;
  throw new TroupeError("FLAG_VALUE", `--port ${text} is no port`, { hint: "Write --port 3000; 0 takes one that is free." });
}
