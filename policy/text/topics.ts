/** Special topics outside the taxonomy, by rule lists (decisions §6.4, §7 A5 and A23, §1.4). */
import { normalisedCopies, plainCopy } from './normalise.ts';
import { compilePhrases, type PhraseRule } from './phrases.ts';

export const SPECIAL_TOPICS = [
  'privacy',
  'security',
  'machine_mail',
  'ambiguous_unsubscribe',
  'link',
  'preorder',
] as const;
/** `contact change + tracking resend` is the strong screen rule `fraud.contact_change`, not a topic. */
export type SpecialTopic = (typeof SPECIAL_TOPICS)[number];

const PERSONAL_DATA = [
  'data|datos|records',
  'personal|private|customer|my|our information|info|details|data|profile|account',
  'account|information|profile ~2 about|on|of me|mine',
  'everything|anything|all ~4 on|about|of me',
  'my ~2 account|profile',
];

const RULES: readonly (PhraseRule & { readonly topic: SpecialTopic })[] = [
  {
    id: 'privacy.erase',
    topic: 'privacy',
    phrases: [
      'delete|erase|remove|wipe|destroy|purge|forget|deleting|erasing|deletion|erasure|removal ~5 @personal_data',
      '@personal_data ~4 deleted|erased|removed|wiped|purged|deletion|erasure',
      'right to ~1 forgotten|erasure|access',
      'forget about? me',
      'borrar|borren|eliminar|eliminen|suprimir|borrado ~4 datos|cuenta|informacion',
    ],
  },
  {
    id: 'privacy.export',
    topic: 'privacy',
    phrases: [
      'gdpr|ccpa|dsar',
      'data subject access?',
      'subject access request',
      'copy|export|download|access ~4 my ~1 data|personal',
      'what ~2 data|information ~4 have|hold|store|keep|collect ~4 about|on me',
      'do not sell my',
      'copia ~3 mis datos',
    ],
  },
  {
    id: 'security.prompt',
    topic: 'security',
    phrases: [
      'system|hidden|initial|original|secret|developer|internal prompt|prompts|instructions|instruction|setup|rules|configuration|message',
      '@reveal ~4 your ~2 prompt|prompts|instructions|setup|configuration|guidelines|rules|training|source',
      '@reveal ~5 prompt|prompts|@secret',
      'what ~3 your ~2 system|initial|hidden|original ~2 prompt|instructions',
      'repeat ~4 words|text|everything ~2 above|before',
      'which|what ~1 model|llm|ai are|is you|this|your',
      'debug|developer|admin|jailbreak|dan mode',
    ],
  },
  {
    id: 'security.keys',
    topic: 'security',
    phrases: ['@reveal ~5 @secret', 'your ~2 @secret', 'api key|keys|token|tokens|secret|secrets'],
  },
  {
    id: 'machine.absence',
    topic: 'machine_mail',
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
      'this ~2 unattended|unmonitored|noreply ~1 mailbox|inbox|address|account',
      'do not reply to this',
      'mailbox ~3 not ~1 monitored',
    ],
  },
  {
    id: 'machine.delivery',
    topic: 'machine_mail',
    phrases: [
      'undeliverable|undelivered ~3 mail|message',
      'delivery status notification',
      'message ~4 could|was not ~1 delivered ~3 recipient|recipients|address',
      'mail delivery ~1 failed|failure|subsystem|system',
      'mailer daemon',
      'read receipt',
      'delivery has failed to',
    ],
  },
  {
    id: 'unsubscribe.word',
    topic: 'ambiguous_unsubscribe',
    phrases: ['unsubscribe*|unsuscribe*|unsubcribe', 'un subscribe', 'desuscribir*|desuscribanme'],
  },
  {
    id: 'preorder.term',
    topic: 'preorder',
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
  reach: 'text',
  forgivingFrom: 8,
});

const book = compilePhrases({
  classes: {
    personal_data: PERSONAL_DATA,
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
  reach: 'sentence',
  forgivingFrom: 8,
});

const LINK =
  /(?:https?:\/\/|www\.)\S+|(?<![\p{L}\p{N}@.])[\p{L}\p{N}-]{2,63}(?:\.[\p{L}\p{N}-]{2,63})?\.(?:com|net|org|io|co|shop|store|info|biz|app|link|xyz|ru|cn|de|uk|es|me|ly|gl|test|example)(?:\/\S*)?(?![\p{L}\p{N}@])/iu;

/** Topics of a message, in the order of `SPECIAL_TOPICS`. */
export function specialTopics(text: string): readonly SpecialTopic[] {
  const ids = new Set(normalisedCopies(text).flatMap((copy) => [...book(copy)]));
  const found = new Set<SpecialTopic>(RULES.filter((rule) => ids.has(rule.id)).map((rule) => rule.topic));
  if (CLEAR_UNSUBSCRIBE(plainCopy(text)).has('clear')) found.delete('ambiguous_unsubscribe');
  if (LINK.test(text)) found.add('link');
  return SPECIAL_TOPICS.filter((topic) => found.has(topic));
}
