/** Short messages about nothing that was ordered: a rating, a mailing list, a sign-in, a job, half an answer ("no the other one"). */

const MOST_WORDS = 60;
const FEW_WORDS = 20;

const TROUBLED =
  /\b(?:refund\w*|money back|return(?:ed|ing|s)?|exchange|replace\w*|cancel\w*|charged|invoice|broken|damaged|cracked|leak\w*|missing|wrong|faulty|late|empty|nothing|not|never|didnt|havent|where|instead|reembolso)\b/;
/** Something of ours is asked for or amiss all the same. */
const ORDERED =
  /\b(?:orders?|ordered|ordering|bought|buy|purchased?|parcels?|packages?|deliver\w*|ship\w*|refund\w*|return(?:ed|ing|s)?|exchange|replace\w*|cancel\w*|subscription|subscribed|plan|charged|paid|invoice|broken|damaged|cracked|leak\w*|missing|faulty|late|empty|instead|pedido|compre|paquete|reembolso)\b|\b(?<!spel(?:led|t) )wrong\b|#?\d{4,}/;
const OFFERED =
  /\b(?:codes?|coupons?|vouchers?|discounts?|promo|gutschein|offers?|points|rewards?|codigo|cupon|descuento)\b|%/;
const PARTNERED =
  /\b(?:blogs?|channels?|followers|subscribers|readers|collab\w*|sponsor\w*|partner\w*|influencers?|audience|instagram|youtube|tiktok|podcast|samples?|free|sending me|send me|sends?|press|pr|my newsletter|brands?|ads|stock|sold out)\b/;

const RATING =
  /\b(?:[0-5]|one|two|three|four|five|zero|cinco|cuatro) ?(?:stars?|estrellas)\b|\b(?:\d|10|ten|nine|eight|seven|six|five|four) (?:out of|\/) ?(?:5|10|five|ten)\b|\b(?:[0-5] ?\/ ?5|(?:10|\d) ?\/ ?10)\b|^(?:my )?(?:rating|score|nps)\b/;
const REVIEWING =
  /\b(?:leave|write|post|submit|edit|delete|remove|take down|change|add|give|rate|answer|fill(?:ed)? (?:in|out)|do|did|done|completed?|finished)(?: \w+){0,3} (?:reviews?|ratings?|feedback|surveys?|questionnaires?|encuesta|resena)\b/;
const MAILINGS =
  /\b(?:newsletters?|news letters?|mailing lists?|marketing (?:e[ -]?mails?|mails?|texts?|messages?|preferences)|promotional (?:e[ -]?mails?|mails?|texts?)|mailings?|boletin)\b/;
const SIGNING_IN =
  /\b(?:reset|forgot|forgotten|change|new|lost|recover)(?: \w+){0,3} (?:password|passcode|contrasena)\b|\b(?:password|passcode) (?:reset|change|recovery|link)\b|\b(?:verification|two[ -]?step|2[ -]?step|2fa|one[ -]?time|login|log[ -]?in|sign[ -]?in|authenticator|confirmation|authentication) (?:codes?|pins?)\b/;
const JOB =
  /\b(?:internships?|apprenticeships?|vacanc(?:y|ies)|job (?:opening|application|offer|advert)s?|work experience|my (?:cv|resume|curriculum|application)|(?:are|r) you hiring|cover letter|practicas|empleo)\b/;
/** Other people's business, by words that name nothing a shop delivers. */
const ELSEWHERE =
  /\b(?:gym membership|(?:joint|savings|current) account|open(?:ing)? (?:a|an|my) (?:\w+ )?(?:bank )?account with my|nda|non disclosure agreement|visa application|tax (?:portal|return)|(?:zoo|museum|concert|theatre|cinema|train|bus|flight|plane)\b.{0,30}\btickets?|tickets? (?:to|for) the (?:zoo|museum|concert|theatre|cinema|match|game))\b/;
const OPENER =
  /^(?:(?:hi|hello|hey|hola|good (?:morning|afternoon|evening)|excuse me|sorry)[ ,!.]+)*(?:(?:i am|im|i) )?(?:not sure|dont know|do not know|unsure|no idea|wondering|is|was|am i)(?: \w+){0,4} (?:the )?(?:right|correct|proper) (?:place|person|people|address|e[ -]?mail|inbox|department|number|team|page|form)(?: (?:to|for) (?:ask|write|this|that|it|you|be))?[ .!?]*$/;

/** Half of a conversation we do not have. */
const POINTING = new Set(
  'one ones other that this these those both neither either otro otra ese esa este esta'.split(' '),
);
const BESIDE = new Set(
  'no nope nah yes yeah yep ok okay sorry actually well oh hmm i mean meant not its it is was the first second third last same previous left right all of them please thanks thank you pls si el la los las el no ones and or but just'.split(
    ' ',
  ),
);

/** @param copy  plain copy of the message */
export function isAside(copy: string): boolean {
  const words = copy.match(/[\p{L}\p{N}]+/gu) ?? [];
  if (words.length === 0 || words.length > MOST_WORDS) return false;
  if (words.every((word) => POINTING.has(word) || BESIDE.has(word))) return words.some((word) => POINTING.has(word));
  if (OPENER.test(copy) || ELSEWHERE.test(copy)) return true;
  if (RATING.test(copy)) return words.length <= FEW_WORDS && !TROUBLED.test(copy);
  if (ORDERED.test(copy.replace(SIGNING_IN, ' '))) return false;
  if (SIGNING_IN.test(copy) || JOB.test(copy)) return true;
  if (MAILINGS.test(copy)) return !OFFERED.test(copy) && !PARTNERED.test(copy);
  return REVIEWING.test(copy) && !OFFERED.test(copy) && !PARTNERED.test(copy);
}
