export { type Adapter, adapters } from "./adapters.js";
