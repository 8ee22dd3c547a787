/** Of which class a call is: budget and breaker are kept by class (platform §5.5–5.6). */
export type OperationClass = 'writes' | 'reads' | 'orders';

export function operationOf(path: string, isWrite: boolean): OperationClass {
  if (isWrite) return 'writes';
  return path.startsWith('/order/') ? 'orders' : 'reads';
}
