/** Special topics outside the taxonomy, by rule lists (decisions §6.4, §7 A5 and A23, §1.4). */
import { keywordHits } from './keywords.ts';
import { normalisedCopies, plainCopy } from './normalise.ts';
import { compilePhrases, type PhraseReading, type PhraseRule } from './phrases.ts';

export const SPECIAL_TOPICS = [
  'privacy',
  'security',
  'machine_mail',
  'ambiguous_unsubscribe',
  'link',
  'preorder',
] as const;
export type SpecialTopic = (typeof SPECIAL_TOPICS)[number];

/** Contact change + tracking resend (decisions §6.4) is told by this strong rule of the screen: it must escalate wherever it stands. */
export const CONTACT_CHANGE_RULE = 'fraud.contact_change';

const READING: PhraseReading = { reach: 'sentence', forgivingFrom: 8 };

const PERSONAL_DATA = [
  'data|datos|records',
  'personal|private|customer|my|our information|info|details|data|profile|account',
  'account|information|profile ~2 about|on|of me|mine',
  'everything|anything|all ~4 on|about|of me',
  'my ~2 account|profile',
];

/** The id is the topic. */
const RULES: readonly (PhraseRule & { readonly id: SpecialTopic })[] = [
  {
    // erasure
    id: 'privacy',
    phrases: [
      'delete|erase|remove|wipe|destroy|purge|forget|deleting|erasing|deletion|erasure|removal ~5 @personal_data',
      '@personal_data ~4 deleted|erased|removed|wiped|purged|deletion|erasure',
      'right to ~1 forgotten|erasure|access',
      'forget about? me',
      'borrar|borren|eliminar|eliminen|suprimir|borrado ~4 datos|cuenta|informacion',
    ],
  },
  {
    // access and export
    id: 'privacy',
    phrases: [
      'gdpr|ccpa|dsar',
      'data subject access?',
      'subject access request',
      'copy|export|download|access ~4 my ~1 data|personal',
      'what ~2 data|information ~4 have|hold|store|keep|collect ~4 about|on me',
      'do not sell my',
      'right of access',
      'data protection|privacy act|law|laws|regulation|request|rights',
      'under|according|per ~3 privacy law|laws|act|rights',
      'what ~2 you know about me',
      'rgpd|lopd|lopdgdd',
      'copia|acceso|acceder|exportar ~3 mis datos',
      'que datos ~4 mi|mios|tienen',
      'derecho ~2 olvido|acceso|supresion',
      'proteccion de datos',
    ],
  },
  {
    // what the system was told
    id: 'security',
    phrases: [
      'system|hidden|initial|original|secret|developer|internal prompt|prompts|instructions|instruction',
      'hidden|secret|internal setup|rules|configuration|message|settings|guidelines|policies',
      '@reveal ~4 system|initial|original|developer setup|rules|configuration|message',
      'environment variables',
      '@reveal ~4 tu|tus|sus ~1 instrucciones|prompt|claves|configuracion|reglas',
      '@reveal ~4 your ~2 prompt|prompts|instructions|setup|configuration|guidelines|rules|training|source',
      '@reveal ~5 prompt|prompts|@secret',
      'what ~3 your ~2 system|initial|hidden|original ~2 prompt|instructions',
      'repeat ~4 words|text|everything ~2 above|before',
      'which|what ~1 model|llm|ai are|is you|this|your',
      'debug|developer|admin|jailbreak|dan mode',
    ],
  },
  {
    // what it holds
    id: 'security',
    phrases: ['@reveal ~5 @secret', 'your ~2 @secret', 'api key|keys|token|tokens|secret|secrets'],
  },
  {
    // absence notes and automatic replies
    id: 'machine_mail',
    phrases: [
      'i|im|am|currently|be ~3 out of ~1 office',
      'out of ~1 office ~4 until|from|reply|response|message|notification|auto|automatic',
      'out of office',
      'automatic|automated|auto reply|response|message|notification|responder|email',
      'autoreply|autoresponder|autorespuesta',
      'respuesta automatica',
      'fuera de la oficina',
      'limited access to ~2 email|emails|mail|inbox',
      'on|annual|maternity|parental|vacation leave|holiday|vacation ~6 until|return|back ~8 reply|respond|contact|urgent|colleague|email',
      'vacation|holiday|absence|office notice|message|responder|reply ~8 closed|away|until|return|back',
      'office|shop|desk ~2 closed ~2 from|until|between ~16 automatic|automatically|automated|unattended',
      'this ~2 unattended|unmonitored|noreply ~1 mailbox|inbox|address|account',
      'this ~2 no reply mailbox|inbox|address|account|email|mail|message',
      'do not|dont reply ~2 to this',
      'no ~1 responder|responda a este',
      'mailbox|inbox ~3 not ~1 monitored|read',
      'generated|sent|created ~1 automatically ~6 not reply',
      'this|message|mail|email|response|reply|notice|notification is|was|has ~2 automatically|auto generated|sent|created',
      'this|message|mail|email|response|reply|notice|notification is|was|has ~2 generated|sent|created automatically',
      'este|mensaje|correo ~3 generado automaticamente',
    ],
  },
  {
    // mail servers
    id: 'machine_mail',
    phrases: [
      'undeliverable|undelivered ~3 mail|message|your|returned',
      'undeliverable',
      'delivery status notification',
      '@posted ~4 could|was|were|cannot|can|has|is not ~2 delivered ~6 recipient|recipients|address|mailbox|server|error',
      '@posted ~4 couldnt|wasnt|cant|isnt|hasnt ~2 delivered ~6 recipient|recipients|address|mailbox|server|error',
      'recipient|recipients|recipients ~4 could|can not ~1 reached|delivered|found',
      'recipient|recipients|addressee ~4 couldnt|cannot|cant ~1 reached|delivered|found',
      'recipient|recipients|recipients ~3 mailbox|inbox ~2 full|unavailable|disabled',
      'mailbox|inbox full|unavailable|disabled|quota ~16 @posted|recipient|recipients|delivery|error',
      '@posted ~12 over quota',
      'address|recipient ~2 rejected|unknown|not found ~6 server|550|smtp|mail',
      'mail delivery ~1 failed|failure|subsystem|system',
      'returned mail',
      'message|mail|email ~3 bounced|undelivered',
      'mailer daemon',
      'read receipt',
      'delivery|entrega has|ha failed|fallado to|a',
      'delivery ~2 to ~2 following recipient|recipients|address',
      'no se ~1 pudo|podido entregar ~2 mensaje|correo',
      'mensaje|correo ~3 no ~3 entregado|entregarse ~6 destinatario|buzon',
    ],
  },
  {
    // receipts of other helpdesks
    id: 'machine_mail',
    phrases: [
      'your|this request|ticket|enquiry|inquiry|message|email|query has been ~1 received|logged|created|registered|assigned',
      'ticket has|was ~1 been? created|registered|logged',
      'thank|thanks ~2 for ~1 contacting|reaching ~6 we|our|team ~2 will|ll|aim|get|reply|respond|be',
      'we|team ~2 will|ll ~2 get back|reply|respond to? you? ~1 within|as|shortly|soon ~8 ticket|reference|case|automatic*|business|working',
      'to add ~1 additional|further comments|comment ~3 reply',
      'your ticket|case|reference|request number|id|reference is|has',
    ],
  },
  {
    // newsletters
    id: 'machine_mail',
    phrases: [
      'you are|youre receiving|received this|the ~3 because you|your',
      'view this|the ~1 email|newsletter|message in|on your? ~1 browser',
      'click here to unsubscribe',
      'unsubscribe ~3 from this|these|our ~2 list|newsletter|emails|mailing ~3 here|link|below',
      'to stop|no receiving these|this emails|messages ~4 click|unsubscribe',
    ],
  },
  {
    id: 'ambiguous_unsubscribe',
    phrases: ['unsubscribe*|unsuscribe*|unsubcribe', 'un subscribe', 'desuscribir*|desuscribanme'],
  },
  {
    id: 'preorder',
    phrases: ['preorder*|preordered|backorder*|preventa', 'pre|back order|orders|ordered|venta', 'not ~1 released yet'],
  },
];

