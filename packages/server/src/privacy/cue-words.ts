/** Words that say what the number after them is, by language. A word that ends in "-" stands for all that begin with it. */

export type Cue = 'phone' | 'card' | 'ip' | 'version' | 'other' | 'weak' | 'from' | 'id' | `id:${string}`;

const WORDS: readonly (readonly [Cue, string])[] = [
  [
    'phone',
    `phone- telephone tel cell cellphone mobile mob call calling called callback whatsapp whatsap watsapp viber telegram fax dial
     text texted texting sms hotline landline reach ring contact
     telefon- handy- mobilnummer mobiltelefon mobilfunk- anruf- anrufen rückruf- zurückrufen ruf rufe ruft rufen rufnummer festnetz- erreich- durchwahl
     téléphon- telephon- tél portable appel- appelez rappel- rappeler joindre joignable joint fixe coordonnées
     teléfono- telefono- móvil movil celular- cel llám- llam- marca marcar contacto contáct- contact- fijo wasap guasap
     telefone- fone- telemóvel- ligue ligar liga ligação ligou liguem liguei zap zapzap whats contato celulares discar
     cellulare chiam- chiamate recapito bel bellen mobiel telefoonnummer zadzwoń komórk- cep ara arayın
     telepon- telp tlp hp nohp ponsel hubungi wa kontak ditelepon dihubungi menelepon
     телефон- тел звон- позвон- моб мобильн- ватсап связ-
     هاتف- الهاتف- هاتفي جوال- الجوال جوالي موبايل- الموبايل واتساب الواتساب واتس اتصل اتصلوا اتصال الاتصال تلفون- التلفون رقمي للتواصل
     تواصلوا التواصل تواصل مكالمة كلموني كلمني راسلوني فاكس
     फ़ोन फोन मोबाइल कॉल व्हाट्सएप व्हाट्सऐप व्हाट्सअप वाट्सएप संपर्क सम्पर्क दूरभाष टेलीफोन टेलीफ़ोन 전화- 휴대폰- 핸드폰- 연락처- 휴대전화- โทร- โทรศัพท์-`,
  ],
  [
    'card',
    `card cards visa mastercard amex maestro discover diners debit credit pan unionpay rupay jcb karte kreditkart- debitkart- kartennummer
     carte cartes tarjeta- cartão cartões carta kartu بطاقة البطاقة بطاقتي ببطاقة فيزا ماستركارد कार्ड क्रेडिट डेबिट 카드- карт-`,
  ],
  [
    'ip',
    `ip ips ipv4 ipv6 ip-adresse ipadresse host hostname gateway router dns ping pinged subnet proxy vpn remote client_ip login logins
     logged signed anmeldung angemeldet einloggen eingeloggt server serveur servidor adresse address addresses dirección direccion endereço
     connexion connecté conexión conexion conectado conexão conectou acesso acceso accès adres alamat
     خادم الخادم عنوان العنوان بعنوان دخول الدخول تسجيل आईपी पते पता लॉगिन सर्वर addr peer firewall whois traceroute`,
  ],
  ['from', 'from by at via von aus vom depuis desde de dari do من से'],
  [
    'version',
    `v ver version- versión versione versão versões versi build builds release releases rel firmware fw update- updated upgrade-
     aktualisier- aktualisiert mise actualis- actualiz- atualiz- app apps apk android ios ipados macos windows win chrome firefox safari edge
     driver treiber sdk patch hotfix kernel software plugin dll bios section chapter kapitel abschnitt pilote versie sürüm версия pembaruan
     الإصدار إصدار الاصدار اصدار بالإصدار للإصدار نسخة النسخة تحديث التحديث बिल्ड संस्करण वर्जन वर्ज़न अपडेट aplikasi aplicación aplicativo application appli anwendung`,
  ],
  [
    'other',
    `order orders orderid ticket tickets case cases reference referenced ref refs invoice tracking parcel package shipment consignment
     transaction transactions txn isbn ean sku upc gtin serial imei error errors code codes uid userid user account video post upload views followers
     subscriber subscribers likes coins points score timestamp unix epoch booking reservation coupon voucher article item part model product
     batch seed replay key pin otp level rank session request incident report log job task row line page thread token hash earned
     dhl ups fedex usps hermes dpd gls correos colissimo postnord barcode version
     bestellung bestell- auftrag- auftragsnummer vorgang- rechnung- sendung- sendungsnummer paket- kundennummer kunden- aktenzeichen fehler- seriennummer konto
     transaktion- artikel- gutschein- kontonummer aufrufe zeitstempel zeichen punkte referenz- meldung
     commande- facture- référence- suivi colis compte dossier erreur- réf transaction vues abonnés horodatage article numéro-client
     pedido- factura- referencia- seguimiento envío envio paquete incidencia vistas seguidores código codigo caso cuenta 
     fatura- referência- rastreio rastreamento encomenda chamado conta protocolo- visualizações seguidores erro compra nota
     pesanan- tiket resi kode galat kesalahan faktur invoice transaksi tayangan pengikut laporan
     заказ- трек- ошибк- номер-заказа чек счет
     طلب الطلب طلبي طلبية الطلبية تذكرة التذكرة تتبع التتبع الشحنة شحنة خطأ الخطأ رمز الرمز فاتورة الفاتورة مرجع المرجع المرجعي معاملة المعاملة مشاهدة حساب الحساب كود 
     ऑर्डर टिकट ट्रैकिंग त्रुटि एरर कोड बिल रसीद संदर्भ लेनदेन शिकायत खाता व्यूज पार्सल चालान 주문- 송장- 오류-`,
  ],
  ['weak', 'id ids nr num number numéro número nummer kennung identifiant identificador identifier kenn'],
  [
    'id',
    `nationalid passport ausweis- personalausweis ausweisnummer identité identidad identidade identitas identity 
     documento cédula government taxpayer`,
  ],
  ['id:US', 'ssn ssns social socialsecurity itin'],
  [
    'id:DE',
    'steuer-id steuerid steuer steueridentifikationsnummer steuernummer idnr steuerliche identifikationsnummer tin',
  ],
  ['id:FR', 'sécu sécurité securite nir vitale insee'],
  ['id:ES', 'dni nie nif documento'],
  ['id:IT', 'fiscale codicefiscale cf'],
  ['id:BR', 'cpf'],
  ['id:IN', 'aadhaar aadhar adhaar uidai आधार'],
  ['id:NL', 'bsn burgerservicenummer sofinummer'],
  ['id:PL', 'pesel'],
  ['id:GB', 'nino insurance '],
  ['id:TR', 'tckn kimlik tc'],
  ['id:ID', 'nik ktp kependudukan'],
  ['id:KR', '주민등록번호- 주민번호- 주민- rrn'],
  ['id:CN', 'shenfenzheng'],
  ['id:CH', 'ahv avs'],
  ['id:PT', 'contribuinte nif'],
  ['id:CA', ''],
  ['id:SE', 'personnummer'],
  ['id:MX', 'curp'],
  ['id:SA', 'الهوية هوية هويتي الوطنية الإقامة إقامة اقامة'],
  ['id:EG', 'القومي قومي القومى'],
];

