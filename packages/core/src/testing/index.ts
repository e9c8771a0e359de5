export { cassette } from "./cassette.js";
export { type Said, type ScriptedModel, scriptedModel } from "./scripted-model.js";
export { resumeSimulated, type Simulated, type SimulationOptions, simulate, type TimedRecord } from "./simulate.js";
export { type SimulatedOptions, simulated } from "./simulated.js";
