/** What every change of a runtime flag tells. */
import * as v from 'valibot';
import { Digest, FlagName, FlagValue } from './fields.ts';

export const FlagChangeFields = {
  flag: FlagName,
  /** Lists and texts are told as set or unset: an allow-list holds addresses. */
  oldValue: FlagValue,
  newValue: FlagValue,
  changedByRoleHash: v.nullable(Digest),
} as const;
