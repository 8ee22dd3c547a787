/** Word classes that all families of the Tier 0 screen share (decisions §2.1). English first, Spanish after it. */
import type { Phrases } from './screen-family.ts';

/** Things that bear a term on them or in their name ("identity thief costume", "lawsuit board game"): merchandise, not the matter itself. */
export const GOODS_WORDS =
  'costume|costumes|mug|mugs|tee|tees|shirt|shirts|tshirt|hoodie|hoodies|sweatshirt|sticker|stickers|poster|posters|print|prints|puzzle|puzzles|game|games|boardgame|book|books|novel|novels|audiobook|ebook|paperback|hardcover|comic|manga|movie|film|dvd|bluray|series|season|show|podcast|documentary|album|vinyl|record|song|doll|dolls|barbie|figure|figures|figurine|toy|toys|playset|lego|mask|masks|wig|hat|hats|cap|badge|patch|pin|keyring|keychain|magnet|candle|candles|soap|lipstick|polish|perfume|palette|heels|sauce|plush|backpack|doormat|ornament|decoration|decorations|display|kit|plot|episode|chapter|party|themed|theme|edition|expansion|cards|deck|trilogy|thriller|drama|mystery|musical|soundtrack';

export const SHARED_CLASSES: Phrases = {
  you: ['you|yall|yourself|yourselves|them', 'this company|seller|shop|store|business'],
  your: ['your|yalls|youre', 'this|that|the company|companys|shop|shops|store|stores|sellers'],
  not: [
    'not|no|dont|doesnt|didnt|isnt|arent|wont|cant|cannot|havent|hasnt|never|nothing|nobody|without|fail|fails|ignore|ignoring|refuse|none',
  ],
  /** Announced, intended or threatened, not asked and not past. */
  i_will: [
    'ill|gonna|imma|ima|lets|therefore|shall',
    'i|we|husband|wife|and ~1 will|shall|must|might|may',
    'im|am|were|are|be ~1 going|gonna|about|ready|prepared|forced|happy|tempted|determined|obliged|compelled|bound|willing to',
    'going|about|have|need|want|ready|forced|happy|prepared|plan|planning|intend|like|obliged|compelled|willing to',
    'well|wanna',
    'let me',
    'next|then|now i',
    'voy|vamos a',
    'tendre|tendremos que',
  ],
  or_else: ['or|otherwise|else|unless|orelse'],
  /** What a customer wants by a condition: with the bank beside it, a conditional threat (ruling 22). */
  demand: [
    'refund*|money|reimburs*|compensat*|asap|immediately|urgently|today|tonight|tomorrow|hours|deadline|now',
    'fix|fixed|resolve*|resolution|sort|sorted|answer|answered|response|respond|reply|replied|solution|hear|heard',
    'ship|shipped|sent|deliver|delivered|replace|replacement|received|arrived|arrive|ignored|ignoring|ghosted|nobody|nothing|enough|scam*',
    'reembolso|reembolsen|devuelvan|devolucion|dinero|respuesta|contestan|responden|solucion|solucionan',
  ],
  someone: [
    'someone|somebody|stranger|strangers|thief|thieves|hacker|hackers|scammer|scammers|fraudster|fraudsters|criminal|criminals|impostor|imposter|crook|crooks|scumbag|burglar|whoever|anyone|who|whos|someones|somebodys',
    'unknown|another|other|different|random|some person|people|party|man|woman|guy|individual|lady|kid|idiot|lowlife|rando',
    'person i dont know',
    'people who',
  ],
  relative: [
    'son|sons|daughter|daughters|kid|kids|child|children|toddler|teenager|grandson|granddaughter|nephew|niece|ex|husband|wife|roommate|flatmate|housemate|boyfriend|girlfriend|brother|sister|cousin|carer|caregiver|babysitter|nanny|coworker|colleague|employee|tenant|neighbour|neighbor',
  ],
  staff: [
    'staff|staffs|employee|employees|worker|workers|driver|drivers|agent|agents|rep|reps|representative*|manager|managers|boss|bosses|ceo|ceos|owner|owners|founder|founders|team|teams|colleague|colleagues|cashier|cashiers|supervisor|director|courier|couriers|receptionist|operator|operators|workforce|crew',
    'customer|support service|services|people|girl|guy|person|lady|agent|agents|rep|reps|team',
  ],
  place: [
    'office|offices|building|warehouse|warehouses|store|stores|shop|shops|headquarters|hq|facility|premises|factory|depot|showroom|boutique|branch|kiosk|business|place|company|unit',
    'call centre|center',
  ],
};
