/** What controls are held against: the threat model of platform §4.2 and the OWASP Top 10 for LLM Applications 2026, each named once. */

type Named = {
  readonly title: string;
  /** What this tree cannot prove, and where it will be; stands in the table beside the controls there are. */
  readonly open?: string;
};

const AWS_ACCOUNT = 'what an AWS account must enforce is built and tried in issue 9';

export const THREAT_MODEL = {
  T1: { title: 'Forged webhook' },
  T2: { title: 'Webhook replay' },
  T3: { title: 'Body tampering' },
  T4: { title: 'Flood, cost attack', open: `WAF rate rule and budgets: ${AWS_ACCOUNT}` },
  T5: { title: 'Rogue producer on the bus', open: `resource policy of the bus: ${AWS_ACCOUNT}` },
  T6: { title: 'Malicious or accidental replay', open: `operator role for \`StartReplay\`: ${AWS_ACCOUNT}` },
  T7: { title: 'Prompt injection' },
  T8: { title: 'Wrong-customer disclosure' },
  T9: { title: 'Personal data in logs or archive' },
  T10: { title: 'Secret leak' },
  T11: { title: 'Automation loop' },
  T12: { title: 'Duplicate effects' },
  T13: { title: 'Repudiation' },
  T14: { title: 'Template or prompt tampering' },
  T15: { title: 'Excess privilege', open: `boundaries, account separation, access analyzer: ${AWS_ACCOUNT}` },
  T16: { title: 'CI/CD abuse', open: `OIDC trust and the deploying role: ${AWS_ACCOUNT}` },
  T17: { title: 'SSRF via a customer’s URL' },
  T18: { title: 'Vendor outage, 429 storm' },
  T19: { title: 'Kill switch fails' },
  T20: { title: 'Poison event' },
  T21: { title: 'Insider misuse', open: `SSO with MFA, break-glass alarm, CloudTrail: ${AWS_ACCOUNT}` },
} as const satisfies Record<string, Named>;

export const OWASP_LLM = {
  LLM01: { title: 'Prompt Injection' },
  LLM02: { title: 'Sensitive Information Disclosure' },
  LLM03: { title: 'Excessive Agency' },
  LLM04: { title: 'Supply Chain' },
  LLM05: { title: 'Data and Model Poisoning' },
  LLM06: { title: 'Unbounded Consumption' },
  LLM07: { title: 'Misinformation' },
  LLM08: { title: 'Hidden Context Exposure' },
  LLM09: { title: 'Vector and Embedding Weaknesses' },
  LLM10: { title: 'Improper Output Handling' },
} as const satisfies Record<string, Named>;

/** `T1`–`T21` and `LLM01`–`LLM10`. */
export type Threat = keyof typeof THREAT_MODEL | keyof typeof OWASP_LLM;
