import { type Availability, languageModel } from "./language-model.js";
import { expectedOf, type Languages } from "./languages.js";
import { refuseOptions } from "./refuse-options.js";

/**
 * Whether this browser's model can be asked: `unavailable`, `downloadable` (then a person has to click before it is loaded),
 * `downloading` or `available`. `unavailable` where the browser knows nothing of such models.
 * Throws OPTION_INVALID.
 *
 * @example
 * if ((await browserAvailability({ languages: ["en"] })) === "downloadable") button.onclick = () => nano.load();
 */
export async function browserAvailability(options: Languages = {}): Promise<Availability> {
  refuseOptions("browserAvailability", options, ["languages"]);
  const expected = expectedOf(options.languages);
  try {
    return (await languageModel()?.availability(expected)) ?? "unavailable";
  } catch {
    // One that does not know a language may say so by an error of its own; loading the model tells it.
    return "unavailable";
  }
}
