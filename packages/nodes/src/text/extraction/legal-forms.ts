const alternatives = (words: string) =>
  words
    .trim()
    .split(/\s+/)
    .map((word) => word.replace(/[.]/g, "\\.?").replace(/_/g, "\\s?"))
    .join("|");

/** Legal forms that no other word is like; dots are optional, `_` may be a blank. */
const telling = alternatives(`GmbH GnbH CnbH mbH OHG e._K. e._V. LLC L.L.C. LLP Ltd LTD Limited LIMITED PLC Inc INC Corp CORP
  SARL S.A.R.L SASU EURL S.L.U S.L. B.V N.V V.O.F S.p.A S.r.l S.R.L s.r.l s.p.a S.n.c s.n.c S.a.s s.a.s SRL SPA Lda LDA Ltda LTDA EIRELI Oyj ApS APS A/S SDN._BHD BHD S/B SDN._BH
  Pte PTE Pvt PVT Sp._z_o._o Sp._j s._r._o v._o._s a._s. Kft KFT Zrt Nyrt d.o.o OÜ UAB Şti ŞTİ A.Ş Tbk ООО ОАО ЗАО ПАО ТОВ ФОП ООД ЕООД TNHH
  Α.Ε ΕΠΕ ΙΚΕ Ο.Ε`);
/** Legal forms that are words, or parts of them, amid a name; they count at its end. */
const closing = alternatives("AG KG UG SA S.A. SAS SNC SL BV NV Oy OY AB HB AS ASA SKA Bt AD ΑΕ Co. CO. Company COMPANY GbR eG");
/** Those that open a name. */
const opening = alternatives("ООО ОАО ЗАО ПАО АО ИП ТОВ ФОП PT CV SARL SAS UAB SIA");
const eastern = "株式会社|有限会社|合同会社|公司|集团|集團|주식회사|\\(주\\)|㈜|㈱";

/** A legal form behind a name in running text. */
export const legalEnd = new RegExp(`^,? (?:${telling}|${closing})\\.?(?![\\p{L}\\p{N}])`, "u");

/** A test for a name that has a legal form, written as it is or all in capitals. */
export const legalForm = new RegExp(
  `(?<![\\p{L}\\p{N}'’])(?:${telling})(?![\\p{L}\\p{N}])|(?<=[\\p{L}\\p{N}).,] ?)(?<![\\p{L}\\p{N}])(?:${closing})$|^(?:${opening})(?=\\s)|${eastern}`,
  "u",
);
