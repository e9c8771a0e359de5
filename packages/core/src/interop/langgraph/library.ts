import { TroupeError } from "../../error/error.js";

export type LangGraph = typeof import("@langchain/langgraph");

/** LangGraph, loaded when it is first used. @throws TroupeError `PACKAGE_MISSING` */
export const library = (): Promise<LangGraph> => import("@langchain/langgraph").catch(missing);
/** Its agents. @throws TroupeError `PACKAGE_MISSING` */
export const prebuilt = () => import("@langchain/langgraph/prebuilt").catch(missing);

function missing(cause: unknown): never {
  if (Object(cause).code !== "ERR_MODULE_NOT_FOUND") throw cause;
  throw new TroupeError("PACKAGE_MISSING", "This needs the package @langchain/langgraph, which is not installed", {
    hint: 'npm install "@langchain/langgraph@^1.7.3"',
    cause,
  });
}
