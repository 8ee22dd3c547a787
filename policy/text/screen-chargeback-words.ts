/** Word classes and ordinary expressions behind `screen-chargeback.ts`. */
import type { Phrases } from './screen-family.ts';
import { GOODS_WORDS } from './screen-words.ts';

const CARRIER =
  'carrier|carriers|courier|couriers|ups|usps|fedex|dhl|dpd|evri|hermes|yodel|postal|shipper|manufacturer|insurance|insurer|warranty|airline|landlord|supplier';
const QUESTION =
  'to|and check|checking|see|ask|find|confirm|verify|know|clarify|unblock|raise|increase|activate|whether|approve|update|change|release|authorise|authorize|lift|allow|why';

const KIN =
  'wife|husband|partner|roommate|roommates|flatmate|housemate|neighbour|neighbours|neighbor|neighbors|landlord|sister|brother|mum|mom|dad|mother|father|son|daughter|friend|friends|boyfriend|girlfriend|boss|colleague|colleagues|kids|family|cousin|ex|council';

const CONTACT = 'call|contact|ask|speak|talk|ring|phone|check|wait|go|message|inform|tell|notify';

export const CHARGEBACK_CLASSES: Phrases = {
  bank: [
    'bank|banks|banker|bankers|banco|bancos|visa|mastercard|amex|barclays|barclaycard|citibank|citi|hsbc|santander|natwest|monzo|revolut|lloyds|halifax|bbva|caixabank|nubank|itau|sparkasse|hdfc|icici|sbi|westpac|commbank|scotiabank|rbc|usaa|tsb|n26|banorte|banamex|bancomer|bancolombia|davivienda|sabadell|bankinter|unicaja|kutxabank|openbank',
    'card|cc company|companies|compny|issuer|issuers|provider|providers|people|network|firm|scheme|services|emitter',
    'credit|debit|charge card company|issuer|provider|people',
    'creditcard|cc company|people|provider|issuer',
    'american express',
    'master card',
    'wells fargo',
    'capital one',
    'credit union|agricole',
    'building society|societys',
    'discover|chase|ally card|bank|card',
    'with|through|via|to|at|by|from|told|tell|asked|ask|call|calling|called|dial|let|had|have|thru|or|because discover|chase|nationwide|starling|chime',
    'discover|chase|nationwide|starling|chime|klarna ~1 will|is|has|have|are|took|gave|claws|says|said|sed|wont',
    'financial institution|institutions',
    'payment|payments provider|processor|company',
    'issuer|emisor|emisora',
    'compania|empresa|entidad de la? tarjeta*',
    'entidad bancaria',
  ],
  platform: [
    'paypal|klarna|afterpay|affirm|venmo|stripe|clearpay|sezzle|zelle|cashapp|bizum|mercadopago|gcash|ebay',
    'pay pal',
    'apple|google|amazon|shop pay',
    'cash app',
    'mercado pago|libre',
  ],
  payer: ['@bank|@platform'],
  my_payer: [
    'my|our|the|a|an|mi|mis|el|la|al|su|with|to|con|on|by|through|via|thru|from|at|over ~1 @bank',
    'visa|mastercard|amex|barclays|barclaycard|hsbc|santander|natwest|monzo|revolut|lloyds',
    'american express',
    'wells fargo',
    'capital one',
    '@platform',
  ],
  paid: [
    'charge*|payment*|transaction*|purchase|purchases|debit|debits|card|cards|credit|bank|banks|visa|mastercard|amex|paypal|money|funds|statement|billing|bill|amount|invoice',
    'cargo|cargos|pago|pagos|cobro|cobros|compra|transaccion|transacciones|tarjeta|banco',
  ],
  money: [
    'money|moneys|funds|cash|payment|payments|charge|charges|transaction|transactions|amount|sum|dollars|pounds|euros|quid|bucks|refund',
  ],
  opened: [
    'open|opened|opening|opend|file|filed|files|filing|raise|raised|raising|start|started|starting|lodge|lodged|lodging|submit|submitted|submitting|initiate|initiated|initiating|begin|begun|launch|launched|log|logged|register|registered',
  ],
  reversing: [
    'reverse|reversed|reverses|reversing|reversal|reversals|revoke|revoked|revoking|contested|contests|contesting|refute|refuting|retract|retracting',
    'claw|claws|clawed|clawing ~4 back',
    'contest|challenge|challenging|challenged|recall|recalling|recalled ~3 @money',
    'revertir*|revirt*|impugn*|desconoc*|anular|retroceder',
  ],
  taking: [
    'get|gets|getting|got|recover|recovers|recovering|recovered|retrieve|retrieving|pull|pulls|pulling|pulled|take|takes|taking|took|taken|claw|clawing|yank|yanked|fetch|fetching|claim|claiming|grab|rip',
  ],
  turn_to: [
    'call|calling|contact|contacting|ring|ringing|phone|phoning|involve|involving|notify|notifying|alert|alerting|dial|dialing|inform|informing|ask|asking|tell|telling|message|messaging|approach|approaching',
    'speak|speaking|talk|talking|go|going|gonna|turn|turning|head|heading|complain|complaining|write|writing|appeal|escalate|escalating|report|reporting|run|running|reach|reaching|get|getting ~2 to|with|through|thru|via|onto|on|out|in|at',
    'take|taking|bring|bringing|raise|raising|escalate|escalating|report|reporting|refer|referring ~3 to|with',
    'get|getting|have|having|let|letting|do',
    'llamar|llamare|llamo|contactar|contactare|hablar|hablare|acudir|acudire|avisar|avisare|reclamar|reclamare|reportar|reportare|ir|ire|voy|recurrir|recurrire|hablo|contacto|acudo|reclamo|aviso|hablamos ~2 a|con|al',
    'llamar|llamare|llamo|contactar|contactare|contacto|hablar|hablare|acudir|avisar|reclamar|hablo|ire|voy|ir',
  ],
  go_to_bank: [
    '@turn_to ~2 @my_payer',
    '@turn_to bank|banco|paypal|visa|mastercard',
    '@my_payer ~1 gets|get|getting|will be? ~1 involved|hear|know',
  ],
  bank_acts: [
    'will|is|are|has|have|to|would|can|could|gonna|shall|says|said|sed|agreed|decided|promised|already|now|just|and|they|theyll|theyre|theyve|who|wants|offered',
  ],
};

