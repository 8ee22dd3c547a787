import { COMMON_MISSPELLINGS, EVERYDAY_WORDS } from './english-everyday.ts';

/**
 * Everyday English of a helpdesk: the list behind the short-text rule (replies §10), and the words that are no misspelling of
 * another. Base forms; `isEnglishWord` adds regular endings.
 */
const BASE_WORDS = `
a able about above accept access accident according account across action active actual actually ad add addition address adult
advance advice advise afraid after afternoon again against age agent ago agree ahead air album all allow almost alone along already
alright also although altogether always am amazing amount an and anger angry animal anniversary announce annoy another answer any anybody
anymore anyone anything anytime anyway anywhere apart apartment apologise apologize apology app appear apple application apply appointment
appreciate april are area aren arent argue arm around arrange arrival arrive article as ask asap asleep assemble assist assistance assume at ate attach
attachment attempt attend attention attorney august automatic available average avoid await awake aware away awesome awful baby back bad badly
bag balance ball bank bar bare base basic basket bath bathroom battery be beautiful became because become bed bedroom been beer before began
begin behalf behind being belief believe bell below benefit best bet better between beyond big bill birthday bit black blame blanket bless
blink block blog blood blow blue board boat body boil bonus book bored born both bother bottle bottom bought bound box boy brag brand
break breakfast breath bright bring broad broke broken brother brought brown browser brush bug build building built bulk bulb burn bus business
busy but button buy by bye cable cake calendar call calm came camera can cancel cancellation candle cannot cant cap capacity car card care
careful carefully carpet carrier carry carton cart case cash cat catch cause ceiling centre center certain chair chance change channel charge charger
chat cheap cheaper check checkout cheer child children choice choose chose chosen christmas city citrus claim class clean clear clearly click client
climb clip clock close cloth clothes cloud club coat code coffee cold collect college color colour combine come comfort comfortable comment
common company compare compatible compatibility complain complaint complete completely computer concern condition confirm confirmation confuse congratulation connect connection
consider contact contain content continue control conversation convenient cook cool copy cord corner correct correctly cost cotton could couldn couldnt count
country couple coupon courier course court cousin cover coverage crack crash crazy create credit cross crush cup curious current currently custom customer cut cute
cycle dad daily damage damn dark data date daughter day deal dear debit december decide decision deep defect defective definitely delay delete deliver
delivery demand depend describe description deserve design desk despite detail device did didn didnt die differ difference different difficult diffuser dim dinner
direct direction directly dirty disappoint disappointment disconnect discount discover discuss dish display distance do doctor document does doesn doesnt dog dollar done don dont
door double doubt down download dozen draw dream dress drink drive driver drop dropped dry due dumb during dust duty each ear earlier early
earn easily easy eat edge edit effect effort effective either electric else email empty end energy engine english enjoy enough enquire enquiry enter entire
entirely envelope equal equipment error escape especially essential estimate eta even evening event eventually ever every everybody everyone everything everywhere exact exactly
example excellent except exchange excite excuse exist expect expensive experience expire explain express extra extremely eye face fact factory fail failure fair
fairly fake fall family fan far farm fast fat father fault faulty favor favorite favour favourite fear feature february fee feedback feel feet fell felt few
field figure file fill filter final finally find fine finger finish fire firm first fit five fix flash flat flight floor flow flower fly
focus folder follow food foot for force forever forget forgot forgotten form forward found four fragile fragrance frame free freeze fresh friday friend friendly from
front frustrate frustration fuel full fully fun function funny further future gadget game garage garden gas gave gear general gentle get gift girl give
given glad glass go goes gone gonna good goodbye got gotta gotten grandma grateful great green greeting grey gray group grow guarantee guess guest guide guy
had hadn hair half hall hand handle hang happen happy hard hardly has hasn hasnt hate have haven havent having he head health hear heard heart heat
heavy held hell hello help helpful her here hers herself hey hi high him himself his hit hold hole holiday home homeless honest honestly hope hot
hotel hour house how however huge human hundred hungry hurry hurt husband i ice idea identify if ill im image imagine immediate immediately important
impossible improve in inch include incomplete incorrect increase indeed indicate info inform information ingredient inquire inquiry inside instagram install instead instruction intend interest international
internet into invoice iphone is island isn isnt issue it item its itself ive january job join joke july jump june just keen keep kept key kid kind
kindly kit kitchen knew knock know knowledge known label lady laid lamp land language laptop large last late lately later laugh laundry lavender law lead
leaf leak learn least leather leave left leg lend length less let letter level lid lie life lift light like likely limit line link list
listen lit little live load local location lock log login logo long longer look loose lose loss lost lot loud love lovely low luck lucky lunch machine mad made
mail mailbox main major make male man manage manager manual many march mark market master match material matter may maybe me meal mean meant
measure medium meet meeting member membership memory men mention menu mess message met metal method middle might mild mile military milk mind mine mini minor
minute mirror miss mist mistake mitigate mix mobile mode model modern mom moment monday money month monthly mood more morning most mother motion mount mouse
mouth move movement movie much mum music must my myself name narrow nature near nearby nearly necessary neck need negative neighbor neighbour neither nephew never
new news newsletter next nice night nine no nobody noise none noon nor normal normally north nose not note nothing notice notification notify november now nowhere
number nursery nurse object obvious obviously ocean october odd odor odour of off offer office officer official often oh oil ok okay old on once
one online only onto open opportunity opposite option or orange order ordinary original other otherwise ought our ours ourselves out outlet outside oven over overnight
own owner pack package packaging packet page paid pain paint pair pairing paper parcel parent park part partial particular partner party pass password past patience patient
pause pay payment peace pen pending people per perfect perfectly perfume perhaps period person personal pet phone photo pick picture piece pink place plain plan plane
plant plastic plate play pleasant please pleased pleasure plenty plug plus pocket point policy polite poor pop popular porch portable position positive possible possibly post
postage postal postcode potential pour power practice prefer preorder prepare present press pretty prevent previous previously price print printer private pro probably problem process
produce product professional profile program promise promo promotion prompt proof proper properly property protect proud prove provide public pull pump purchase pure purple purpose push put quality quantity
quarter question quick quickly quiet quit quite quote radio rain raise ran range rate rather reach react read ready real realise realize really reason receipt
receive recent recently recharge recipient recognise recognize recommend recommendation record red reduce refer reference refill reflect refund refuse regard regarding region register regular regularly related relationship relax
release relevant reliable remain remember remind remote remove renew renewal rent repair repeat replace replacement reply report request require reschedule research reset residence resolve respond response
rest restart restaurant result retail return review reward ribbon rich rid ride right ring rip rise road room rope rose rough round rude ruin rule run rush sad
safe safely said sale salt same sample sat satisfy saturday save saw say scan scent schedule school scratch screen screw seal search season seat second secret section
secure see seem seen select self sell send sense sensitive sent separate september serial series serious seriously serve service session set setting setup seven several shade
shake shall shame shape share sharp she shelf ship shipment shipping shirt shock shoe shop shoot short shortly should shouldn shout show shower shut sick side sign signature significant silly
silver similar simple simply since sincerely single sink sir sister sit site situation six size skin skip sleep slept slight slightly slip slot slow slowly small smart
smell smile smoke smooth snap snow so social sofa soft software sold solid solution solve some somebody somehow someone something sometime sometimes somewhere son soon
sorry sort sound source south space spare speak special specific speed spell spend spent spill split spoke spoken spot spray spring square squeeze stable staff stain stand standard
star start state statement station status stay steal step stick still stock stolen stomach stood stop storage store storm story straight strange strap street stress string strong
stuck student stuff stupid style subject subscribe subscription success successful such sudden suddenly sugar suggest suggestion suit suitable summer sun sunday supplier supply support suppose supposed sure surely
surface surprise sweet swap switch symbol system tab table tablet tag take taken talk tall tank tap tape taste tax teach team tear tech technical technology telephone
tell ten term terrible terribly test text than thank thankful thanks that thats the their theirs them themselves then there theres therefore these they thick thin thing think third this
those though thought thousand thread three threw through throw thrown thru thursday thus ticket tie tight till time timer tiny tip tired title to today toe together toilet told
tomorrow tone tongue tonight too took tool tooth top total totally touch tough tour toward towards towel tower town toy track tracking trade traffic train transaction transfer transit translate
transport trash travel treat tree trial trick trip trouble truck true truly trust truth try tube tuesday turn tv twelve twice twin two type typical typically ugly unable
under understand understood unfortunately unhappy unhelpful unit unless unlike until unusual up update upgrade upload upon upper upset upstairs urgent urgently us usage usb use useful useless user usual
usually vacation valid value van vanilla various version very via video view visit voice void voucher wait wake walk wall wallet want wanted war warehouse warm warn warning warranty was wash
wasn wasnt waste watch water wave way we weak wear weather web website wedding wednesday week weekend weekly weight weird welcome well went were weren werent west wet what whatever
whats wheel when whenever where wheres whereabouts wherever whether which while white who whoever whole whom whose why wide wife wifi will win wind window winter wipe wire wireless wise
wish with within without woke woman women won wonder wonderful wont wood wool word wore work world worn worried worry worse worst worth would wouldn wouldnt wow wrap wrapped write
written wrong wrote yard yeah year yellow yep yes yesterday yet you your youre yours yourself zero zip zone
accidentally acknowledge adapter additional advertise affiliate ambassador anyways apologies appliance aroma assigned backorder bluetooth boutique brief bubble
carelessly cartridge cleaner cleaning clothing collab collaborate collaboration collection colleague concentrate concerned consistent counter cracked creator crushed cushion
dead dented dimension disable dispatch dispute duplicate ebook elsewhere enable eucalyptus expected expedite expedited exclusive exchange faster finalise follower fulfill fulfilled fulfilment fulfillment
gently giveaway goodness gorgeous handling happened hardware helpline holding housewarming humidifier immediate inbox influencer interested interior invalid ios android
kettle landlord leaflet leakage lemon loyalty luxury magazine mango marketing minus misplaced mister misting moisture monthly nowadays ordered overcharge overdue
packed peppermint personally plugin podcast pouch powder pricing procedure purifier quote rattle recurring redeem registered relocate reimburse remaining renewing resend returns reusable rosemary
scented screenshot shattered shipper sincere sleepy sparkle specification spilled sponsor starter subscriber suffer supplied sweat temperature thoughtful timely tracked trader troubleshoot troubleshooting tumble
unauthorised unboxing undelivered unfulfilled unopened unpack unplug unsubscribe unused upcoming username usps ups fedex dhl vase verify vendor vibrate wander warehouse wholesale workplace wrongly youtube tiktok facebook
hows whos youll youve youd theyre theyve theyll hes shes weve well were wed itll itd id ive ill thatll shouldnt mustnt hadnt aint wanna gimme lemme pls plz thx ty u ur r k n btw fyi idk omg lol hmm hm ok
abuse attack barrister bomb chargeback court dead dox exposed fraud gun hack judge kill lawsuit lawyer legal murder nonsense police regret ripoff scam scammer shit solicitor stab sue suicide thief threat
agency apparently auto banner blend canada chip convenience cordless counsel decline decor dial discontinue disregard dm dms drain earliest formal fund hotline identical identity
lifestyle misspell misspelt noticeable opening paypal permission pirate pursue rep represent reverse rma scrap seo smash socket spark tide trackable walnut withdraw xl xs
cc ps mr mrs ms dr st ave rd am pm etc vs re fwd lb oz ft cm mm kg ml
`;

