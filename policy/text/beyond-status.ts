/** What an order's status leaves unanswered: would a careful person be content to answer with the status alone? (decisions §4) */
import { wantsUnknown } from './beyond-clauses.ts';
import { ORDER } from './beyond-order.ts';
import { PARCEL } from './beyond-parcel.ts';
import { stripForgery } from './forgery.ts';
import { normalisedCopies } from './normalise.ts';
import { compileParts, compilePhrases } from './phrases.ts';

export const BEYOND_STATUS_VERSION = 'beyond-status@1.0.0';

export const BEYOND_STATUS = [
  'delivery_wish',
  'partial',
  'exception',
  'moved',
  'condition',
  'other_person',
  'closing',
  'document',
  'person_wish',
  'several_orders',
  'money',
  'replacement',
  'ending',
  'product_question',
  'errand',
  'unknown_wish',
] as const;
export type BeyondStatus = (typeof BEYOND_STATUS)[number];

const MAX_CHARS = 16_000; // far beyond what the verifier is given (decisions §4)

/** `text`: mail breaks lines anywhere, and chat has no full stops; a stop in between counts as a word. */
const book = compileParts([PARCEL, ORDER], { reach: 'text', forgivingFrom: 8 });

/** Thanks or news, and words that make a question or a complaint of a message. */
const tone = compilePhrases({
  benign: ['in advance', 'gracias de antemano', 'letting|let me know that|its|it'],
  rules: [
    {
      id: 'content',
      phrases: [
        'thank|thanks|thankyou|thx|ty|cheers|gracias|appreciate|appreciated|great|perfect|love|lovely|awesome|happy|glad',
        'all|its|looks|im good|set|well|fine|great',
        'got|received ~2 it|mine|them|order|package|parcel',
        'arrived|came|delivered',
      ],
    },
    {
      id: 'asks',
      phrases: [
        'where|wheres|wher|whers|whereabouts|when|whens|wen|what|whats|how|hows|which|who|why|whether|if|any|donde|cuando|que|cual|como',
        'has|have|did|does|do|can|could|would|will|may|is ~1 my|the|it|you|u|i|we|they|this|order|someone|somebody|anyone',
        'status|update|updates|eta|news|know|tell|check|looking|look|wondering|track|info|information|need|want|waiting|curious|help|please|pls|plz|chase|trace|locate|follow|find|inquir*|enquir*|estado|saber|espero|esperando',
        'not|no|hasnt|havent|isnt|didnt|doesnt|wasnt|arent|still|yet|late|delayed|nothing|nobody|noone|never|waited|overdue|supposed|aun|todavia',
      ],
    },
  ],
  reach: 'text',
  forgivingFrom: 8,
});

/** News or thanks that want no answer: "thanks, it arrives tomorrow, all good". */
function asksNothing(text: string, copy: string): boolean {
  if (/[?¿]/u.test(text)) return false;
  const found = tone(copy);
  return found.has('content') && !found.has('asks');
}

/** "Sarah's order", "Mr. Lee's parcel": a name that no list holds. Not "today's order", "where's my order", "what's order 12 doing". */
const POSSESSED = /(?<!\p{L})(\p{L}{1,40})['’]s (?:\w{1,20} )?(?:order|package|parcel|shipment|delivery)(?!\p{L})/giu;
const NOBODY =
  /^(?:today|yesterday|tonight|week|month|year|mon|tues|wednes|thurs|fri|satur|sun|\p{L}+day|where|what|how|when|who|why|here|there|that|it|he|she|let|christmas|company|store|shop|courier|carrier|ups|fedex|dhl|usps|this|everything|nothing)$/iu;

function namesAnother(text: string): boolean {
  return [...text.matchAll(POSSESSED)].some(([, owner = '']) => !NOBODY.test(owner));
}

/** What is asked of us by "could you …": the verbs of an answer, or of what happens to every order anyway. */
const ERRAND =
  /(?<!\p{L})(?:can|could|would) (?:you|u|someone|somebody|anyone)(?: (?:guys|please|pls|plz|kindly|just|also|maybe|possibly|at least|all|perhaps|quickly|finally|actually|now|then|by any chance|be able to))* (\p{L}+)/gu;
const ANSWERABLE = new Set(
  (
    'tell let check help look find see give send update confirm advise explain provide share track trace locate get verify inform hurry ' +
    'ship deliver dispatch assist investigate respond reply answer do be have follow email message notify contact guarantee imagine believe ' +
    'read understand speed rush push resolve fix sort say shed make keep text clarify estimate figure show direct point pull resend expect ' +
    'know mind like please pls plz the my me chase double shoot drop take try state quote communicate ask still peek dm pm poke tel go write see'
  ).split(' '),
);

function runsErrand(copy: string): boolean {
  return [...copy.matchAll(ERRAND)].some(([, verb = '']) => !ANSWERABLE.has(verb));
}

/** Kinds of things in a text that its order's status would not settle, in the order of `BEYOND_STATUS`; on doubt it names one. */
export function beyondStatus(written: string): readonly BeyondStatus[] {
  const text = stripForgery(written.slice(0, MAX_CHARS)); // what is said in a machine's voice wants nothing (decisions §7 A2–A4)
  const copies = normalisedCopies(text);
  const plain = copies[0] ?? '';
  const ids = new Set(copies.flatMap((copy) => [...book(copy)]));
  if (asksNothing(text, plain)) ids.add('closing');
  if (namesAnother(text)) ids.add('other_person');
  if (runsErrand(plain)) ids.add('errand');
  if (wantsUnknown(text)) ids.add('unknown_wish');
  return BEYOND_STATUS.filter((kind) => ids.has(kind));
}
