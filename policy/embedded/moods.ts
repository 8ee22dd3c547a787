/** How a wish is meant: denied, settled, supposed, past. Cues for the weights to believe as far as the corpus bears them out. */

const CUES: Readonly<Record<string, RegExp>> = {
  settled:
    /\b(?:all (?:good|sorted|set|fine|well)|sorted (?:now|it|out)|never ?mind|nvm|(?:please )?(?:ignore|disregard|forget) (?:my|the|that|this|it)|(?:it |they )?(?:just |finally |has |have |all )*(?:arrived|turned up|showed up|came)(?: today| now| safely| fine| after all|,? thank)|found (?:it|them|the|my)|works? (?:now|again|fine|after all)|(?:got|received) (?:it|them|everything)(?: now| today)?|no longer (?:needed|an issue|a problem)|problem solved|resolved|fixed (?:it|now)|thanks? (?:for|you for) (?:the|your|sorting|fixing|sending|getting|letting|such)|(?:ok|okay|great|perfect|lovely|brilliant|cheers)[ ,!]*(?:then|thanks|thank you|i will|ill|that)|ya (?:llego|aparecio|esta|lo encontre|funciona)|olvid(?:en|a|e)(?:lo)?|todo bien)\b/,
  supposed:
    /\b(?:(?:if|when|once|before) (?:i|we) (?:order|buy|get|purchase|subscribe|sign up|place|go for|were|was|do)|(?:thinking|thought|considering|planning|interested|wondering|tempted|looking) (?:of|about|to|in|at|whether|if)|before (?:ordering|buying|i (?:order|buy|commit))|what happens? if|what if|would (?:it|you|that|they|i|there|the)|do (?:you|they|your)|does (?:it|the|this|your|a)|is (?:there|it possible|this)|are (?:there|these|they|your)|can (?:one|you still|these|they|it)|how (?:long|soon|fast|much) (?:does|do|is|would|are|to)|si (?:pido|compro|lo pido|encargo)|antes de (?:pedir|comprar)|estoy pensando)\b/,
  placed:
    /\b(?:i|we|ive|weve|my|our|just|already|yesterday|today|monday|tuesday|wednesday|thursday|friday|saturday|sunday|week|morning|night|ago|wife|husband)(?: \w+){0,2} (?:ordered|bought|purchased|paid|placed|received|got|order|purchase|parcel|package|delivery|subscription|plan)|\b(?:shapenumber|pedi|compre|mi pedido)\b/,
  refused:
    /\b(?:do ?nt|do not|does ?nt|did ?nt|did not|never|no need to|not (?:asking|looking|trying|here|going|interested|a|an|about)|rather not|instead of|no quiero|sin)\b/,
};

/** Names of the moods that a sentence shows, and of the question it is. */
export function moodsOf(words: readonly string[]): string[] {
  const sentence = words.join(' ');
  const found = Object.entries(CUES).flatMap(([mood, cue]) => (cue.test(sentence) ? [mood] : []));
  return words.includes('?') ? [...found, 'asking'] : found;
}
