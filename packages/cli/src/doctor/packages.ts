import { installCommand, isInstalled, type Peer, peers } from "@troupe/nodes";
import type { Finding } from "./finding.js";

/** What each optional package is there for. */
const purposes: Readonly<Record<Peer, string>> = {
  "node-llama-cpp": "chat and embedding models in this process",
  "onnxruntime-node": "captions of images in this process",
  "tesseract.js": "reading pages",
  "@tesseract.js-data/eng": "reading English pages",
  sharp: "opening images and the pages to be read",
  "@hyzyla/pdfium": "reading PDFs",
  "@langchain/openai": "openai: models",
  "@langchain/google-genai": "google: models",
  "@langchain/anthropic": "anthropic: models",
  "@langchain/mistralai": "mistral: models",
  "@modelcontextprotocol/sdk": "MCP servers",
  "@agentclientprotocol/sdk": "coding agents",
};

/** The optional packages: each can be done without until something asks for it. */
export const packages = (): readonly Finding[] =>
  peers.map((name) =>
    isInstalled(name)
      ? { name, status: "ok", found: `installed, for ${purposes[name]}` }
      : { name, status: "absent", found: `not installed; it is for ${purposes[name]}`, hint: installCommand(name) },
  );
