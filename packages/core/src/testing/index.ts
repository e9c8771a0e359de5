export { cassette } from "./cassette.js";
export { type Said, type ScriptedModel, scriptedModel } from "./scripted-model.js";
