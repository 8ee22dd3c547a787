import { describe, expect, it } from 'vitest';
import { conceptsOf } from './concepts.ts';

/** Two words a shopper uses for it, and one that is about something else: from general knowledge of the language. */
const WORDS: readonly (readonly [concept: string, belong: readonly [string, string], other: string])[] = [
  ['parcel', ['package', 'paquete'], 'weather'],
  ['order', ['purchase', 'pedido'], 'lawyer'],
  ['goods', ['item', 'producto'], 'refund'],
  ['arrive', ['arrived', 'llego'], 'coupon'],
  ['dispatch', ['shipped', 'enviado'], 'vegan'],
  ['carrier', ['fedex', 'mensajero'], 'discount'],
  ['tracking', ['track', 'rastreo'], 'scent'],
  ['where', ['wheres', 'donde'], 'when'],
  ['when', ['eta', 'cuando'], 'where'],
  ['wait', ['waiting', 'delayed'], 'thanks'],
  ['stuck', ['limbo', 'atascado'], 'delivered'],
  ['delivered', ['doorstep', 'entregado'], 'processing'],
  ['claimed', ['supposedly', 'dice'], 'blue'],
  ['absent', ['vanished', 'nada'], 'arrived'],
  ['lack', ['incomplete', 'faltan'], 'broken'],
  ['count', ['three', 'dozen'], 'charger'],
  ['parts', ['charger', 'screws'], 'three'],
  ['wrong', ['incorrect', 'equivocado'], 'correct'],
  ['color', ['beige', 'rojo'], 'medium'],
  ['size', ['medium', 'talla'], 'beige'],
  ['variant', ['flavour', 'scent'], 'refund'],
  ['broken', ['shattered', 'roto'], 'refund'],
  ['opened', ['unboxed', 'abri'], 'closed'],
  ['malfunction', ['bluetooth', 'funciona'], 'address'],
  ['negation', ['cannot', 'nunca'], 'always'],
  ['cancel', ['cancellation', 'anular'], 'exchange'],
  ['stop', ['pause', 'pausar'], 'begin'],
  ['mind', ['regret', 'accidentally'], 'invoice'],
  ['recurring', ['subscription', 'mensual'], 'lamp'],
  ['edit', ['modify', 'corregir'], 'scam'],
  ['address', ['postcode', 'calle'], 'price'],
  ['charge', ['billed', 'cobro'], 'colour'],
  ['twice', ['duplicate', 'doble'], 'once'],
  ['payment', ['klarna', 'tarjeta'], 'parcel'],
  ['code', ['coupon', 'descuento'], 'damaged'],
  ['invalid', ['expired', 'valido'], 'shipped'],
  ['question', ['wondering', 'pregunta'], 'shattered'],
  ['stock', ['restock', 'agotado'], 'refund'],
  ['spec', ['ingredients', 'garantia'], 'refund'],
  ['shipinfo', ['customs', 'envios'], 'broken'],
  ['influencer', ['collab', 'embajadora'], 'refund'],
  ['return', ['rma', 'devolver'], 'keep'],
  ['exchange', ['swap', 'intercambio'], 'cancel'],
  ['refund', ['reimbursed', 'reembolso'], 'tracking'],
  ['bank', ['issuer', 'banco'], 'bench'],
  ['dispute', ['chargeback', 'disputa'], 'parcel'],
  ['legal', ['attorney', 'abogado'], 'doctor'],
  ['threat', ['doxx', 'matar'], 'thanks'],
  ['fraud', ['scammer', 'estafa'], 'coupon'],
  ['notme', ['somebody', 'unrecognized'], 'parcel'],
  ['phone', ['dial', 'telefono'], 'email'],
  ['tiktok', ['tiktok', 'livestream'], 'instagram'],
  ['social', ['instagram', 'mensaje'], 'tiktok'],
  ['account', ['password', 'cuenta'], 'parcel'],
  ['greet', ['hello', 'hola'], 'goodbye'],
  ['thanks', ['cheers', 'gracias'], 'terrible'],
  ['anger', ['unacceptable', 'ridiculo'], 'lovely'],
  ['work', ['hiring', 'empleo'], 'parcel'],
  ['vendor', ['seo', 'backlinks'], 'parcel'],
  ['world', ['weather', 'recipe'], 'parcel'],
  ['money', ['price', 'dinero'], 'parcel'],
];

describe('concepts', () => {
  it.each(WORDS)('%s: %s, not %s', (concept, belong, other) => {
    for (const word of belong) expect(conceptsOf(word), word).toContain(concept);
    expect(conceptsOf(other)).not.toContain(concept);
  });

  it('a word may stand for several things', () => {
    expect(conceptsOf('missing')).toEqual(['absent', 'lack']);
    expect(conceptsOf('paypal')).toEqual(['payment', 'bank']);
  });
  it('names a concept once, however often it lists the word', () => {
    expect(conceptsOf('messages')).toEqual(['social']);
    expect(conceptsOf('tik')).toEqual(['tiktok']);
  });
  it('apostrophes and hyphens are none, as in the words of a message', () => {
    expect(conceptsOf('elses')).toEqual(['wrong']);
    expect(conceptsOf('no-one')).toEqual([]);
    expect(conceptsOf('one')).toEqual(['absent', 'count']);
    expect(conceptsOf('autorenew')).toEqual(['recurring']);
  });
  it.each(['lamp', '', '?', 'Parcel', 'x*'])('%j stands for nothing', (word) => {
    expect(conceptsOf(word)).toEqual([]);
  });
});
