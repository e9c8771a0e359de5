/** What stands before the name of a person, in the languages of `concepts`. */
const titles =
  `Mr Mrs Ms Miss Mx Dr Prof Sir Madam Doctor Rev Reverend Cllr Councillor Capt Captain Sgt Sergeant Judge Rabbi Herrn Herr Frau Hr Fr Monsieur Madame Mademoiselle Mme Mlle M Docteur Maître Me Señora Señor Sra Sr Srta
  Don Doña Doctora Dra Signora Signor Sig Sigra Dott Dottssa Dottoressa Dottor Ing Avv Geom Senhora Senhor Doutora Doutor Dhr Mevr Mevrouw Meneer Herrn Fru
  Pani Pan Panem Pán Pána Pane Paní Slečna Tandarts Huisarts Mevrouw Úr Domnul Doamna Gospodin Gospođa Bay Bayan Sayın Г-н Г-жа Господин Госпожа Пан Пані Κύριος Κυρία Κος Bapak Ibu Bp Ông Bà D D.ª Dª Dña Rag Arch Eng Engª
  Mag Mgr MUDr MVDr JUDr PhDr κα κος dna gospa`
    .trim()
    .split(/\s+/)
    .map((title) => title.replace(/[.]/g, "\\.?"))
    .join("|");

/** Whether a title stands right before a place, in what stands left of it. */
export const titleBefore = new RegExp(`(?<![\\p{L}\\d])(?:${titles})\\.?[^\\S\\n]{1,3}$`, "iu");

/** Whether a word is a title. */
export const asTitle = new RegExp(`^(?:${titles})$`, "u");

/** Small words within the names of people. */
export const particles = "van|von|de|der|den|di|da|do|dos|la|le|bin|al|el|y";
