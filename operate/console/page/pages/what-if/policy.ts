/** The fields of the policy, once they were read. */
import { signal } from '@preact/signals';
import type { PolicyField } from '../../../../whatif/fields.ts';

export const fields = signal<readonly PolicyField[]>([]);

export const fieldNamed = (key: string): PolicyField | undefined => fields.value.find((field) => field.key === key);
