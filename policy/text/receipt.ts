/** Does the customer say that a delivered parcel is not there? (replies §2.5, S7 and S8; decisions §4, §6.4) */
import { normalisedCopies } from './normalise.ts';
import { compilePhrases } from './phrases.ts';

const book = compilePhrases({
  classes: {
    parcel: [
      'package|packages|parcel|parcels|order|orders|box|delivery|shipment|mail|it|item|items|purchase|stuff|anything|pkg|package|paquete|pedido|nada',
    ],
  },
  benign: [
    'not|havent|dont|didnt ~2 got|get|have|received|receive ~2 a|an|any|the|your ~1 reply|response|answer|email|refund|tracking|update|confirmation|code',
  ],
  rules: [
    {
      id: 'receipt.denied',
      phrases: [
        'not|never|havent|hasnt|didnt|hadnt|wasnt|isnt|dint|dont ~2 receive|received|receiving|recieve|recieved|recived|receved|recevied',
        'never|didnt|not|havent|hasnt|dint|aint ~1 got|get|gotten|gotton|getting|arrive|arrived|arived|come|came|show|showed|shown|seen|saw|see',
        'isnt|not|wasnt|arent|never|nowhere|aint ~1 here|there|found|delivered|at|on|in',
        'nothing ~3 here|there|arrived|came|received|delivered|in|at|on|outside|porch|mailbox|door|yet|has|was',
        'got|have|received|see|found|there ~2 nothing',
        'still nothing|missing|waiting',
        'no|without ~1 package|parcel|delivery|box|order|sign|trace|packages',
        'cant|cannot|couldnt ~1 find|locate|see',
        'could|can not find|locate|see',
        'unable to find|locate|see',
        'nowhere ~3 found|seen|be',
        'stolen|stole|theft|swiped|nicked|robado|robaron|pirate|pirates|thief|thieves',
        'took|taken|grabbed ~4 package|parcel|box|order|it|porch|doorstep',
        '@parcel ~4 missing|gone|disappeared|vanished|lost|absent',
        'missing|lost|disappeared|vanished ~3 @parcel',
        'wrong|different|another|neighbor|neighbour|neighbors|neighbours|incorrect ~1 house|address|door|building|apartment|person|home|place|unit',
        'porch|mailbox|doorstep|locker|letterbox ~3 empty',
        'empty porch|mailbox|doorstep|locker',
        'not|isnt|wasnt my ~2 door|porch|house|doorstep|building|signature',
        'where ~4 if|then ~6 delivered',
        'no ~3 recibido|recibi|recibimos|llego|llegado|llega|encuentro|aparece|esta|tengo|hay',
        'nunca ~2 recibi|llego',
        'perdido|extraviado|desaparecio',
      ],
    },
  ],
  reach: 'text',
  forgivingFrom: 6,
});

/** True on any phrase of non-receipt, misspelt or in Spanish; when in doubt true, because the safe path is a person. */
export function deniesReceipt(text: string): boolean {
  return normalisedCopies(text).some((copy) => book(copy).has('receipt.denied'));
}
