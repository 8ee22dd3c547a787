/** Forms under which customers and order numbers are digested, so that two readers compare the same thing. */
export const CUSTOMER_PURPOSE = 'customer';
export const ORDER_NUMBER_PURPOSE = 'order-number';
/** Of numbers in E.164. */
export const PHONE_PURPOSE = 'phone';

/** Addresses compare lower-cased and trimmed; dots and plus-tags stay (replies §2.2). */
export function customerForm(address: string): string {
  return address.trim().toLowerCase();
}
