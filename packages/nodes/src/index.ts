export { cacheDir } from "./models/cache-dir.js";
export { catalogue, type SourceFile, type Weights } from "./models/catalogue.js";
export { type DefaultModels, defaultModels } from "./models/default-models.js";
export { embeddings, type ModelOptions, model } from "./models/model.js";
export { type Pulled, type PullOptions, type PullSource, pull } from "./models/pull/pull.js";
export type { PullProgress } from "./models/pull/source.js";