/** Japanese and Chinese stand without spaces: what is looked for inside a run of them, as one expression per cue. */
const UNSPACED: readonly (readonly [Cue, string])[] = [
  [
    'phone',
    '電話|携帯|連絡先|でんわ|ケータイ|スマホの番号|番号は|かけ|电话|手机|致电|拨打|联系|手機|聯絡|テレホン|ファックス|ワッツアップ|微信|ラインの番号|連絡',
  ],
  ['card', 'カード|卡号|信用卡|カード番号|ビザ|银行卡'],
  ['ip', 'アドレス|サーバ|ログイン|接続元|ホスト|登录|服务器|地址|接続'],
  ['from', 'から|来自|从'],
  ['version', 'バージョン|ヴァージョン|ビルド|アップデート|アプリ|更新|版本|版|リリース'],
  [
    'other',
    '注文|チケット|問い合わせ|追跡|伝票|エラー|コード|受付|取引|再生|フォロワー|管理番号|会員番号|整理番号|订单|快递|单号|错误|代码|视频|配送|荷物|ファイル|案件|予約',
  ],
  ['id', '身分証|本人確認|証明書'],
  ['id:JP', 'マイナンバー|個人番号'],
  ['id:CN', '身份证|身分證'],
];

const stems = new Map<string, [string, Cue][]>();
const words = new Map<string, Cue[]>();
const STEM_KEY = 2;

for (const [cue, list] of WORDS) {
  for (const word of list.split(/\s+/)) {
    if (!word.endsWith('-')) words.set(word, [...(words.get(word) ?? []), cue]);
    else stems.set(word.slice(0, STEM_KEY), [...(stems.get(word.slice(0, STEM_KEY)) ?? []), [word.slice(0, -1), cue]]);
  }
}

const NONE: readonly Cue[] = [];

/** What one word, in small letters, says of a number near it. */
export function cuesOfWord(word: string): readonly Cue[] {
  const exact = words.get(word);
  if (exact) return exact;
  const stem = stems.get(word.slice(0, STEM_KEY))?.find(([begins]) => word.startsWith(begins));
  return stem ? [stem[1]] : NONE;
}

const INSIDE = new RegExp(UNSPACED.map(([, expression], i) => `(?<c${i}>${expression})`).join('|'), 'g');

/** The last, or with `first` the first, that a run of Japanese or Chinese says. */
export function cuesInRun(run: string, first: boolean): readonly Cue[] {
  let found: readonly Cue[] = NONE;
  for (const { groups } of run.matchAll(INSIDE)) {
    const which = UNSPACED.findIndex((_, i) => groups?.[`c${i}`] !== undefined);
    const cue = UNSPACED[which]![0];
    if (cue === 'from') continue;
    found = [cue];
    if (first) return found;
  }
  return found;
}
