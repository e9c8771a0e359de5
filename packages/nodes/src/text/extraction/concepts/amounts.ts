/** What stands beside amounts of money, by what it means. */
export const amounts = {
  total: `including vat, incl vat, inc vat, incl tax, including tax, inkl mwst, inklusive mwst, inkl ust, inkl moms, inklusive moms, inkludert mva, inkl mva, iva incluido, iva incluida, iva inclusa, iva compresa, iva incluído, tva comprise, tva incluse, incl btw, inclusief btw, z vat, s dph, vč dph, včetně dph, áfával, cu tva, sis alv, kdv dahil, с ндс, включая ндс, з пдв, с ддс, με φπα, 税込, 含税, 부가세 포함, bill, bill is, rechnung beträgt, facture s élève à, cuenta, conto, conta, rekening, nota, räkning, regning, lasku, rachunek, účet, számla, in total, altogether, in all, insgesamt, zusammen, en tout, en total, in tutto, no total, ao todo, in totaal, sammanlagt, w sumie, łącznie, celkově, dohromady, összesen, în total, ukupno, toplam, всего, загалом, общо, συνολικά, total, grand total, total amount, total amt, amount due, balance due, total due, to pay, amount payable, total payable, payable, amount paid,
    total paid, total incl, total inc, total including, total inclusive, incl gst, inclusive of gst, inclusive gst, including gst, inc gst, incl of gst,
    total incl tax, total with tax, total sales incl, total after adj, after adj, nett total, net total, total rounded, rounded total,
    total amt rounded, total rm, total rounding, t l, invoice total, order total, total price, total cost, total charge, sum total, gross, gross amount
    summe, gesamt, gesamtsumme, gesamtbetrag, endbetrag, rechnungsbetrag, zu zahlen, betrag, zahlbetrag, total sum, brutto, bruttobetrag, gesamtpreis
    montant total, total ttc, ttc, net a payer, a payer, total a payer, reste a payer, montant, montant du
    importe total, total a pagar, a pagar, importe, total factura, total iva incluido
    totale, totale complessivo, importo, importo totale, da pagare, totale fattura, totale da pagare, amount
    valor total, total geral, valor a pagar, total r, valor pago, totaal, te betalen, totaalbedrag, totaal incl btw, eindtotaal
    att betala, summa, totalt, totalbelopp, belopp, summa att betala, i alt, ialt, at betale, total at betale, belob, beløb, å betale, sum, totalsum, til betaling
    yhteensä, maksettava, loppusumma, summa yhteensä, maksettavaa yhteensä
    do zapłaty, suma, razem, suma pln, razem do zapłaty, kwota, kwota do zapłaty, ogółem, celkem, celkem k úhradě, k úhradě, částka, celkem kč, spolu, spolu k úhrade, na úhradu, suma celkem
    összesen, fizetendő, fizetendő összesen, végösszeg, bruttó összesen, total de plată, suma totală, total general, ukupno, za plaćanje, sveukupno, skupaj, za plačilo
    toplam, genel toplam, ödenecek tutar, ödenecek, tutar, toplam tutar, итого, итого к оплате, к оплате, всего, сумма, всего к оплате, сумма к оплате, разом, до сплати, всього, усього, сума, общо, за плащане, обща сума, всичко
    σύνολο, πληρωτέο, γενικό σύνολο, πληρωτέο ποσό, συνολικό ποσό, 合計, 総額, 合計金額, お会計, ご請求金額, 請求金額, 税込合計, 合计, 总计, 总额, 应付, 应付金额, 實付, 实付, 總計, 總額, 合計金額, 价税合计
    합계, 총액, 총 금액, 총금액, 결제금액, 합계금액, 받을금액, jumlah, jumlah bayar, total bayar, total harga, tổng cộng, tổng tiền, thành tiền, tổng, phải trả, المجموع, الإجمالي, المبلغ الإجمالي, كل, कुल, कुल राशि, סה כ, סהכ, לתשלום`,
  subtotal: `subtotal, sub total, net, net amount, netto, zwischensumme, nettobetrag, summe netto, total ht, sous total, montant ht, ht, imponibile, total before tax, before tax,
    total excl, total exc, excluding, exclusive, excl gst, excluding gst, exclusive of gst, excl of gst, total excluding gst, excl tax, total supplies, supplies, supplies excl,
    taxable amount, base imponible, subtotale, totale imponibile, subtotaal, totaal excl, excl btw, exkl moms, delsumma, summa exkl moms, razem netto, wartość netto, základ daně, mezisoučet, nettó, nettó összesen,
    veroton, veroton yhteensä, ara toplam, matrah, без ндс, подытог, промежуточный итог, без пдв, υποσύνολο, καθαρή αξία, 小計, 税抜, 小计, 不含税, 소계, 공급가액, tạm tính, المجموع الفرعي, osnovica`,
  tax: `tax, sales tax, vat, gst, hst, sst, value added tax, tax amount, total tax, total gst, gst amount, gst payable, included vat, includes vat, vat amount
    mwst, mehrwertsteuer, ust, umsatzsteuer, steuer, steuerbetrag, mwst betrag, enthaltene mwst, tva, montant tva, iva, di cui iva, impuesto, imposta, importe iva, cuota iva, icms, btw, btw bedrag, moms, heraf moms, varav moms, mva, herav mva, alv, arvonlisävero
    ptu, suma ptu, kwota vat, podatek, podatek vat, dph, áfa, tva inclus, pdv, ddv, kdv, kdv tutarı, toplam kdv, ндс, в т ч ндс, сумма ндс, пдв, ддс, φπα, 消費税, 内税, 税額, 税额, 增值税, 부가세, 부가가치세, ppn, pajak, thuế, thuế gtgt, ضريبة, ضريبة القيمة المضافة, जीएसटी`,
  tip: "tip, gratuity, service charge, service, trinkgeld, bedienung, pourboire, propina, mancia, servizio, gorjeta, fooi, dricks, drikkepenge, napiwek, spropitné, bahşiş, обслуживание, чаевые, 서비스료, サービス料, 服务费",
  discount: `discount, disc, you saved, savings, total savings, coupon, rabatt, ersparnis, nachlass, skonto, remise, réduction, descuento, ahorro, sconto, desconto, korting, rabat, alennus, zniżka, sleva, kedvezmény, reducere, popust, indirim, скидка, знижка, отстъпка, έκπτωση, 割引, 値引, 折扣, 优惠, 할인, diskon, diskaun, giảm giá, خصم`,
  deposit:
    "deposit, security deposit, pfand, anzahlung, kaution, acompte, caution, dépôt de garantie, fianza, depósito, señal, deposito, cauzione, caparra, caução, borg, waarborg, aanbetaling, deposition, depositum, handpenning, kaucja, zaliczka, kauce, záloha, kaució, foglaló, garanție, depozito, залог, депозит, задаток, 保証金, 敷金, 押金, 定金, 보증금, đặt cọc, تأمين",
  cash: `cash, tendered, cash tendered, cash received, amount tendered, received, payment, credit, bar, bargeld, gegeben, gegeben bar, bar gegeben, espèces, efectivo, entregado, contanti, contante, dinheiro, contant, kontant, kontanter, käteinen, gotówka, hotově, hotovost, készpénz, numerar, gotovina, nakit, наличные, наличными, готівка, в брой, μετρητά, お預り, お預かり, 現金, 收款, 现金, 实收, 받은금액, 현금, tunai, tiền mặt, نقدا`,
  change:
    "change, change due, change amt, change amount, balance, rückgeld, zurück, wechselgeld, rendu, monnaie rendue, cambio, su cambio, vuelto, resto, troco, wisselgeld, retour, växel, tilbage, byttepenge, vekslepenge, vaihtoraha, reszta, vráceno, výdavek, visszajáró, rest, povrat, para üstü, сдача, решта, ресто, ρέστα, お釣り, お釣, おつり, 釣銭, 找零, 找赎, 거스름돈, kembali, kembalian, baki, tiền thừa, الباقي",
  rounding:
    "rounding, rounding adj, rounding adjustment, rounding amt, round off, rundung, arrondi, redondeo, arrotondamento, arredondamento, afronding, öresavrundning, avrundning, afrunding, pyöristys, zaokrąglenie, zaokrouhlení, kerekítés, rotunjire, zaokruženje, yuvarlama, округление, 端数, 舍入, pembulatan, pelarasan",
  quantity: "qty, total qty, quantity, total quantity, item count, items, menge, anzahl, quantité, cantidad, quantità",
  price:
    "costs, costing, kostet, coûte, cuesta, costa, custa, kost, kostar, koster, maksaa, kosztuje, stojí, kerül, költsége, costă, košta, fiyatı, стоит, коштує, струва, κοστίζει, unit price, price each, u p, each, einzelpreis, stückpreis, preis, price, fare, prix, prix unitaire, precio, precio unitario, prezzo, preço, prijs, pris, à pris, hinta, cena, jednotková cena, ár, egységár, preț, cijena, fiyat, birim fiyat, цена, ціна, τιμή, 単価, 価格, 单价, 价格, 단가, 가격, harga, giá, đơn giá, السعر",
  rent: "rent, monthly rent, miete, monatsmiete, kaltmiete, warmmiete, loyer, alquiler, renta, affitto, canone, canone mensile, aluguel, renda, huur, hyra, husleje, leie, vuokra, czynsz, nájem, nájemné, bérleti díj, chirie, kira, аренда, арендная плата, оренда, ενοίκιο, 家賃, 賃料, 租金, 월세, 임대료, sewa, tiền thuê, الإيجار",
  salary:
    "salary, pay, wage, gross salary, gehalt, lohn, bruttogehalt, monatsgehalt, salaire, salaire brut, salario, sueldo, stipendio, retribuzione, salário, vencimento, salaris, loon, lön, månadslön, løn, lønn, palkka, wynagrodzenie, pensja, mzda, plat, fizetés, bér, salariu, plaća, maaş, ücret, зарплата, оклад, заробітна плата, заплата, μισθός, 給与, 月給, 工资, 月薪, 급여, 연봉, gaji, lương, الراتب",
  fee: "fee, charge, cost, entry fee, participation fee, gebühr, kosten, teilnahmegebühr, beitrag, frais, coût, tarif, honoraires, cotisation, cuota, coste, costo, tarifa, quota, tariffa, compenso, custo, taxa, propina, bijdrage, avgift, kostnad, gebyr, maksu, opłata, składka, poplatek, díj, taxă, naknada, ücret, bedel, плата, взнос, стоимость, внесок, вартість, такса, κόστος, 料金, 参加費, 会費, 费用, 会费, 요금, 비용, biaya, yuran, phí, chi phí, رسوم",
  turnover: "umsatz, umsatz von, turnover, points, punkte",
} as const;
