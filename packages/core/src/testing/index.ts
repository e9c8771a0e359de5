export { cassette } from "./cassette.js";
export { type Said, type ScriptedModel, scriptedModel } from "./scripted-model.js";
export { type Simulated, type SimulationOptions, simulate } from "./simulate.js";
