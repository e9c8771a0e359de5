/** Streets, postal codes and ways to reach someone, which stand below a name. */
const address =
  /(?<!\p{L})(?:\p{L}*(?:str(?:a[sß8B]e|abe|ale|\.)?|strasse|weg|platz|allee|ring|damm)|street|avenue|ave|road|rd|lane|quay|drive|blvd|rue|calle|via)\b\.?\s*\d|\d+\s+\p{L}+.*\b(?:street|st|avenue|ave|road|rd|lane|quay|drive|blvd)\b|\b\d{5}\b|^(?:no|lot|blk|unit|ground floor)\b\.?\s?[\d:]|(?<!\p{L})(?:jalan|jln|taman|lebuh|lorong|persiaran|tel|fax|phone|ul|rua|avda|av|plaza|piazza|ulica|via)\b|uhr\b|www\.|@/iu;

/** Whether a line is a part of an address rather than a name. */
export const isAddress = (line: string): boolean => address.test(line);
