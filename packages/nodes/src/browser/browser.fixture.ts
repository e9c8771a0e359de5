import { HumanMessage, SystemMessage } from "@langchain/core/messages";
import * as core from "@troupe/core";
import { z } from "zod";
import * as browser from "./index.js";

/** What a page under test has at hand. */
Object.assign(globalThis, { core, browser, z, HumanMessage, SystemMessage });
