/** Decisions: what a customer's words, or a model's, can bring about. */
import type { Control } from '../control.ts';

const READ_TEST = 'functions/shared/classifier/openai/read-decision.test.ts';
const CLASSIFICATION_TEST = 'functions/classify/classification.test.ts';
const PROMPT_TEST = 'functions/shared/classifier/openai/prompt/prompt.test.ts';
const OPENAI_TEST = 'test/contracts/openai.test.ts';
const RENDER_TEST = 'templates/render.test.ts';
const SCENARIOS = 'policy/scenarios.test.ts';

const RENDER = 'templates/render.ts';
const RISK_GATES = 'policy/gates/risk.ts';
const TEMPLATE_CHOICE = 'policy/template-choice.ts';
const DEFINITIONS = 'functions/shared/classifier/openai/prompt/definitions.ts';

/** A customer's text is data, whatever it says. */
const INJECTION: readonly Control[] = [
  {
    id: 'message-in-marks',
    threats: ['T7', 'LLM01'],
    control:
      'The model reads the message between marks that nobody can guess; what looks like a mark in it is broken up.',
    test: OPENAI_TEST,
    removal: [
      {
        file: 'functions/shared/classifier/openai/prompt/input-block.ts',
        before: "    .replaceAll(/[<＜‹«]{2,}/gu, (run) => [...run].join(' '))\n",
        after: '',
      },
    ],
  },
  {
    id: 'screen-before-the-model',
    threats: ['T7', 'LLM01', 'LLM03'],
    control: 'Words of danger are screened for by rules, without the model and whatever it says; a hit goes to people.',
    test: CLASSIFICATION_TEST,
    removal: [
      {
        file: 'policy/text/screen.ts',
        before: "if (byRules.strength === 'strong') return byRules;",
        after: "if (byRules.strength === 'strong') return resultOf([]);",
      },
    ],
  },
  {
    id: 'adversarial-suite',
    threats: ['T7', 'LLM01', 'LLM08'],
    control:
      'Who asks for our instructions, keys or rules is routed, never answered; the adversarial suite has no unsafe action.',
    test: SCENARIOS,
    removal: [{ file: RISK_GATES, before: "if (securityProbe) codes.push('security_sensitive');", after: '' }],
  },
  {
    id: 'second-opinion',
    threats: ['T7', 'T8', 'LLM01'],
    control: 'A reply about an order wants a second reading that allows it; none, or one that failed, denies.',
    test: 'policy/approval.test.ts',
    removal: [
      {
        file: 'policy/gates/verifier.ts',
        before: "return verifierPasses(situation) ? PASS : objection(['tier2_verifier_failed']);",
        after:
          "return verifierPasses(situation) || situation.input.verifier === null ? PASS : objection(['tier2_verifier_failed']);",
      },
    ],
  },
];

/** The model proposes, code disposes. */
const OUTPUT: readonly Control[] = [
  {
    id: 'closed-output',
    threats: ['T7', 'LLM01', 'LLM10'],
    control: 'A model’s answer is read by a closed schema: one field or word too many and it is no decision.',
    test: READ_TEST,
    removal: [
      {
        file: 'functions/shared/classifier/openai/decision-schema.ts',
        before: 'export const ModelDecision = v.strictObject({',
        after: 'export const ModelDecision = v.object({',
      },
      {
        file: 'functions/shared/openai/json.ts',
        before: 'if (!parsed.success || canonicalJson(parsed.output) !== canonicalJson(value)) return null;',
        after: 'if (!parsed.success || canonicalJson(parsed.output) === null) return null;',
      },
    ],
  },
  {
    id: 'no-guessing',
    threats: ['LLM10'],
    control: 'An answer in several pieces, refused, or cut off is invalid; nothing is put together by guessing.',
    test: OPENAI_TEST,
    removal: [
      {
        file: 'functions/shared/openai/response.ts',
        before: "if (status === 'incomplete')\n    return",
        after: "if (status === 'incomplete' && (output ?? []).length === 0)\n    return",
      },
    ],
  },
  {
    id: 'tier-3-disabled',
    threats: ['LLM03'],
    control: 'A model that asks to act by itself gets the safest reply there is; no action of that tier exists.',
    test: SCENARIOS,
    removal: [
      {
        file: 'policy/gates/intent.ts',
        before: "if (input.classifier.requested?.tier !== 'TIER_3_AUTO_ACTION') return PASS;",
        after: "if (input.classifier.requested?.tier !== 'TIER_3_AUTO_ACTION' || plan !== null) return PASS;",
      },
    ],
  },
  {
    id: 'code-chooses-the-template',
    threats: ['LLM03', 'LLM07'],
    control: 'Code chooses the template from its intent’s own; what a model asked for is advice.',
    test: SCENARIOS,
    removal: [
      {
        file: TEMPLATE_CHOICE,
        before: 'const [intake] = templates.tier1;',
        after: "const [intake] = templates.tier1.length > 0 ? (['t_pre_purchase_info'] as const) : [];",
      },
    ],
  },
  {
    id: 'auto-close-off',
    threats: ['LLM03'],
    control: 'Nothing resolves a ticket while `auto_close_enabled` is off.',
    test: SCENARIOS,
    removal: [
      {
        file: 'policy/gates/switches.ts',
        before:
          "mayAutoClose(plan?.templateId ?? null, policy) && !flags.auto_close_enabled ? ['auto_close_disabled'] : [];",
        after: "mayAutoClose(plan?.templateId ?? null, policy) && plan === null ? ['auto_close_disabled'] : [];",
      },
    ],
  },
];

