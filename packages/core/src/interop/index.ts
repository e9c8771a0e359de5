export { fromLangGraph, type LangGraphCard } from "./langgraph/from-langgraph.js";
export { inexpressible } from "./langgraph/inexpressible.js";
export { type LangGraphOptions, toLangGraph } from "./langgraph/to-langgraph.js";
