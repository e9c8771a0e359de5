import type { DecisionExample } from "../../model/model.js";
import { none, whichPlan } from "./decide-open.js";

/** `right` is the number of the option that is right, or of none. */
const asked = (state: string, right: number, ...plans: readonly string[]): DecisionExample => ({
  state,
  instructions: whichPlan,
  options: [...plans, none],
  right: plans[right] ?? none,
});

/**
 * What chat models are shown before they are asked which plan is meant. Each has what they get wrong by themselves: a member that nobody
 * asked for, a value taken from the wrong source, the order of two steps, and requests that no plan does.
 */
export const workedPlans: readonly DecisionExample[] = [
  asked(
    `Specialists:
- readOrder(mail: text) -> product: text, copies: number, street: text (where to send it). Reads an order out of a customer's mail.
- checkStock(product: text) -> left: number (pieces in stock). Looks up how many of a product are left.
- quote(product: text, copies: number) -> price: number (euros). Works out the price of an order.
- shippingLabel(street: text, product: text) -> label: text. Writes the label for a parcel.

Given: mail: text (from a customer)
Request: What would her order cost? Don't send anything yet.
Wanted: cost: number (euros)`,
    2,
    "quote(product: mail, copies: readOrder.copies); readOrder(mail: mail) -> cost: quote.price",
    "readOrder(mail: mail); checkStock(product: readOrder.product) -> cost: checkStock.left",
    "readOrder(mail: mail); quote(product: readOrder.product, copies: readOrder.copies) -> cost: quote.price",
  ),
  asked(
    `Specialists:
- transcribe(recording: audio) -> transcript: text. Writes down what is said in a recording.
- minutes(transcript: text) -> minutes: text. Writes minutes of a meeting.
- translate(text: text, language: text) -> translation: text. Translates a text.
- tasks(text: text) -> todos: list of text (who has to do what). Finds the tasks in a text.

Given: recording: audio (of Monday's meeting)
Request: Who is in the recording? Tell the speakers apart by their voices.`,
    2,
    "transcribe(recording: recording) -> transcript: transcribe.transcript",
    "transcribe(recording: recording); tasks(text: transcribe.transcript) -> todos: tasks.todos",
  ),
  asked(
    `Specialists:
- kuerzen(text: text) -> kurz: text. Fasst einen Text zusammen.
- uebersetzen(text: text, sprache: text) -> uebersetzung: text. Übersetzt einen Text in eine Sprache.
- betreff(text: text) -> betreff: text. Schreibt eine Betreffzeile.
- hoeflich(text: text) -> freundlich: text. Macht einen Text höflicher.

Given: entwurf: text (ein Brief)
Request: Übersetz den Brief ins Polnische und mach aus der Übersetzung eine Kurzfassung, dazu eine Betreffzeile für den deutschen Brief.
Wanted: fassung: text, betreff: text`,
    0,
    'uebersetzen(text: entwurf, sprache: "Polnisch"); kuerzen(text: uebersetzen.uebersetzung); betreff(text: entwurf) -> fassung: kuerzen.kurz, betreff: betreff.betreff',
    'kuerzen(text: entwurf); uebersetzen(text: kuerzen.kurz, sprache: "Polnisch"); betreff(text: entwurf) -> fassung: uebersetzen.uebersetzung, betreff: betreff.betreff',
    'uebersetzen(text: entwurf, sprache: "Polnisch"); kuerzen(text: uebersetzen.uebersetzung); betreff(text: uebersetzen.uebersetzung) -> fassung: kuerzen.kurz, betreff: betreff.betreff',
  ),
  asked(
    `Specialists:
- soilReport(sample: text (lab sheet)) -> acidity: number, lime: number (kilograms per hectare). Reads what a lab found in a soil sample.
- weather(place: text) -> rain: number (millimetres expected). Forecasts the rain of the next days.
- advise(lime: number, rain: number) -> advice: text. Advises when to spread lime.
- costs(kilograms: number) -> price: number. Works out what lime costs.

Given: sheet: text (from the lab), farm: text (the nearest village)
Wanted: advice: text, price: number`,
    1,
    "soilReport(sample: sheet); weather(place: farm); advise(lime: soilReport.acidity, rain: weather.rain); costs(kilograms: soilReport.lime) -> advice: advise.advice, price: costs.price",
    "soilReport(sample: sheet); weather(place: farm); advise(lime: soilReport.lime, rain: weather.rain); costs(kilograms: soilReport.lime) -> advice: advise.advice, price: costs.price",
    "soilReport(sample: sheet); weather(place: farm); advise(lime: soilReport.lime, rain: weather.rain); costs(kilograms: weather.rain) -> advice: advise.advice, price: costs.price",
  ),
  asked(
    `Specialists:
- findRecipe(dish: text) -> recipe: text. Finds a recipe.
- shoppingList(recipe: text, guests: number) -> items: list of text. Lists what to buy.
- calories(recipe: text) -> kcal: number. Estimates the calories of a dish.
- bookTable(guests: number, day: date) -> confirmation: text. Books a table in a restaurant.

Given: dish: text
Request: I'm cooking this for six. What do I have to buy, and will the guests who can't eat nuts be fine with it?
Wanted: items: list of text, nutFree: yes/no`,
    2,
    "findRecipe(dish: dish); shoppingList(recipe: findRecipe.recipe, guests: 6) -> items: shoppingList.items, nutFree: shoppingList.items",
    "findRecipe(dish: dish); shoppingList(recipe: findRecipe.recipe, guests: 6); calories(recipe: findRecipe.recipe) -> items: shoppingList.items, nutFree: calories.kcal",
  ),
  asked(
    `Specialists:
- sentiment(text: text) -> mood: good|mixed|bad. Tells the mood of a text.
- summarize(text: text) -> summary: text. Sums a text up in two sentences.
- reply(text: text, mood: good|mixed|bad) -> answer: text. Drafts an answer to a review.
- keywords(text: text) -> words: list of text. Finds keywords.

Given: review: text
Request: Draft an answer to this review that fits how the guest felt.`,
    1,
    'reply(text: review, mood: "good") -> answer: reply.answer',
    "sentiment(text: review); reply(text: review, mood: sentiment.mood) -> answer: reply.answer",
    "summarize(text: review); sentiment(text: summarize.summary); reply(text: summarize.summary, mood: sentiment.mood) -> answer: reply.answer",
  ),
];
