import type { Address } from "../address.js";
import { isThisMachine } from "../is-this-machine.js";

/** Whether a model of Ollama's runs on this machine: Ollama hands those tagged `cloud` on to its own servers, wherever it runs itself. */
export const runsHere = ({ url }: Pick<Address, "url">, name: string): boolean => isThisMachine(url) && !/[:-]cloud$/.test(name);
