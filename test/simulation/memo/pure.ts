/**
 * The functions that read what a customer wrote, and what lies on the bus: pure (policy/ keeps no state), slow, and asked about
 * the same again and again.
 */

export type PureFunction = {
  readonly name: string;
  /** So many leading arguments are no part of the content: the release's only weights. */
  readonly ignored: number;
  /** Kept by the frozen object that is handed in, and not by its text, which is as long as what is computed. */
  readonly byObject?: true;
};

const ofObject = (name: string): PureFunction[] => [{ name, ignored: 0, byObject: true }];
const of = (...names: readonly string[]): PureFunction[] => names.map((name) => ({ name, ignored: 0 }));

/** By file. */
export const PURE: Readonly<Record<string, readonly PureFunction[]>> = {
  'functions/shared/consumer/opening.ts': ofObject('readEnvelope'),
  'functions/shared/envelopes.ts': ofObject('canonicalJson'),
  'policy/text/clean.ts': of('cleanMessage'),
  'policy/text/screen.ts': of('screenTier0'),
  'policy/text/keywords.ts': of('keywordHits', 'writtenHits', 'unansweredHits', 'classifyByKeywords'),
  'policy/text/features.ts': of('extractFeatures'),
  'policy/text/topics.ts': of('specialTopics'),
  'policy/text/language.ts': of('detectLanguage'),
  'policy/text/receipt.ts': of('deniesReceipt'),
  'policy/text/questions.ts': of('asksSomethingElse'),
  'policy/text/beyond-status.ts': of('beyondStatus'),
  'policy/text/order-numbers.ts': of('namedOrderNumbers'),
  'policy/embedded/reading.ts': of('readingOf'),
  'policy/embedded/unasked.ts': of('unaskedIn'),
  'policy/embedded/model.ts': [{ name: 'readText', ignored: 1 }],
};
