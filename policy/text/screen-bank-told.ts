/** A payment service that asks, decides or takes back, told without the word "chargeback" (decisions §2.1). Part of `screen-chargeback.ts`. */
import type { Phrases } from './screen-family.ts';

const BANK =
  'bank|banks|visa|mastercard|amex|paypal|papal|klarna|klana|monzo|revolut|barclaycard|issuer|barclays|chase';

export const BANK_TOLD: Phrases = {
  'cb.bank_told': [
    `${BANK} ~2 looking into|at ~1 it|this`,
    'recalled|recall|recalling|reversed|revoked the|my|our|your ~1 direct? debit|payment',
    'direct debit ~3 went|gone|sent|goes|given back',
    'lastschrift',
    'visa|amex|mastercard|paypal|bank ~1 asked|wants|needs|asks ~6 screenshots|evidence|copy|answered',
    'claim|case|dispute number|reference ~2 from|with|at amex|visa|paypal|klarna|mastercard',
    'klana|klarna|papal|paypal case ~2 is|been|now? open|opend|opened',
    'opend|opened|open ~1 a|the papal|paypal|klana|klarna case',
    'escalated|escalate|escalating the|my|it ~1 claim|case|dispute',
    'go|going on|ahead with the dispute',
    'dispuet|dispuette|disput ~4 card|bank|w',
    `${BANK} ~8 book|pull|call|claw ~3 money|pounds|euro|euros|sum|amount|payment ~1 back`,
    `${BANK} ~2 will|is ~1 make|do|making ~1 return|reversal of ~1 payment|money`,
    'asked|told|ask visa|amex|mastercard|paypal|klarna to deal|handle|help|step|intervene|sort|look',
    'inquiry|enquiry|query from ~1 mastercard|visa|amex|paypal|bank',
    'card people ~14 reference|pull|take|back|charge',
    'pressed|ticked|chose|selected ~8 described|item|received|agree ~8 paypal|box|payment',
    'button|form ~2 in|on my ~1 bank|banking ~1 app? ~6 described|shops|agree|half',
    `${BANK} ~3 says|said|sed|told ~3 i ~2 reclaim|claim|claw ~2 back|it|payment`,
    'going|straight to my|the ~1 card company|issuer|provider',
    'stopping|stop payment via|through|with ~1 bank',
    'card company|issuer|bank has|have return|returned me ~1 money',
    'taken|took it out of our|my hands ~8 sum|frozen|bank|card',
  ],
};
