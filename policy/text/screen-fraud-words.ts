/** Word classes and ordinary expressions behind `screen-fraud.ts`. */
import type { Phrases } from './screen-family.ts';

export const FRAUD_CLASSES: Phrases = {
  card: [
    'credit|debit|bank|visa|mastercard|amex|saved ~1 card|cards|details|information|info|data',
    'my|our|his|her|their|moms|mums|dads|mothers|fathers|wifes|husbands|grandmothers|grandfathers|late|the|a ~2 card|cards|crad|cardd|wallet|walet|purse|visa|mastercard|amex|paypal|debit|credit|atm',
    'my|our|his|her|their apple|google pay',
  ],
  card_word: ['card|cards|visa|mastercard|amex|paypal|debit|credit|bank|statement|account|statements'],
  account: [
    'my|our|his|her|their|moms|mums|mothers|fathers|husbands|wifes|the ~2 account|acount|acct|accounts|profile|login|name|identity|details|data|email|address|points',
  ],
  mine: ['@card|@account'],
  bought: [
    'bought|buy|buying|ordered|order|orderd|ordering|purchased|purchase|purchasing|placed|made|make|place|shopping|spent|spending|got|charged|paid|used|using|usd|use|getting',
  ],
  deal: [
    'charge*|chrge|purchase*|purchse|order*|ordr|payment*|transaction*|debit|debits|withdraw*|transfer|subscription',
  ],
  contact: [
    'email|emails|mail|phone|mobile|cell|cellphone|telephone|contact|correo|telefono|movil|celular|mailbox',
    'e mail',
    'contact details|info|information|number|email',
    'phone number',
  ],
  contact_change: [
    'change|changing|changed|switch|switching|replace|replacing|swap|swapping|modify|edit|alter|remove ~3 the|my|our|this|order|orders|contact|account|delivery|old ~2 @contact',
    'change|changing|switch|switching|replace|replacing|swap|modify|alter|update @contact',
    'update|updating|updated|correct|amend the|my|our|order|orders|contact|account ~2 @contact',
    'use|put|add|set|need|enter|here|is|have|got|with|under|on|old ~3 new|different|another|other|alternate|alternative|second @contact',
    'put|add|set ~3 @contact ~3 on|to|instead ~2 order|file|account|mine',
    'new|different ~1 @contact ~2 for|on|is ~3 my|the|order|account',
    '@contact ~3 wrong|misspelled|misspelt|mistyped|incorrect ~12 change|correct|replace|update|fix|put ~1 it',
    '@contact ~8 off|from ~2 the|my|our order|account|file ~2 put|add|use|set',
    'take|taking|get ~4 @contact ~1 off ~3 order|account|file',
    'no longer|lost|cant|without ~3 access|use|open ~3 @contact|mails',
    'cambiar|cambie|cambien|cambiarme|actualizar|actualice|modificar ~4 @contact',
    'nuevo|otro @contact',
  ],
  tracking_request: [
    'send|resend|sending|resending|forward|forwarding|text|share|give|email|provide|reissue ~6 tracking|trackng|link|track|confirmation|shipment|shipping|invoice|codes|details',
    're send ~6 tracking|link|track|confirmation',
    'text|send|message me|us ~2 the? code|codes|pin|pickup|pick',
    'tracking|link|track ~4 sent|resent|forwarded|emailed|texted|again',
    'enviar|envie|envien|envienme|enviame|enviarme|envieme|reenviar|reenvie|reenvien|reenvienme|mandar|mande|manden|mandame|mandenme|pasar|pasame ~6 rastreo|seguimiento|guia|enlace|link|tracking',
  ],
  stolen: [
    'stolen|stole|steal|stealing|cloned|robbed|skimmed|swiped|nicked|snatched|pinched|lifted|mugged|copied|compromised|stoled',
  ],
  lure: [
    'text|texts|txt|sms|email|emails|mail|message|msg|dm|call|caller|link|letter|website|site|page|phishing|pop|ad|advert|profile|account|post|popup',
  ],
  secret: [
    'cvv|cvc|otp|pin|passcode|passwords|password|ssn|iban',
    'card|bank|banking|account|login|credit|debit|payment details|number|numbers|info|information|data|login|coordinates|code|pin|digits',
    'three|sixteen|16|3|last four? digits',
    'verification|security|one|sms|bank code|codes',
    'long number',
    'remote access',
    'datos|clave|codigo|numero ~3 tarjeta|banco|bancarios|cuenta',
  ],
  without_leave: [
    'without|no ~3 permission|consent|knowledge|authori*|autori*|approval|knowing',
    'without ~1 me|us|him|her ~1 asking|telling',
    'without asking',
    'with o ~2 permission|consent|asking|knowing|authori*',
    'behind my|our|his|her|their back',
    'sin ~1 permiso|autorizacion|consentimiento|conocimiento|saberlo|preguntar',
  ],
};

/** Harmless neighbours of a term; their words do not count. After `^` only the first word does not. */
export const FRAUD_ORDINARY: readonly string[] = [
  'gift|greeting|memory|sim|sd|birthday|thank|trading|pokemon|playing|loyalty|membership|business|christmas|anniversary|postcard|index|report|score|graphics|video|place you? card|cards',
  'card holder|case|wallet|sleeve|game|games|stock|table|box|with|reader',
  'life|cleaning|home|kitchen|storage|beauty|hair|money|growth|travel|ikea hack|hacks',
  'hacked together',
  'hack saw|day|night',
  'is|are ~6 legit|real|genuine|safe|trustworthy ~1 or|and ~3 scam|fraud|fake|scams',
  'is|isnt|are|does your ~3 a? scam|fraud|scams',
  'scam or|vs legit|real|genuine|not',
  'not|isnt|no|some|another|possible|avoid|against ~1 a|of? ~1 scam|scams',
  'afraid|worried|scared|wondering|hope|hoping|hesitant|unsure ~6 scam|scams|scammed',
  'been|got|getting|get|was scammed|hacked ~1 before|elsewhere|online|last|once|by|another',
  'scammed ~2 by ~2 another|other|different',
  'fraud|scam filter|filters|department|dept|team|alert|alerts|check|checks|detection|prevention|protection|screen|hold|block|system|desk|squad|documentary|podcast|movie|series|book',
  'bank|issuer ~6 thought|thinks|think|because ~4 fraud',
  'es|son ~2 estafa o',
  'code|coupon|voucher ~3 fraudulently',
  'anti|false|over|suspected|potential|possible|thought|thinks|for|as fraud|scam|fraudulent',
  'my|order|payment ~3 flagged|blocked|declined|held|cancelled|canceled|rejected ~4 fraud|fraudulent',
  'spamming',
  'fake|faux leather|fur|plant|plants|flowers|tan|lashes|grass|nails|eyelashes|blood|snow|candles|reviews|review|news|wood|suede|hair|tattoo|food|beard|moustache|diamond',
  'someone|anyone|somebody|person|people ~3 in|from|at your|the ~1 team|shop|store|support|end|company|staff|service',
  'new|another|different|old phone|mobile|email case|cases|charger|holder|cover|screen|saying|telling|confirming|about',
  'stole|steal|stealing|stolen ~2 show|heart|glance|look|deal|thunder|idea|scene',
  'a|absolute|total|real steal',
  'identity crisis',
  'order|ordered this|that|it ~3 i|we ordered|wanted|bought|chose|asked|picked|paid',
  'my order ~1 its a|someone|somebody',
  'my order i got',
];
