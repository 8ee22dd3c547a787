/** Wishes that a message names only to deny them: "don't cancel it, just tell me when it ships" wants no cancellation. */

const TELLING = String.raw`(?:please )?(?<!\b(?:you|u|they|he|she|we|i|ye|yous|why|shop|store) )(?:do ?n['’]?t|do not|never|no need to)`;
const WISHING =
  "(?:(?:do|did) ?n['’]?t|(?:do|did) not|(?<!have |has |had |['’]ve )never|not|no longer|no)(?: (?:really|actually|even|just))?" +
  ' (?:want(?:ed|ing)?|need(?:ed|ing)?|ask(?:ed|ing)?|looking|request(?:ed|ing)?|after|wish(?:ing)?|planning|trying|here|meant?|demanding)';
const LITTLE = '(?:for|to|you|me|it|them|a|an|any|the|my|our|this|that|another|about|be|claim|start|please)';
const WISH =
  '(?:cancel(?:l?ing|l?ation)?|refund|money back|return(?:ing)?|send(?:ing)? (?:it|them) back|exchang(?:e|ing)|swap(?:ping)?|replac(?:e|ing|ement)|store credit|unsubscribe)';
const STATE = '(?:damaged|broken|cracked|faulty|defective|missing|lost|stolen|late)';
const OBJECT =
  '(?: (?:it|them|anything|(?:my|the) order|this(?! time)|that))?(?: (?:at all|yet|please|any ?more|after all|this time))?';

/** A complaint that nothing was done ("you did not refund me", "it does not work") is no denial of a wish. */
const DENIED = new RegExp(
  [
    String.raw`\b${TELLING}(?: send)?(?: ${LITTLE}){0,2} ${WISH}\b${OBJECT}`,
    String.raw`\b(?:i |we )?(?:am |was |are )?${WISHING}(?: ${LITTLE}){0,4} ${WISH}\b${OBJECT}`,
    String.raw`\bno need (?:for|of)(?: ${LITTLE}){0,2} ${WISH}\b${OBJECT}`,
    String.raw`\b(?:(?:is|was|are|were|arrived|['’]s) not|(?:is|was|are|were)n['’]?t|(?<=^|[.!?\n] ?)not)(?: (?:actually|really|even))? ${STATE}\b${OBJECT}`,
    String.raw`\b(?:nothing|none of (?:it|them)|neither)(?: (?:was|is|were|has been|arrived))? ${STATE}\b${OBJECT}`,
    String.raw`\bno (?:quiero|queremos|necesito|pido|busco) (?:que me )?(?:un |una |el |la )?(?:cancel|devol|reembols|cambi|anul)\p{L}+`,
    String.raw`\bno (?:cancelen?|anulen?|devuelvan|cambien?)\b(?: (?:el|mi) pedido)?`,
  ].join('|'),
  'giu',
);

/** The message without what it denies; what it wants instead stays. */
export function withoutDenied(text: string): string {
  return text.replace(DENIED, ' ');
}
