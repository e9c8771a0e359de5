export { check, checkData } from "./check.js";
export { draw } from "./draw/draw.js";
export { hints } from "./hints.js";
export { memoryHints } from "./memory-hints.js";
export { nearest } from "./nearest.js";
