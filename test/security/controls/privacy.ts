import type { Control } from '../control.ts';

export const PRIVACY_CONTROLS: readonly Control[] = [
  {
    id: 'restricted-types',
    threats: ['T9', 'LLM02'],
    control:
      'What a customer wrote or is called is of a type that log, metric, trace and event do not take: such code does not compile.',
    test: 'test/architecture/restricted.test.ts',
    removal: [
      {
        file: 'functions/shared/telemetry/doors.ts',
        before: 'Given & { readonly [K in Exclude<keyof Given, keyof Known>]: never };',
        after: 'Given;',
      },
    ],
  },
  {
    id: 'restricted-doors',
    threats: ['T8', 'T9'],
    control: 'Only listed files look inside a restricted value; whoever adds one is told.',
    test: 'test/architecture/restricted.test.ts',
    removal: [
      {
        file: 'functions/verify/handler.ts',
        before: "import { readMessageText } from '../shared/vault/vault.ts';",
        after:
          "import { reveal } from '../shared/restricted.ts';\nimport { readMessageText } from '../shared/vault/vault.ts';",
      },
    ],
  },
  {
    id: 'restricted-placeholder',
    threats: ['T9'],
    control:
      'A restricted value that is written all the same writes a placeholder: as text, as JSON, inspected, in an error.',
    test: 'functions/shared/restricted.test.ts',
    removal: [
      {
        file: 'functions/shared/restricted.ts',
        before: '  toJSON(): string {\n    return PLACEHOLDER;',
        after: '  toJSON(): T {\n    return this.#value;',
      },
    ],
  },
  {
    id: 'log-allow-list',
    threats: ['T9'],
    control: 'A log line keeps known keys with values that look like codes; the rest is dropped and counted.',
    test: 'functions/shared/telemetry/live-powertools.test.ts',
    removal: [
      {
        file: 'functions/shared/telemetry/fields.ts',
        before: '([key, value]) => Object.hasOwn(ALLOWED, key) && isTellable(value)',
        after: '() => true',
      },
    ],
  },
  {
    id: 'safe-error-consumer',
    threats: ['T9'],
    control: 'Only a code leaves a function that consumes events, whatever a port throws.',
    test: 'test/behaviour/foreign-errors.test.ts',
    removal: [
      {
        file: 'functions/shared/consumer/consumer.ts',
        before: '    throw new SafeError(codeOf(error));',
        after: '    throw error;',
      },
    ],
  },
  {
    id: 'safe-error-code',
    threats: ['T9'],
    control: 'Of an error of somebody else nothing is repeated, not even its code.',
    test: 'test/behaviour/foreign-errors.test.ts',
    removal: [{ file: 'functions/shared/errors.ts', before: "  return 'bug';", after: '  return String(error);' }],
  },
  {
    id: 'redactor-model-input',
    threats: ['T9', 'LLM02'],
    control: 'A model over the network is given the redacted text alone.',
    test: 'functions/classify/redaction.test.ts',
    removal: [
      {
        file: 'functions/shared/reading/classifier-request.ts',
        before: 'truncateText(reveal(redactedText), CLASSIFIER_CAP)',
        after: 'truncateText(reveal(text), CLASSIFIER_CAP)',
      },
    ],
  },
  {
    id: 'redactor-vault',
    threats: ['T9', 'LLM02'],
    control: 'What the vault keeps of a message is redacted and cut first; where that fails, nothing is kept.',
    test: 'functions/classify/redaction.test.ts',
    removal: [
      {
        file: 'functions/shared/reading/redacted.ts',
        before: 'text: restrict(redaction.text) }',
        after: 'text }',
      },
    ],
  },
  {
    id: 'vault-sealed',
    threats: ['T9', 'LLM02'],
    control: 'The vault is sealed with the environment’s key before anything is written.',
    test: 'functions/shared/vault/vault.test.ts',
    removal: [
      {
        file: 'functions/shared/vault/vault.ts',
        before: 'sealed: await container.cipher.seal(content)',
        after: 'sealed: content',
      },
    ],
  },
  {
    id: 'vault-time',
    threats: ['T9'],
    control: 'The vault gives nothing out after its time, whether or not the table has deleted it.',
    test: 'test/contracts/store.test.ts',
    removal: [
      {
        file: 'functions/shared/store/live-dynamodb.ts',
        before: 'return item && isLive(item) ? item : null;',
        after: 'return item ?? null;',
      },
    ],
  },
  {
    id: 'vault-forgets',
    threats: ['T9'],
    control: 'Order facts are deleted once their reply has ended.',
    test: 'test/privileges/rebuild.test.ts',
    removal: [
      {
        file: 'functions/responder/reply/handler.ts',
        before: '  if (event.data.contextRef !== null) await forgetOrderFacts(container, event.data.contextRef);\n',
        after: '',
      },
    ],
  },
  {
    id: 'pages-overwritten',
    threats: ['T9'],
    control: 'What the local tables delete is overwritten in the file.',
    test: 'test/full/canary/scan.test.ts',
    removal: [
      { file: 'local/aws/database.ts', before: 'PRAGMA secure_delete = ON', after: 'PRAGMA secure_delete = OFF' },
    ],
  },
  {
    id: 'event-strings-bounded',
    threats: ['T9', 'LLM02'],
    control: 'An event with a field that its schema does not have is not published.',
    test: 'functions/shared/consumer/deciding.test.ts',
    removal: [
      {
        file: 'functions/shared/publisher.ts',
        before: 'assertValid(definition.strict, envelope.data,',
        after: 'assertValid(v.unknown(), envelope.data,',
      },
    ],
  },
];
