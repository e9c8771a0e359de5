/** Units of time in seconds, by the beginnings of their names in English, German and Spanish. */
const units: readonly (readonly [RegExp, number])[] = [
  [/^(?:seconds?|secs?|sekunden?|segundos?)$/, 1],
  [/^(?:minutes?|mins?|minuten?|minutos?)$/, 60],
  [/^(?:hours?|hrs?|stunden?|horas?)$/, 3600],
  [/^(?:days?|tage?n?|días?|dias?)$/, 86_400],
  [/^(?:weeks?|wochen?|semanas?)$/, 604_800],
];

const unitIn = (words: readonly string[]): number | undefined =>
  words.flatMap((word) => units.find(([name]) => name.test(word))?.[1] ?? [])[0];

/**
 * A number that counts one unit of time, in the unit that a place is named for; as it is where either says none.
 *
 * @example
 * inUnitOf("days overdue", 3, "weeks overdue"); // 21
 */
export function inUnitOf(place: string, value: number, after: string): number {
  const words = (text: string) => text.toLowerCase().match(/\p{L}+/gu) ?? [];
  const [wanted, said] = [
    unitIn(words(place)),
    unitIn(
      words(after)
        .filter((word) => !/^(?:an?|eine?|una?)$/.test(word))
        .slice(0, 1),
    ),
  ];
  return wanted === undefined || said === undefined ? value : (value * said) / wanted;
}
