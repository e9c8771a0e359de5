export { nearest } from "../error/nearest.js";
export { check, checkData } from "./check.js";
export { hints } from "./hints.js";
export { memoryHints } from "./memory-hints.js";
