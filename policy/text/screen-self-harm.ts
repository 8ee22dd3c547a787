/** Intent to harm oneself, and hopelessness (decisions §2.1). */
import type { ScreenFamily } from './screen-family.ts';

export const SELF_HARM: ScreenFamily = {
  family: 'OTHER_HIGH_RISK',
  classes: {},
  ordinary: [
    'suicide squad|doors|burrow|blonde|hotline|prevention|awareness|knob',
    'end it all? ~1 subscription|order|contract|membership|plan',
    'go on ~1 without|holiday|vacation|the|your',
    'live without',
    'feel|feeling|sounds hopeless ~1 at|with|without',
  ],
  strong: {
    'selfharm.intent': [
      'kill|killing|end|ending|hang|hanging|shoot|shooting|drown myself|mysel',
      '@i_will|want|wanna|thinking|thoughts|feel|plan|planning|might|keep ~4 hurt|hurting|harm|harming|cut|cutting myself',
      'suicide|suicidal|unalive|suicid*',
      'end|ending|take|taking my own? life',
      'ending it all',
      'want|wanna|gonna|going|ready|just|to end it all',
      'life|living &8 end it',
      'i|just|wanna|rather|ready ~1 want|wanna|wish|like|rather|going|gonna|ready to? ~1 die',
      'want|wanna|wish|rather|wanted|be ~2 be|was|were|off dead',
      'dont|not|longer want|wanna ~1 to? live|alive|living ~1 anymore|any|now|longer',
      'dont|not|longer want|wanna ~1 to? be ~1 alive|here anymore',
      'dont|not|longer want|wanna ~1 to? exist anymore|any',
      'better off dead|without me',
      'no reason to live',
      'not worth living',
      'matarme|suicidarme|quitarme ~1 vida',
      'no quiero ~1 vivir|viviendo',
      'quiero morir|morirme',
    ],
  },
  weak: {
    'selfharm.hopeless': [
      'feel|feeling|feels|life|everything|all ~2 hopeless|worthless',
      'cant|cannot go on anymore|like|living|any',
      'i cant|cannot go on',
      'cant|cannot take|do life|living ~2 anymore|longer|more',
      'give|giving|given up on life|living|everything',
      'nothing|nothings|no to? ~1 live for',
      'point of|in living',
      'worth living',
      'self harm',
      'dont want to live',
      'no puedo mas ~2 con ~2 vida|todo|esto',
      'sin ganas de vivir',
    ],
  },
};