/** Order facts, and only those of the customer who asks. */
const DISCLOSURE: readonly Control[] = [
  {
    id: 'exactly-one-order',
    threats: ['T8', 'LLM07'],
    control: 'An order is spoken of only where exactly one is matched for certain.',
    test: SCENARIOS,
    removal: [
      {
        file: TEMPLATE_CHOICE,
        before: "order.deterministicMatch === 'true' && order.matchCount === 1;",
        after: "order.deterministicMatch === 'true';",
      },
    ],
  },
  {
    id: 'several-orders-are-none',
    threats: ['T8'],
    control: 'A helpdesk that names several orders for a conversation has named none.',
    test: 'policy/orders/linkage.test.ts',
    removal: [
      {
        file: 'policy/orders/linkage.ts',
        before: "if (Array.isArray(body)) return { kind: body.length === 0 ? 'unlinked' : 'several' };",
        after:
          "if (Array.isArray(body)) return body.length === 0 ? { kind: 'unlinked' } : parseLinkage(httpStatus, body[0]);",
      },
    ],
  },
  {
    id: 'identifiers-equal-facts',
    threats: ['T8', 'LLM07'],
    control: 'Order and tracking numbers in a reply equal the facts of the matched order byte for byte.',
    test: RENDER_TEST,
    removal: [
      { file: RENDER, before: "if (value !== facts[name]) return refuse('disallowed_value', name);", after: '' },
    ],
  },
  {
    id: 'nothing-personal-in-values',
    threats: ['T8', 'LLM02'],
    control: 'A value that looks like an address, a phone, a card or an e-mail refuses the whole message.',
    test: RENDER_TEST,
    removal: [{ file: RENDER, before: ": looksPersonal(value.normalize('NFKC'))) {", after: ": looksPersonal('')) {" }],
  },
  {
    id: 'links-by-list',
    threats: ['T8'],
    control: 'A link in a reply is https, on a listed host, without keys or addresses in it.',
    test: 'templates/links.test.ts',
    removal: [
      {
        file: 'templates/links.ts',
        before: 'if (!isPlain || !isAllowedHost(url.hostname, hosts)) return undefined;',
        after: 'if (!isPlain || hosts.length === 0) return undefined;',
      },
    ],
  },
  {
    id: 'declared-values-only',
    threats: ['T8'],
    control: 'A template shows the values it declares, of its own tier and shape; anything else is dropped.',
    test: RENDER_TEST,
    removal: [
      {
        file: RENDER,
        before: "if (scanText(text.text, words?.text ?? '', { ...limit, chars }, brand.hosts).length > 0) {",
        after: "if (scanText('', '', { ...limit, chars }, brand.hosts).length > 0) {",
      },
    ],
  },
];

