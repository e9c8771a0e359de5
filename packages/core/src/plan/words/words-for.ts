import { conceptsOf } from "../derive/concepts.js";
import { wordsOf } from "../derive/words.js";
import { tongueOf } from "./tongue.js";

/** The words of a text that mean something, made alike. */
export type WordsIn = (text: string) => readonly string[];

/** How a request is held against members, which speak English as a rule: in English by its words, else by what these mean. */
export const wordsFor = (request: string): WordsIn => (tongueOf(request) === "en" ? wordsOf : conceptsOf);
