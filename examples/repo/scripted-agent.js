// Stands in for a coding agent where none is set up: it speaks the Agent Client Protocol over stdio, and knows this repository's mistakes
// and nothing else. It mends one; told that a test still fails, it mends the other.
import { join } from "node:path";
import { Readable, Writable } from "node:stream";
import { agent, methods, ndJsonStream, PROTOCOL_VERSION } from "@agentclientprotocol/sdk";

const mends = [
  ["(price - discount)", "price * (1 - discount)"],
  ["Math.round(price * (1 - discount) * 100) / 100", "Math.max(0, Math.round(price * (1 - discount) * 100) / 100)"],
];
let folder = "";

agent({ name: "scripted" })
  .onRequest(methods.agent.initialize, () => ({ protocolVersion: PROTOCOL_VERSION, agentCapabilities: {} }))
  .onRequest(methods.agent.session.new, ({ params }) => {
    folder = params.cwd;
    return { sessionId: "one" };
  })
  .onRequest(methods.agent.session.prompt, async ({ params: { sessionId }, client }) => {
    const path = join(folder, "src", "price.js");
    const { content } = await client.request(methods.client.fs.readTextFile, { sessionId, path });
    const [from, to] = mends.find(([one]) => content.includes(one)) ?? ["", ""];
    const toolCall = { toolCallId: "mend", title: "Mend src/price.js", kind: "edit", locations: [{ path }] };
    const options = [
      { optionId: "yes", name: "Allow", kind: "allow_once" },
      { optionId: "no", name: "Reject", kind: "reject_once" },
    ];
    const { outcome } = await client.request(methods.client.session.requestPermission, { sessionId, toolCall, options });
    const may = outcome.outcome === "selected" && outcome.optionId === "yes";
    if (may) await client.request(methods.client.fs.writeTextFile, { sessionId, path, content: content.replace(from, to) });
    const said = { type: "text", text: may ? `${to} in place of ${from}.` : "I was not allowed to change anything." };
    await client.notify(methods.client.session.update, { sessionId, update: { sessionUpdate: "agent_message_chunk", content: said } });
    return { stopReason: "end_turn" };
  })
  .connect(ndJsonStream(Writable.toWeb(process.stdout), Readable.toWeb(process.stdin)));