function listed(text: string): ReadonlySet<string> {
  return new Set(text.split(/\s+/).filter((word) => word !== ''));
}

const WORDS = listed(`${BASE_WORDS} ${EVERYDAY_WORDS}`);
const MISSPELLINGS = listed(COMMON_MISSPELLINGS);

/** Regular endings and what stands before them ("shipping" → "ship", "making" → "make", "tried" → "try"). */
function stemsOf(word: string): string[] {
  const stems: string[] = [];
  if (word.endsWith('ies') || word.endsWith('ied')) stems.push(`${word.slice(0, -3)}y`);
  for (const ending of ['s', 'es', 'ed', 'd', 'ing', 'er', 'ers', 'est', 'ly']) {
    if (!word.endsWith(ending) || word.length - ending.length < (ending === 'ing' ? 2 : 3)) continue;
    const stem = word.slice(0, -ending.length);
    stems.push(stem);
    if (ending === 'ing' || ending === 'ed' || ending === 'er') {
      stems.push(`${stem}e`);
      if (stem.at(-1) === stem.at(-2)) stems.push(stem.slice(0, -1));
    }
  }
  return stems;
}

/** True for a word of the list or a regular form of one; expects the normalised form (lower case, no apostrophe). */
export function isEnglishWord(word: string): boolean {
  return WORDS.has(word) || stemsOf(word).some((stem) => WORDS.has(stem));
}

/** True for a common misspelling of an English word that no dictionary has. */
export function isMisspelling(word: string): boolean {
  return MISSPELLINGS.has(word) && !isEnglishWord(word);
}

/** True for an English word in everyday writing, a common misspelling included. */
export function isEnglishWriting(word: string): boolean {
  return isEnglishWord(word) || MISSPELLINGS.has(word);
}
