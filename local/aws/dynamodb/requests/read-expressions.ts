/** The expressions of a request, with its names and values in their places. */
import { validationError } from '../errors.ts';
import { type BoundCondition, bindCondition } from '../expressions/bind-condition.ts';
import { type BoundUpdate, bindProjection, bindUpdate } from '../expressions/bind-update.ts';
import { parsedCondition, parsedProjection, parsedUpdate } from '../expressions/parsed.ts';
import { type Placeholders, readPlaceholders } from '../expressions/placeholders.ts';
import type { ExpressionKind } from '../expressions/syntax.ts';
import type { Path } from '../values/paths.ts';
import { optionalText, type Request, refuseLegacy } from './read-request.ts';

/** `null` where the request does not have that expression. */
export type Expressions = {
  readonly update: BoundUpdate | null;
  readonly condition: BoundCondition | null;
  readonly keyCondition: BoundCondition | null;
  readonly filter: BoundCondition | null;
  readonly projection: readonly Path[] | null;
};

/** `kinds`: the expressions that this operation has. Throws ValidationException. */
export function readExpressions(request: Request, kinds: readonly ExpressionKind[]): Expressions {
  refuseLegacy(request);
  const given = kinds.filter((kind) => optionalText(request, kind) !== null);
  const { ExpressionAttributeNames: names, ExpressionAttributeValues: values } = request;
  if (names && given.length === 0) {
    throw validationError('ExpressionAttributeNames can only be specified when using expressions');
  }
  if (values && given.every((kind) => kind === 'ProjectionExpression')) throw valuesWithoutUse(kinds);
  const placeholders = readPlaceholders(names, values);
  const textOf = (kind: ExpressionKind) => (given.includes(kind) ? optionalText(request, kind) : null);
  const update = textOf('UpdateExpression');
  const expressions = {
    update: update === null ? null : bindUpdate(parsedUpdate('UpdateExpression', update), placeholders),
    condition: conditionIn('ConditionExpression', textOf('ConditionExpression'), placeholders),
    keyCondition: conditionIn('KeyConditionExpression', textOf('KeyConditionExpression'), placeholders),
    filter: conditionIn('FilterExpression', textOf('FilterExpression'), placeholders),
    projection: projectionIn(textOf('ProjectionExpression'), placeholders),
  };
  placeholders.refuseUnused();
  return expressions;
}

function conditionIn(kind: ExpressionKind, text: string | null, placeholders: Placeholders): BoundCondition | null {
  return text === null ? null : bindCondition(kind, parsedCondition(kind, text), placeholders);
}

function projectionIn(text: string | null, placeholders: Placeholders): readonly Path[] | null {
  return text === null ? null : bindProjection(parsedProjection('ProjectionExpression', text), placeholders);
}

function valuesWithoutUse(kinds: readonly ExpressionKind[]): Error {
  const taking = kinds.filter((kind) => kind !== 'ProjectionExpression');
  const told = 'ExpressionAttributeValues can only be specified when using expressions';
  if (taking.length === 0) return validationError(told);
  return validationError(`${told}: ${taking.join(' and ')} ${taking.length > 1 ? 'are' : 'is'} null`);
}
