// Serves the page on this machine: node examples/phone/serve.mjs [port]
import { createServer } from "node:http";
import { files } from "./bundle.mjs";

const page = await files();
const server = createServer(({ url }, answer) => {
  const name = new URL(url, "http://localhost").pathname.slice(1) || "index.html";
  if (!Object.hasOwn(page, name)) return answer.writeHead(404).end();
  answer.writeHead(200, { "content-type": name.endsWith(".js") ? "text/javascript" : "text/html" }).end(page[name]);
});
// A browser shows its model to pages of https, and of localhost.
server.listen(Number(process.argv[2] ?? 8080), "localhost", () => console.log(`http://localhost:${server.address().port}`));
