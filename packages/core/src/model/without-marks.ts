/** The beginnings of marks by which chat templates tell messages apart; some servers heed them inside a message too. */
const marks = /<(?=[|｜])|<(?=\/?s>)|<(?=(?:start|end)_of_turn>)|\[(?=\/?INST\])/g;

/** Foreign text that ends no message: in marks by which chat templates do, a character of no width is set after the first. */
export const withoutMarks = (text: string): string => text.replace(marks, "$&\u200b");
