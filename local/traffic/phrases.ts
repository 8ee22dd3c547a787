/** What customers of each intent write (decisions §1.3); `{order}` becomes an order number. All invented. */
import type { Intent } from '../../events/words.ts';

export const PHRASES: Readonly<Record<Intent, readonly [string, ...string[]]>> = {
  order_status_tracking: [
    'Where is my order?',
    'Hi, could you tell me where my order is? I have not heard anything since I paid.',
    'Can you send me the tracking link please',
    'has my package shipped yet',
    'When will my order arrive? We are leaving on holiday soon.',
    'Hello, what is the status of my order? Thanks a lot',
    'Do you have a tracking number for me?',
    'Where is order #{order}?',
    'any update on my delivery?',
  ],
  shipping_delay_not_shipped: [
    'My order still has not shipped. It has been ages.',
    'The tracking has not updated in days, is my package stuck?',
    'It still says processing. Why is my order delayed?',
    'label was created a week ago and it has not moved since',
  ],
  delivered_not_received: [
    'It says delivered but I never received my package.',
    'Tracking shows delivered yesterday, nothing is here and my neighbours have nothing either.',
  ],
  missing_items_in_shipment: [
    'My parcel came today but one item is missing from the box.',
    'I ordered three bottles and only received two of them.',
  ],
  wrong_item_received: [
    'You sent me the wrong item. I ordered the grey lamp and got a green one.',
    'I received the wrong size in my box',
  ],
  damaged_item: [
    'The mug arrived broken, the handle is off.',
    'My diffuser arrived damaged and it leaks at the bottom. What can you do?',
  ],
  cancel_order: [
    'Please cancel my order, I ordered by mistake.',
    'I would like to cancel the order I placed this morning',
    'cancel order {order} please',
  ],
  address_change_order_edit: [
    'I entered the wrong address, can you change the shipping address before it goes out?',
    'Could you change the colour on my order to blue?',
  ],
  cancel_subscription: ['I want to cancel my subscription.', 'Please pause my monthly subscription until summer'],
  billing_issue: ['I was charged twice for one order.', 'There is a double charge on my card from your shop'],
  promo_discount_issue: ['My discount code does not work at checkout.', 'Do you have a promo code for new customers?'],
  pre_purchase_question: [
    'Is the small diffuser quiet enough for a bedroom? I have not bought it yet.',
    'Which lamp would you recommend for a dark hallway, and is it in stock?',
  ],
  influencer_marketing_inquiry: [
    'I am a content creator and would love to do a collaboration with your brand.',
    'We run a home page with many followers, are you open to a partnership?',
  ],
  return_request: ['I would like to return my lamp, how do I get a return label?', 'how can i send this back?'],
  exchange_request: ['Can I exchange it for a larger size?', 'I would like to swap the white one for the black one'],
  refund_request: ['I would like a refund please.', 'When will I get my money back?'],
  technical_support: [
    'The diffuser does not turn on any more, the light just blinks.',
    'The app cannot connect to my device over wifi',
  ],
  phone_support_request: ['Can somebody call me please?', 'What is your phone number, I want to speak to a person'],
  tiktok_support_request: ['hi saw you on tiktok, who can help me', 'need help with my tiktok shop thing'],
  social_media_support_request: ['please check your dm', 'I commented on your post, nobody answers'],
  chargeback_dispute: [
    'I have opened a dispute with my bank about this payment.',
    'If nothing happens today I will file a chargeback with my card company.',
  ],
  legal_threat: ['My lawyer will contact you about this order.', 'I am going to take you to small claims court.'],
  harassment_threats: [
    'I know where you work and I am coming for you.',
    'You will regret this, I will hurt whoever packed my box.',
  ],
  fraud_suspected: [
    'Somebody used my stolen card in your shop, I did not place this order.',
    'This order was not placed by me, I think my account was hacked.',
  ],
  unknown_other: ['hello?', 'ok thank you', 'Good morning'],
};

/** What people add when they write again before anybody answered. */
export const FOLLOW_UPS: readonly [string, ...string[]] = [
  'Hello?',
  'sorry, forgot to say: my name is on the box as well',
  'Please answer soon.',
  'I just looked again and still nothing.',
  'Actually never mind the colour, I just want to know when it comes.',
];
