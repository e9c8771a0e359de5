export { type Found, fromRetriever, type Retriever, type RetrieverCard } from "./langchain/from-retriever.js";
export { fromTool, type LangChainTool, type ToolAnswer, type ToolCard } from "./langchain/from-tool.js";
export { type ToolOptions, toTool } from "./langchain/to-tool.js";
export { type AgentCard, agent } from "./langgraph/agent.js";
export { type Compiled, fromLangGraph, type LangGraphCard } from "./langgraph/from-langgraph.js";
export { inexpressible } from "./langgraph/inexpressible.js";
export { type LangGraphOptions, toLangGraph } from "./langgraph/to-langgraph.js";
