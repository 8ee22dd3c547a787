/** Language of a message, deterministic and first (replies §10, decisions §1.4). */
import { detectAll } from 'tinyld';
import { isEnglishWord, isEnglishWriting } from './english-words.ts';
import { plainCopy } from './normalise.ts';

export type Language = 'en' | 'es' | 'other' | 'unknown';
export type DetectedLanguage = {
  /** `unknown`: too short or too uncertain to say; no reply. */
  readonly language: Language;
  /** ISO 639-1 code of what it looks most like; `null` when there is nothing to look at. */
  readonly code: string | null;
  /** 0..1, two decimals. */
  readonly confidence: number;
  /** Two languages in one message: `language` is not English then. */
  readonly mixed: boolean;
};

const MIN_LETTERS = 20; // replies §10
const MIN_CONFIDENCE = 0.9; // replies §10
const MAX_CHARS = 4_000; // what the classifier reads, decisions §3.3
/** Share of everyday English words from which a text is English without asking n-grams, and below which it is not. */
const ENGLISH_SHARE = { sure: 0.65, impossible: 0.2 } as const;

/** Words that are Spanish and nothing else here; English neighbours ("no", "me", "a", "son", "once") are left out. */
const SPANISH_WORDS: ReadonlySet<string> = new Set(
  `hola buenos buenas dias tardes noches gracias favor por para porque pero como cuando cuanto donde quien cual que esta estan este estos estas ese esa eso
  mi mis tu sus su nuestro una uno unos unas los las lo le les el la del al con sin sobre entre hasta desde muy mas menos tambien todavia aun ya nunca siempre
  pedido pedidos paquete envio compra orden producto cuenta tarjeta dinero reembolso devolver devolucion cancelar cancelen quiero quisiera necesito puede pueden
  podria podrian tengo tiene tienen hay fue era soy estoy llega llego llegado recibi recibido envien enviar enviaron enviarme ayuda ayudar espero esperando semana semanas hace
  dias mes meses hoy ayer manana direccion correo telefono numero nada algo alguien usted ustedes ellos nosotros saber informacion rastreo seguimiento banco cargo cobro cobraron
  abogado matar voy vamos roto danado funciona cambiar comprar compre precio disponible espanol senor senora saludos atentamente`
    .split(/\s+/)
    .filter((word) => word !== ''),
);

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

function withoutIdentifiers(text: string): string {
  return text.replace(/\S*@\S*|(?:https?:\/\/|www\.)\S*|\S*\d\S*/giu, ' ');
}

/** Names inside a sentence say nothing of its language: "ship to San Juan". */
function withoutNames(text: string): string {
  return text.replace(/(?<=[\p{Ll}\d,] )\p{Lu}[\p{L}\p{M}'’-]+/gu, (name) =>
    wordsOf(name).every(isEnglishWriting) ? name : ' ',
  );
}

function wordsOf(text: string): string[] {
  return plainCopy(text).match(/\p{L}+/gu) ?? [];
}

/** Best n-gram guess and how far it stands out from the next. */
function guess(text: string): { code: string; confidence: number } | null {
  const [first, second] = detectAll(text);
  if (!first) return null;
  return { code: first.lang, confidence: first.accuracy / (first.accuracy + (second?.accuracy ?? 0)) };
}

function shareOf(words: readonly string[], test: (word: string) => boolean): number {
  return words.length === 0 ? 0 : words.filter(test).length / words.length;
}

const isSpanish = (word: string) => SPANISH_WORDS.has(word);
const isForeignWord = (word: string) => isSpanish(word) && !isEnglishWord(word);

type Reading = { readonly code: string; readonly confidence: number };

/** Code and confidence of a text of at least `MIN_LETTERS` letters; word lists outvote n-grams, which are weak on short text. */
function readLong(text: string, words: readonly string[]): Reading | null {
  const english = shareOf(wordsOf(withoutNames(text)), isEnglishWriting);
  const spanish = shareOf(words, isSpanish);
  if (spanish > english && spanish >= 0.4) return { code: 'es', confidence: Math.max(MIN_CONFIDENCE, spanish) };
  if (english >= ENGLISH_SHARE.sure && english > spanish)
    return { code: 'en', confidence: Math.max(MIN_CONFIDENCE, english) };
  const guessed = guess(text);
  if (!guessed) return null;
  if (guessed.code === 'en')
    return english < ENGLISH_SHARE.impossible
      ? null
      : { code: 'en', confidence: Math.min(guessed.confidence, 0.5 + english / 2) };
  // Half of the words being everyday English makes a foreign guess doubtful.
  return { code: guessed.code, confidence: guessed.confidence * (1 - Math.max(0, english - 0.3)) };
}

/** Two languages, each with words of its own: a sentence in another language, or several foreign words among English ones. */
function isMixed(text: string, words: readonly string[], main: string): boolean {
  const foreign = new Set(words.filter(isForeignWord)).size;
  const english = words.filter((word) => isEnglishWord(word) && !isSpanish(word)).length;
  if (foreign >= 2 && english >= 3) return true;
  const readings = text
    .split(/[.!?;\n]+/u)
    .map((sentence) => ({ sentence, words: wordsOf(sentence) }))
    .filter((part) => part.words.join('').length >= MIN_LETTERS)
    .map((part) => readLong(part.sentence, part.words))
    .filter((reading) => reading !== null && reading.confidence >= MIN_CONFIDENCE);
  return readings.some((reading) => reading !== null && reading.code !== main);
}

function languageOf(code: string): Language {
  return code === 'en' || code === 'es' ? code : 'other';
}

/**
 * Detects the language of cleaned text. Short or uncertain text is English when the helpdesk's locale says so, or when every
 * word is in the English list; otherwise `unknown`.
 */
export function detectLanguage(text: string, locale: string | null = null): DetectedLanguage {
  const readable = withoutIdentifiers(text.slice(0, MAX_CHARS));
  const words = wordsOf(readable);
  const letters = words.join('').length;
  if (letters === 0) return { language: 'unknown', code: null, confidence: 0, mixed: false };

  const reading = letters >= MIN_LETTERS ? readLong(readable, words) : null;
  if (reading && reading.confidence >= MIN_CONFIDENCE) {
    const mixed = isMixed(readable, words, reading.code);
    const language = languageOf(reading.code);
    // English among something else is no English message (replies §10).
    return {
      language: mixed && language === 'en' ? 'unknown' : language,
      code: reading.code,
      confidence: round(reading.confidence),
      mixed,
    };
  }
  const mixed = isMixed(readable, words, 'en');
  const isListed = words.every(isEnglishWriting);
  // A locale speaks for text that could be English, not against words of another language.
  const isDeclared =
    locale !== null &&
    /^en\b/i.test(locale) &&
    !words.some(isForeignWord) &&
    // Of a text long enough to tell, half at least is English: the locale is the customer's, not the message's.
    (letters < MIN_LETTERS || shareOf(words, isEnglishWriting) >= 0.5) &&
    /^[\p{Script=Latin}\P{L}]*$/u.test(readable);
  const english = !mixed && (isListed || isDeclared);
  return {
    language: english ? 'en' : 'unknown',
    code: english ? 'en' : (reading?.code ?? null),
    confidence: round(english ? (isListed ? 1 : 0.5) : (reading?.confidence ?? 0)),
    mixed,
  };
}
