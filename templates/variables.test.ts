import { describe, expect, it } from 'vitest';
import type { VarName } from './variables.ts';
import { acceptValue } from './variables.ts';

const ALLOW = { hosts: ['www.ups.com', 'shop.example'] };
const accept = (name: VarName, raw: unknown) => acceptValue(name, raw, ALLOW);

describe('acceptValue (replies §1.5, §2.4, §3.2, §3.4)', () => {
  it.each<[VarName, string, string]>([
    ['first_name', 'robin', 'Robin'],
    ['first_name', 'ROBIN', 'Robin'],
    ['first_name', "o'neil", "O'Neil"],
    ['first_name', 'mary-jane van dyke', 'Mary-Jane Van Dyke'],
    ['first_name', 'DeShawn', 'DeShawn'],
    ['first_name', '  Zoe\u0301  ', 'Zoé'],
    ['first_name', 'Олена', 'Олена'],
    ['first_name', 'd’arcy', 'D’Arcy'],
    ['order_id', '#1042', '#1042'],
    ['order_id', 'AB-10', 'AB-10'],
    ['order_id', `#${'A'.repeat(20)}`, `#${'A'.repeat(20)}`],
    ['order_status', 'being prepared', 'being prepared'],
    ['fulfillment_status', 'some items still being prepared', 'some items still being prepared'],
    ['tracking_company', 'Amazon Logistics', 'Amazon Logistics'],
    ['tracking_number', '1z 999-aa1 0123456784', '1Z999AA10123456784'],
    ['tracking_url', 'https://www.ups.com/track', 'https://www.ups.com/track'],
    ['shipping_bucket', 'Pre-Order', 'Pre-Order'],
    ['eta_remaining_human', '1 business day', '1 business day'],
    ['eta_remaining_human', '30 business days', '30 business days'],
    ['eta_remaining_human', '1–3 business days', '1–3 business days'],
    ['eta_remaining_human', 'up to 1 business day', 'up to 1 business day'],
    ['eta_remaining_human', 'up to 2 business days', 'up to 2 business days'],
    ['order_created_date_human', 'Dec 1, 2025', 'Dec 1, 2025'],
    ['order_created_date_human', 'Feb 29, 2028', 'Feb 29, 2028'],
    ['support_hours_text', 'Monday to Friday, 9 am to 5 pm', 'Monday to Friday, 9 am to 5 pm'],
  ])('%s: %s is shown as %s', (name, raw, shown) => {
    expect(accept(name, raw)).toBe(shown);
  });

  it.each<[VarName, unknown]>([
    ['first_name', 'Robin3'],
    ['first_name', 'R'.repeat(41)],
    ['first_name', '---'],
    ['first_name', '   '],
    ['first_name', 'Ro\u200bbin'],
    ['first_name', 'Ro\u034fbin'],
    ['first_name', 'Robin\nSmith'],
    ['order_id', '#12'],
    ['order_id', 'A'.repeat(21)],
    ['order_id', '1042 '],
    ['order_status', 'paid'],
    ['order_status', 'Shipped'],
    ['fulfillment_status', 'unfulfilled'],
    ['tracking_company', 'Royal Mail'],
    ['tracking_number', '1234567'],
    ['tracking_number', 'A'.repeat(35)],
    ['tracking_url', `https://www.ups.com/${'a'.repeat(300)}`],
    ['shipping_bucket', 'Courier'],
    ['eta_remaining_human', '0 business days'],
    ['eta_remaining_human', 'up to 0 business days'],
    ['eta_remaining_human', '1 business days'],
    ['eta_remaining_human', '3 business day'],
    ['eta_remaining_human', '3–1 business days'],
    ['eta_remaining_human', '1-3 business days'],
    ['eta_remaining_human', 'up to 1–3 business days'],
    ['order_created_date_human', 'Feb 29, 2027'],
    ['order_created_date_human', 'Dec 01, 2025'],
    ['order_created_date_human', 'Dez 1, 2025'],
    ['support_signature', 'S'.repeat(61)],
    ['support_hours_text', 'nine\u2028five'],
    ['brand_name', ''],
    ['order_id', 1042],
    ['order_id', null],
  ])('%s: %j is not shown', (name, raw) => {
    expect(accept(name, raw)).toBeUndefined();
  });

  it('takes carriers and buckets that the shop adds', () => {
    const allow = { hosts: [], carriers: ['Royal Mail'], shippingBuckets: ['Courier'] };
    expect(acceptValue('tracking_company', 'Royal Mail', allow)).toBe('Royal Mail');
    expect(acceptValue('shipping_bucket', 'Courier', allow)).toBe('Courier');
  });
});
