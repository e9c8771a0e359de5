/** A name as words: `report_fraud` as `report fraud`. */
export const spoken = (name: string): string => name.replace(/([\p{Ll}\d])(\p{Lu})/gu, "$1 $2").replace(/[_-]+/g, " ");
