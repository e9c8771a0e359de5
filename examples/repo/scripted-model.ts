import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** What a model is asked: the texts of the conversation, what tools gave, and the tools at hand. */
interface Asked {
  readonly text: string;
  readonly given: readonly string[];
  readonly tools: readonly string[];
}
/** What it answers: a call of a tool, or a text. */
type Answer = { readonly tool: string; readonly arguments: object } | { readonly text: string };

/** A server on this machine that speaks OpenAI's language and answers as it is told to, for agents that want a model. */
export async function scriptedModel(answer: (asked: Asked) => Answer): Promise<{ readonly url: string; close(): void }> {
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    if (!request.url?.endsWith("/chat/completions")) return response.writeHead(404).end("{}");
    const { messages, tools = [], stream } = JSON.parse(body);
    const given = messages
      .filter(({ role }: { role: string }) => role === "tool")
      .map(({ content }: { content: unknown }) => JSON.stringify(content));
    const said = answer({
      text: JSON.stringify(messages),
      given,
      tools: tools.map((one: { function: { name: string } }) => one.function.name),
    });
    const calls =
      "tool" in said
        ? [
            {
              index: 0,
              id: `call-${given.length}`,
              type: "function",
              function: { name: said.tool, arguments: JSON.stringify(said.arguments) },
            },
          ]
        : undefined;
    const message = { role: "assistant", content: "text" in said ? said.text : null, ...(calls ? { tool_calls: calls } : {}) };
    const head = { id: "one", created: 1, model: "scripted" };
    const finish_reason = calls ? "tool_calls" : "stop";
    const usage = { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 };
    if (!stream) {
      response.writeHead(200, { "content-type": "application/json" });
      return response.end(JSON.stringify({ ...head, object: "chat.completion", choices: [{ index: 0, message, finish_reason }], usage }));
    }
    response.writeHead(200, { "content-type": "text/event-stream" });
    const tell = (choices: object[], more = {}) =>
      response.write(`data: ${JSON.stringify({ ...head, object: "chat.completion.chunk", choices, ...more })}\n\n`);
    tell([{ index: 0, delta: message, finish_reason: null }]);
    tell([{ index: 0, delta: {}, finish_reason }]);
    tell([], { usage });
    return response.end("data: [DONE]\n\n");
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
