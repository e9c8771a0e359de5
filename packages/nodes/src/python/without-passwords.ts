/** A text without the names, passwords and tokens that stand in its URLs. What pip says may hold those of the index that it asks. */
export const withoutPasswords = (text: string): string => text.replace(/\/\/[^\s/@]*@/g, "//***@");
