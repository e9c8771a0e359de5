// Serves the page on this machine: node examples/phone/serve.mjs [port]
import { createServer } from "node:http";
import { files } from "./bundle.mjs";

const page = await files();
const server = createServer(({ url }, answer) => {
  // Not `new URL`: it throws at what anyone may send, such as //.
  const name = url.split(/[?#]/)[0].slice(1) || "index.html";
  if (!Object.hasOwn(page, name)) return answer.writeHead(404).end();
  answer.writeHead(200, { "content-type": name.endsWith(".js") ? "text/javascript" : "text/html" }).end(page[name]);
});
const port = process.argv[2] ?? "8080";
const stop = (why) => {
  console.error(`Nothing is served at port ${port}: ${why}. Give another one: node examples/phone/serve.mjs 8081`);
  process.exit(1);
};
if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) stop("it is no port");
server.on("error", ({ code }) => stop(code === "EADDRINUSE" ? "it is taken" : code));
// A browser shows its model to pages of https, and of localhost.
server.listen(Number(port), "localhost", () => console.log(`http://localhost:${server.address().port}`));
