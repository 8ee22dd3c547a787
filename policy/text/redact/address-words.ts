/** Words that make an address, or show that there is none. */

const listed = (text: string): readonly string[] => text.trim().split(/\s+/);

/** Words for a street that hardly mean anything else behind a number and a name. */
export const STREETS: readonly string[] = listed(`
street str st avenue ave av boulevard blvd road rd lane ln terrace ter crescent cres highway hwy parkway pkwy expressway
turnpike alley mews grove gardens gdns circle cir trail trl causeway broadway esplanade
`);

/** Streets that are called so and nothing more: "123 Broadway". */
export const WHOLE_STREETS: readonly string[] = listed(
  'broadway bowery embarcadero piccadilly strand haymarket esplanade',
);

/** Words for a street that mean other things as often. */
export const WEAK_STREETS: readonly string[] = listed(`
way drive dr place pl court ct close square sq park row walk hill rise view point path plaza green loop run cove pass
`);

/** Behind a number these count something. */
export const COUNT_NOUNS: ReadonlySet<string> = new Set(
  listed(`
second seconds sec minute minutes min mins hour hours hr hrs day days night nights week weeks month months year years time times
ml oz lb lbs kg g gram grams cm mm inch inches ft feet mile miles km percent dollar dollars buck bucks euro euros pound pounds
piece pieces pc pcs pack packs box boxes bottle bottles item items order orders package packages parcel parcels email emails
message messages call calls people person persons star stars unit units set sets pair pairs of x more extra other different new
business working calendar am pm degrees watt watts volt volts hundred thousand candle candles oil oils mug mugs shirt shirts
`),
);

/** No street name holds these. */
export const FUNCTION_WORDS: ReadonlySet<string> = new Set(
  listed(`
a an the of my your our their his her its this that these those i you we they he she it me us them to for from with without and or but
is are was were be been am do does did have has had not no yes in on at by as if so than then when where which who what why how
please thanks got get still just only about into over under until since because will would can could should
`),
);

/** Postal codes of states, territories and the military; those that are English words stand apart. */
export const STATES: readonly string[] = listed(`
AK AZ AR CA CT DC FL GA IA IL KS KY MD MI MN MS MO MT NC ND NE NH NJ NM NV NY RI SC SD TN TX UT VA VT WA WI WV WY PR GU VI
Alabama Alaska Arizona Arkansas California Colorado Connecticut Delaware Florida Georgia Hawaii Idaho Illinois Indiana Iowa Kansas
Kentucky Louisiana Maine Maryland Massachusetts Michigan Minnesota Mississippi Missouri Montana Nebraska Nevada Ohio Oklahoma Oregon
Pennsylvania Tennessee Texas Utah Vermont Virginia Washington Wisconsin Wyoming
`)
  .map((state) => state.toUpperCase())
  .concat('NEW YORK', 'NEW JERSEY', 'NEW MEXICO', 'NEW HAMPSHIRE', 'NORTH CAROLINA', 'SOUTH CAROLINA')
  .concat('NORTH DAKOTA', 'SOUTH DAKOTA', 'WEST VIRGINIA', 'RHODE ISLAND', 'PUERTO RICO');
export const WORDLIKE_STATES: readonly string[] = listed('AL CO DE HI ID IN LA MA ME OH OK OR PA');

/** Postcode areas of the United Kingdom. */
export const UK_AREAS: readonly string[] = listed(`
AB AL BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY EC EH EN EX FK FY GL GU GY HA HD HG HP HR
HS HU HX IG IM IP IV JE KA KT KW KY LA LD LE LL LN LS LU ME MK ML NE NG NN NP NR NW OL OX PA PE PH PL PO PR RG RH RM SA SE SG SK SL
SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB WA WC WD WF WN WR WS WV YO ZE B E G L M N S W
`);

/** Spanish provinces and their capitals, as they follow a postal code. */
export const PROVINCES: readonly string[] = listed(`
Madrid Barcelona Valencia Sevilla Zaragoza M[aá]laga Murcia Palma Alicante C[oó]rdoba Valladolid Vigo Gij[oó]n Vitoria Granada Elche
Oviedo Badalona Cartagena Terrassa Sabadell Pamplona Almer[ií]a Burgos Albacete Santander Logro[nñ]o Badajoz Salamanca Huelva Lleida
Tarragona Le[oó]n C[aá]diz Ja[eé]n Ourense Girona Lugo C[aá]ceres Toledo Ceuta Melilla Bilbao Huesca Teruel Soria Segovia Zamora [AÁ]vila
Palencia Cuenca Guadalajara Pontevedra
`);
