/** Streets, postal codes and ways to reach someone, which stand below a name. */
const address =
  /(?<!\p{L})(?:\p{L}*(?:str(?:a[sß8B]e|abe|ale|\.)?|strasse|weg|platz|allee|ring|damm)|street|avenue|ave|road|rd|lane|quay|drive|blvd|rue|calle|via)(?![\p{L}\d])\.?\s*\d|\d+\s+\p{L}+.*(?<![\p{L}\d])(?:street|st|avenue|ave|road|rd|lane|quay|drive|blvd)(?![\p{L}\d])|(?<![\p{Script=Latin}\d])\d{5}(?![\p{Script=Latin}\d])|^(?:no|lot|blk|unit|ground floor)(?![\p{L}\d])\.?\s?[\d:]|(?<!\p{L})(?:jalan|jln|taman|lebuh|lorong|persiaran|tel|fax|phone|ul|rua|avda|av|plaza|piazza|ulica|via)(?![\p{L}\d])|uhr(?![\p{L}\d])|www\.|@/iu;

/** Whether a line is a part of an address rather than a name. */
export const isAddress = (line: string): boolean => address.test(line);
