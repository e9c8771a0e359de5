import { type Availability, languageModel } from "./language-model.js";
import { expectedOf, type Languages } from "./languages.js";

/**
 * Whether this browser's model can be asked: `unavailable`, `downloadable` (then a person has to click before it is loaded),
 * `downloading` or `available`. `unavailable` where the browser knows nothing of such models.
 *
 * @example
 * if ((await browserAvailability({ languages: ["en"] })) === "downloadable") button.onclick = () => nano.load();
 */
export async function browserAvailability({ languages }: Languages = {}): Promise<Availability> {
  return (await languageModel()?.availability(expectedOf(languages))) ?? "unavailable";
}