/** Words that make a plain "unsubscribe" clear: a plan on the one hand, mail on the other. */
const CLEAR_UNSUBSCRIBE = compilePhrases({
  rules: [
    {
      id: 'clear',
      phrases: [
        'subscription*|suscripcion*|refill|refills|autoship|membership|plan|monthly|recurring|orders|deliveries|delivery',
        'newsletter|newsletters|marketing|mailing|promotional|emails|email|sms|texts|list|mails|correos',
      ],
    },
  ],
  ...READING,
});

const book = compilePhrases({
  classes: {
    personal_data: PERSONAL_DATA,
    posted: ['message|mail|email|mails|emails|letter'],
    secret: [
      'password|passwords|credentials|keys|token|tokens|apikey|apikeys',
      'api key|keys|token|secret',
      'secret|private|access key|keys|token',
    ],
    reveal: [
      'show|print|reveal|tell|display|output|give|share|send|dump|expose|leak|list|repeat|write|paste|disclose|muestra|muestrame|dime|revela|imprime',
    ],
  },
  benign: [
    'my|own ~1 password',
    'reset|change|forgot|forgotten ~3 password',
    'delivery|shipping|setup|care|cleaning|assembly|user instructions',
    'which model is this',
    'remove ~4 from ~2 order|cart',
    'spare|car|house|door keys',
  ],
  rules: RULES,
  ...READING,
});