/** Harmless neighbours of a term; their words do not count. After `^` only the first word does not. */
export const CHARGEBACK_ORDINARY: readonly string[] = [
  `dispute|disputes|chargeback ~1 ${GOODS_WORDS}`,
  `${GOODS_WORDS} ~3 says|saying|called|titled|named|about ~5 dispute|disputes|chargeback|bank`,
  'charge|charged|charging|charges ~2 back up',
  'dispute|disputing it may|might|could|was|is',
  'reversed the hold',
  '^bank|paypal|klarna|issuer ~1 and? they|it|she|he ~1 say|says|see|sees|said|saw ~6 not|hasnt|never|pending|arrived|problem|nothing|no|fine|ok|okay|approved',
  'call|phone|ask|contact my|our|the bank or you',
  'card|payment disputes ~1 for a? living',
  'dispute that|this as|since|because|he|she|nobody',
  'settle|settling|settled ~1 a|the|this|our ~1 dispute',
  'going|go to the bank ~1 and|on|today|anyway|tomorrow|first|saturday',
  'have|had payed|paid ~1 with|by|through|via ~1 paypal|klarna|visa|amex',
  'hear|told|tell|said ~1 my|the bank ~1 sees|shows',
  'bank holiday|holidays',
  'can|could|may|should|shall|must i|we',
  '^bank|banking account|accounts|acct|statement|statements|transfer|transfers|wire|deposit|card|cards|app|apps|book|balance|feed|code|codes|loan|manager|fees|branch|login|search|number|robbery|clerk|job|vault|note|notes|employee|teller|notification|alert|slip',
  '^banks app|apps|search|website|page|fees|side',
  'power|food|blood|piggy|river|bottle|memory|sand|seed|snow|data|talent|left|west|south|canal|toy|battery|charger bank|banks',
  'banco de jardin|madera|trabajo|abdominales|pesas|alimentos|hierro|piano|cocina',
  'devolver el|este|un|mi banco',
  'charge|charging|charges back up',
  'charge|charging it|this|that|them back up|to',
  'charge|charging|charges back to? full|fully|100|completely|again|on|in',
  'in|any|either|each|which|just|worst|best case|cases',
  'phone|carrying|travel|carry|glass|pillow|storage|protective|display|display|pencil|guitar|laptop|tablet|airpods|watch|book|suit|camera|violin|hard|leather|silicone|vanity|brief|beer|cigar case|cases',
  'claim|claiming|claimed ~3 discount|reward|rewards|points|prize|gift|offer|code|coupon|voucher|cashback|bonus|bundle|freebie|expenses|tax|vat',
  `claim|claims|case|dispute ~3 with|against|from|through|to|at|by ~2 ${CARRIER}`,
  `${CARRIER} claim|claims|claimed`,
  `${CARRIER} ~4 claim|claims`,
  `how|can|could|should|shall|do|must|would i|we|you|to ~2 file|open|make|start|submit|raise|lodge ~1 claim`,
  'small|smal|consumer claim|claims',
  'you call|contact|ring|phone|ask ~2 bank',
  'you or my|the|our bank|paypal|klarna|issuer',
  `${CONTACT}|calling|asking ~3 bank|issuer|paypal|klarna|company|provider ~3 ${QUESTION}`,
  `tell|telling|told|give|show|showing my|the bank|issuer ~2 when|where|what|which|if|something|how`,
  `dispute|disputes|argument|disagreement|debate ~1 with|between|among ~2 ${KIN}`,
  `${KIN} ~4 dispute|disputes|disputing about|over|who|which|whose`,
  'in dispute about|over ~2 hedge|fence|lawnmower|garden|parking|wall|tree|boundary',
  'no|without|beyond|family|boundary|neighbour|neighborly|labour|trade|undisputed|settle|settles|settled|settling|solve|resolve ~1 dispute|disputes',
  '^dispute|disputes who|whose|which|whether|whats|if',
  '^disputed territory|land|goal|title|call|championship',
  'contest|giveaway ~3 entry|winner|prize',
  'chargeback gift|mug|policy|fee',
  'chargeback protection|prevention|management? software|platform|solutions',
  'daily|card|transfer|payment|spending limit ~8 rang|ring|called|call|phoned|phone ~2 number',
  '^dispute|disputed|disputing a|the|my|this ~1 penalty|ticket|goal|foul|offside|referee',
  'referee|referees|umpire|umpires|goal|penalty|foul ~3 disputed',
  'as a? deposit|preauthorisation|preauthorization ~6 held|frozen|blocked',
];
