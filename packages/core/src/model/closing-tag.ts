/** The end of a tag that a model wrote round all that it says. */
export const closingTag = /<\/\w+>\s*$/;