const LINK =
  /(?:https?:\/\/|www\.)\S+|(?<![\p{L}\p{N}@.])[\p{L}\p{N}-]{2,63}(?:\.[\p{L}\p{N}-]{2,63})?\.(?:com|net|org|io|co|shop|store|info|biz|app|link|xyz|ru|cn|de|uk|es|me|ly|gl|test|example)(?:\/\S*)?(?![\p{L}\p{N}@])/iu;

/** Orders to follow a link. */
const BAIT = compilePhrases({
  rules: [
    {
      id: 'machine.bait',
      phrases: [
        'click|download|install|open|visit|run|login|verify|confirm|claim|update ~8 http|https|www',
        'log|sign in ~6 http|https|www',
        'descargar|descargue|descarga|abra|pulse|verifique ~8 http|https|www',
      ],
    },
  ],
  ...READING,
});
const FIRST_PERSON = /(?<!\p{L})(?:i|im|ive|id|my|me|mine|we|our|us|mi|mis|nos|nuestro)(?!\p{L})/u;

const isWishless = (text: string): boolean => keywordHits(text).every(({ precision }) => precision !== 'high');

/** Nobody speaks of themselves and no phrase rule is sure of a wish: bulk mail that wants a link followed (decisions §7 A17). */
function isLinkBait(text: string): boolean {
  const copy = plainCopy(text);
  return BAIT(copy).has('machine.bait') && !FIRST_PERSON.test(copy) && isWishless(text);
}

/** Topics of a message, in the order of `SPECIAL_TOPICS`. */
export function specialTopics(text: string): readonly SpecialTopic[] {
  const found = new Set(normalisedCopies(text).flatMap((copy) => [...book(copy)]));
  if (CLEAR_UNSUBSCRIBE(plainCopy(text)).has('clear')) found.delete('ambiguous_unsubscribe');
  if (LINK.test(text)) found.add('link');
  if (found.has('link') && isLinkBait(text)) found.add('machine_mail');
  return SPECIAL_TOPICS.filter((topic) => found.has(topic));
}
