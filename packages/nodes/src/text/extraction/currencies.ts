const caseless = (words: string) => words.replace(/\p{L}/gu, (letter) => `[${letter.toLowerCase()}${letter.toUpperCase()}]`);
const alternatives = (words: string) =>
  words
    .trim()
    .split(/\s+/)
    .sort((a, b) => b.length - a.length)
    .join("|");

/** Codes that are no words of a language written in capitals, nor legal forms (`BHD`). */
const codes = `EUR USD GBP CHF JPY CNY RMB INR AUD CAD NZD SEK NOK DKK ISK PLN CZK HUF RON BGN RSD RUB UAH TRY ILS ZAR BRL MXN ARS CLP COP
  UYU PEN KRW TWD HKD SGD MYR THB IDR PHP VND PKR BDT LKR NPR AED SAR QAR KWD OMR JOD TND EGP MAD NGN KES GHS KZT GEL AZN`;
const short = "[NSD]?[Kk]r\\.? Kč zł Ft lei Rs\\.? RM Rp\\.? S?Fr\\.? TL лв\\.? руб\\.? грн\\.? дин\\.? din\\.? р\\. S/ Bs\\.?";
const words = `euros? eur usd gbp chf dollars? dollari dólares pounds? livres? libras sterling sterlina francs? franken franchi francos yen yuan
  рубль рубля рублей гривня гривні гривень лев лева ευρώ eura evra korun koruna koruny złoty złote forint dinara rupiah đồng ريال ريالا درهم درهما جنيه جنيها دينار دينارا ليرة рупий रुपये रुपए रुपया rupees? pesos? reais kronor kroner kronen couronnes coronas corone złotych zloty rubles? rand ringgit baht dirhams? lire`;
const signs = "(?:(?<!\\p{L})\\p{Lu}{1,3})?\\p{Sc}(?:\\p{Lu}{1,2}(?!\\p{L}))?";
const named = `${alternatives(codes)}|${alternatives(short)}|${caseless(alternatives(words))}`;
const gap = "\\u200e*[^\\S\\n]?\\u200e*";

/** A currency at the end of what stands before a number. */
export const currencyBefore = new RegExp(`(?:${signs}|(?<![\\p{L}\\p{N}])(?:${named}|R))${gap}$`, "u");
/** A currency at the start of what stands after a number. */
export const currencyAfter = new RegExp(`^${gap}(?<currency>${signs}|[円元圆圓원đ]|[رجد]\\.[سإم]\\.?|(?:${named})(?![\\p{L}\\p{N}]))`, "u");
/** Currencies of a thousand parts. */
export const ofThousand = /KWD|OMR|JOD|TND/;

/** What may be the sign of a currency that is not listed; a short word in small Latin letters is rather a unit, `kg`. */
const unlisted = "(?:(?!\\p{Ll}{1,5}(?![\\p{L}.]))|(?!\\p{Script=Latin}))\\p{L}[\\p{L}.]{0,4}\\u200e?";
/** A currency that is not listed with the number's sign or bracket before it, at the end of what stands before the number. */
export const unlistedBefore = new RegExp(`(?<![\\p{L}\\p{N}])[-(]\\u200e?${unlisted}[ \\u00a0]?$`, "u");
/** The same behind it, at the start of what stands after the number. */
export const unlistedAfter = new RegExp(`^[ \\u00a0]?${unlisted}(?:\\)|-(?![\\p{L}\\d]))`, "u");
