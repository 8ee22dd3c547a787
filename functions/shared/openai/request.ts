/** The body of one call: structured output, nothing kept by the vendor, no tools, no conversation (decisions §3.1). Pure. */
import type { ResponseCreateParamsNonStreaming } from 'openai/resources/responses/responses';
import type { Config } from '../../../config/schema.ts';
import type { StrictSchema } from './strict-schema.ts';

export type Structured = {
  readonly model: string;
  /** The constant part, which comes first. */
  readonly instructions: string;
  /** The varying part. */
  readonly input: string;
  readonly schemaName: string;
  readonly schema: StrictSchema;
  /** Tokens, those of reasoning included. */
  readonly outputCap: number;
};

/** Parameters that the model does not accept are left out, as the configuration says. */
export function structuredCall(models: Config['models'], call: Structured): Readonly<Record<string, unknown>> {
  const accepts = models.parameters[call.model];
  return {
    model: call.model,
    store: false,
    instructions: call.instructions,
    input: [{ role: 'user', content: [{ type: 'input_text', text: call.input }] }],
    text: { format: { type: 'json_schema', name: call.schemaName, strict: true, schema: call.schema } },
    max_output_tokens: call.outputCap,
    ...(accepts && accepts.reasoning_effort !== 'omit' && { reasoning: { effort: accepts.reasoning_effort } }),
    ...(accepts?.takes_temperature && { temperature: 0 }),
  } satisfies ResponseCreateParamsNonStreaming;
}