/** Texts, prompts, thresholds and weights are what their versions say. */
const TAMPERING: readonly Control[] = [
  {
    id: 'template-hash',
    threats: ['T14', 'LLM07'],
    control: 'A body whose SHA-256 is not the pinned one is not sent.',
    test: RENDER_TEST,
    removal: [
      { file: RENDER, before: "if (hash !== variant.sha256) return refuse('template_hash_mismatch');", after: '' },
    ],
  },
  {
    id: 'approved-body',
    threats: ['T14'],
    control: 'Only the body that was approved is sent: another version, though good, voids the approval.',
    test: RENDER_TEST,
    removal: [
      {
        file: RENDER,
        before:
          "if (input.expectedHash !== undefined && input.expectedHash !== hash) return refuse('template_changed');",
        after: '',
      },
    ],
  },
  {
    id: 'template-lock',
    threats: ['T14'],
    control: 'A template’s text changes only with its version and the lock file; the check refuses anything else.',
    test: 'templates/lint.test.ts',
    removal: [
      {
        file: 'templates/lint-library.ts',
        before: 'if (isEnough(taken, needed) && !isBackwards) return [];',
        after: 'if (!isBackwards) return [];',
      },
    ],
  },
  {
    id: 'prompt-version',
    threats: ['T14', 'LLM04'],
    control: 'A prompt’s version stands for one text, whose SHA-256 is in every decision.',
    test: PROMPT_TEST,
    removal: [
      {
        file: 'functions/shared/classifier/openai/prompt/prefix.ts',
        before: "createHash('sha256').update(PREFIX)",
        after: "createHash('sha256').update('routing_prompt@1.0.0')",
      },
    ],
  },
  {
    id: 'fitted-thresholds',
    threats: ['T14', 'LLM04', 'LLM05'],
    control:
      'Thresholds hold for the model, prompt and calibration they were fitted on; with another nothing is answered.',
    test: 'policy/versions.test.ts',
    removal: [
      {
        file: 'policy/gates/intent.ts',
        before: 'if (!thresholdsFit(input, thresholds) || routing < tier1Threshold(primary, thresholds))',
        after:
          'if (!thresholdsFit(input, { ...thresholds, fittedOn: { classifier: { ...thresholds.fittedOn.classifier, openai: input.versions.classifier }, calibration: thresholds.fittedOn.calibration } }) || routing < tier1Threshold(primary, thresholds))',
      },
    ],
  },
  {
    id: 'weights-by-hash',
    threats: ['LLM05'],
    control: 'The version of the weights is the hash of their bytes, and a check makes them anew from the corpus.',
    test: 'tools/embedded/pack.test.ts',
    removal: [{ file: 'tools/embedded/pack.ts', before: "    .update(Buffer.from(weights, 'base64'))\n", after: '' }],
  },
  {
    id: 'weights-hold-numbers',
    threats: ['LLM09', 'LLM02'],
    control: 'No vector store: weights are hashed n-grams of an invented corpus with a byte each, and hold no word.',
    test: 'tools/embedded/pack.test.ts',
    removal: [
      {
        file: 'tools/embedded/pack.ts',
        before: '    bias: [...trained.bias],\n',
        after: '    bias: [...trained.bias],\n    examples: [...trained.rows.keys()].map(String),\n',
      },
    ],
  },
];

/** What the model is given, and how much of it. */
const MODEL_INPUT: readonly Control[] = [
  {
    id: 'model-reads-redacted',
    threats: ['LLM02', 'T9'],
    control:
      'A model is given the redacted text and presence booleans; text that cannot be redacted is given to nobody.',
    test: 'functions/classify/redaction.test.ts',
    removal: [
      {
        file: 'functions/classify/classification.ts',
        before: '...classifierRequest(message, text, redaction.text),',
        after: '...classifierRequest(message, text, text),',
      },
    ],
  },
  {
    id: 'nothing-kept-by-the-vendor',
    threats: ['LLM02'],
    control: '`store: false` on every call; no tools, no conversation.',
    test: OPENAI_TEST,
    removal: [{ file: 'functions/shared/openai/request.ts', before: 'store: false,', after: 'store: true,' }],
  },
  {
    id: 'nothing-secret-in-the-prompt',
    threats: ['LLM08'],
    control: 'The prompt holds definitions and examples: no link, address, number or key.',
    test: PROMPT_TEST,
    removal: [
      {
        file: DEFINITIONS,
        before:
          'includes: \'tracking number or link, "did it leave yet", general arrival date, calm pre-order status\',',
        after: "includes: 'tracking number or link, see https://wiki.shop.example/orders',",
      },
    ],
  },
  {
    id: 'input-cap',
    threats: ['LLM06'],
    control: 'A classifier reads 3,000 characters and the last 1,000, whatever was sent.',
    test: 'functions/classify/redaction.test.ts',
    removal: [
      {
        file: 'policy/text/truncate.ts',
        before: 'text.length <= head + tail ? text :',
        after: 'text.length <= 50 * (head + tail) ? text :',
      },
    ],
  },
  {
    id: 'output-cap',
    threats: ['LLM06'],
    control: '600 tokens an answer, 400 where tokens are saved; two calls at most, each paid for in the account.',
    test: OPENAI_TEST,
    removal: [
      {
        file: 'functions/shared/classifier/openai/openai.ts',
        before: 'const OUTPUT_CAP = 600;',
        after: 'const OUTPUT_CAP = 16_000;',
      },
    ],
  },
  {
    id: 'zero-spend',
    threats: ['LLM06', 'T4'],
    control: 'With `openai_enabled` off the model is asked nothing; the built-in classifier routes.',
    test: CLASSIFICATION_TEST,
    removal: [
      {
        file: 'policy/primary.ts',
        before: 'if (hasModel && flags.openai_enabled)',
        after: 'if (hasModel)',
      },
    ],
  },
];

export const DECISIONS_CONTROLS: readonly Control[] = [
  ...INJECTION,
  ...OUTPUT,
  ...DISCLOSURE,
  ...TAMPERING,
  ...MODEL_INPUT,
];
