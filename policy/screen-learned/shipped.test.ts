import { describe, expect, it } from 'vitest';
import { screenTier0 } from '../text/screen.ts';
import { detectorOf, LEARNED_RULES, learnedHit } from './detector.ts';
import { LEARNED_WEIGHTS } from './weights.ts';

const detector = detectorOf(LEARNED_WEIGHTS);

const SAMPLES = {
  'learned.chargeback': {
    hits: [
      'The card people have been told the whole story and will pull the money from your side.',
      'I have asked Amex to take the payment away from you again.',
      'Amex says I will have it back by Friday whether you like it or not.',
    ],
    benign: ['I paid by card and would like the receipt for my bank.', 'Which cards do you take, Amex too?'],
  },
  'learned.legal': {
    hits: [
      "I'll let the judge have a look at your terms.",
      'Papers will be served at your registered office.',
      'Trading standards have had all my letters as of today.',
    ],
    benign: [
      'My daughter starts law school and needs a desk lamp.',
      'The judge of our baking contest wants two more moulds.',
    ],
  },
  'learned.harassment': {
    hits: [
      "I'm coming over there and none of you will be smiling afterwards.",
      "I know where your staff take their lunch and I'm bringing friends.",
      'I know your face now and I never forget one.',
    ],
    benign: ['Your staff deserve a long lunch, they were lovely.', 'I could kill for another box of that fudge.'],
  },
  'learned.fraud': {
    hits: [
      'Somebody has been buying things on my account that I know nothing about.',
      'Whoever bought that lamp with my card, it was not me.',
      'My card was used at your shop while it lay in my drawer.',
    ],
    benign: [
      'My sister placed the order for me, can you tell me when it comes?',
      "I paid with my husband's card, he knows.",
    ],
  },
} as const;

describe.each(LEARNED_RULES)('$id', ({ id }) => {
  it.each(SAMPLES[id].hits)('hits: %s', (text) => {
    expect(learnedHit(detector, text)?.id).toBe(id);
  });

  it.each(SAMPLES[id].benign)('leaves alone: %s', (text) => {
    expect(screenTier0({ own: text, quoted: '' }).strength).toBe('none');
  });
});

describe('in the screen', () => {
  /** No rule hits it. */
  const TOLD = SAMPLES['learned.chargeback'].hits[2];
  const FILLER = 'I like the lavender one and the walnut finish very much. ';

  it('is strong where no rule is', () => {
    expect(screenTier0({ own: TOLD, quoted: '' })).toEqual({
      hits: [{ family: 'CHARGEBACK_DISPUTE', ruleId: 'learned.chargeback', strength: 'strong' }],
      strength: 'strong',
      family: 'CHARGEBACK_DISPUTE',
    });
  });

  it('adds nothing to a strong hit of a rule, which keeps its family', () => {
    const { hits } = screenTier0({ own: `My lawyer will contact you. ${TOLD}`, quoted: '' });
    expect(hits.filter(({ ruleId }) => ruleId.startsWith('learned.'))).toEqual([]);
  });

  it('leaves a shop that is called a fraud to the rules, which say weak', () => {
    expect(screenTier0({ own: 'this site is a fraud', quoted: '' }).strength).toBe('weak');
  });

  it('leaves what is quoted to the rules', () => {
    expect(screenTier0({ own: 'Thanks!', quoted: TOLD }).strength).toBe('none');
  });

  it('finds a threat after 3,900 characters of friendly words (A11)', () => {
    expect(screenTier0({ own: `${FILLER.repeat(70)}\n${TOLD}`, quoted: '' }).strength).toBe('strong');
  });

  it('does not make a threat of many friendly words', () => {
    const friendly = Object.values(SAMPLES).flatMap(({ benign }) => benign);
    expect(screenTier0({ own: Array(12).fill(friendly.join('\n')).join('\n'), quoted: '' }).strength).toBe('none');
  });
});
