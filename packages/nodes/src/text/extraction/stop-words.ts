import { plainWords } from "./plain-words.js";

/** Words of a description that say nothing of what a value is, but that it is one of its kind. */
const words = `the and for that which what who whom when where how many much is are was were will shall has have had been being be it its their there this these
  one ones of on in at by to from with into out a an or if not can does do did
  name names number numbers amount value date day time text code person company firm organisation organization
  price cost costs fee charge preis kosten gebühr prix coût frais tarif precio coste costo prezzo preço custo taxa prijs pris kostnad avgift gebyr cena koszt hinta ár ücret fiyat цена стоимость ціна вартість
  der die das den dem des ein eine einer eines einem und oder von vom zum zur mit bei auf für ist sind wird welche welcher welches wie viele viel name nummer betrag tag datum
  le la les un une des du de et ou pour par sur dans est sont qui que quel quelle nom numéro montant jour date
  el los las una unos del y o por para con en es son que cual nombre número importe fecha día
  il lo gli uno dei delle della dello degli che per con su è sono nome numero importo data giorno
  o os as um uma do da dos das em no na é são nome número valor data dia
  het een van voor met naam nummer bedrag datum dag en det den som och att på för med är namn belopp`;
const isStop = plainWords(words);

/** Whether a word, in small letters without accents, says what a value is. */
export const isTelling = (word: string): boolean => word.length > 2 && !isStop(word);
