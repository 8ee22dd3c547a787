/** Word classes and ordinary expressions behind `screen-harassment.ts`. */
import type { Phrases } from './screen-family.ts';
import { GOODS_WORDS } from './screen-words.ts';

export const HARASSMENT_CLASSES: Phrases = {
  target: ['you|yall|yourself|yourselves', 'you guys|people|lot|all'],
  /** Whose: never "my". */
  whose: ['your|yalls|yours|his|her|their|that|the|this|these|those', 'your|the|that|their|his|her ~1 @staff'],
  staff_of: [
    'your|yalls|that|those|these|their|every|all|whole|some|any|of ~3 @staff',
    'the|a|an|one ~1 driver|drivers|agent|agents|rep|reps|manager|managers|boss|ceo|owner|cashier|supervisor|courier',
  ],
  staffs: [
    'staffs|employees|workers|agents|reps|managers|drivers|ceos|owners|bosss|directors|founders|bosses|teams',
    'your|the|that|their ~2 staffs|staff|employee|employees|worker|workers|driver|drivers|agent|agents|rep|reps|manager|managers|ceo|boss|bosses|owner|owners|representative*|director|founder|girl|guy',
    'his|her',
  ],
  private_of: [
    'your|his|her|their|everyones|staffs|employees|workers|agents|reps|managers|drivers|ceos|owners|bosss|directors|founders|bosses|teams',
    'your|the|that|their ~2 staffs|staff|employee|employees|worker|workers|driver|drivers|agent|agents|rep|reps|manager|managers|ceo|boss|bosses|owner|owners|team|teams|representative*|director|founder|people|girl|guy',
    'his|her|their',
  ],
  them: ['him|her|them|someone|somebody|anyone|everyone|everybody|whoever'],
  weapon: [
    'bat|gun|guns|rifle|shotgun|pistol|machete|knife|knives|petrol|gasoline|gas|matches|lighter|bullet|bullets|acid|brick|bricks|crowbar|molotov|axe|hammer|pistola|cuchillo|bate|weapon|weapons|blade|fists|boys|lads|brothers|friends|cousins|dogs|mates|cans',
  ],
  deadly: [
    'kill|kil|kll|killing|murder|murdering|stab|stabbing|strangle|strangling|slaughter|shoot|shooting|choke|choking|behead|lynch|rape|torture|execute|shank',
  ],
  hurt: [
    '@deadly',
    'hurt|hurting|harm|harming|attack|attacking|assault|punch|punching|slap|slapping|injure|injuring|smack|smash|smashing|beat|beating|maim|whoop|bash|thump|hit|hitting|batter',
  ],
  limb: [
    'legs|leg|neck|face|faces|jaw|jaws|bones|arms|arm|knees|kneecaps|teeth|tooth|head|heads|skull|throat|nose|ass|fingers|finger|eyes|eye|hands|ribs|back|fase',
  ],
  publish: [
    'post|posting|publish*|put|putting|leak|leaking|share|sharing|upload*|release|releasing|spread|spreading|reveal*|broadcast|plaster*|print|printing|tweet|tweeting|giving|give|dump|dumping|expose|exposing',
  ],
  home: [
    'home|private|personal address|addresses|adress|adres|adreses|number|numbers|phone|phones|mobile|mobiles|cell|details|life|data|accounts|account|insta|instagram|facebook|email|profile|photo|photos',
  ],
  private: [
    'address|addresses|adress|adresses|adreses|phone|number|numbers|nuber|fone|home|details|mobile|mobiles|cell|names|name|photo|photos|picture|pictures|face|faces|info|information|identity|data|private|personal|street|facebook|instagram|linkedin|accounts',
  ],
  public: [
    'online|onlin|everywhere|internet|public|publicly|twitter|facebook|instagram|tiktok|reddit|web|website|forum|forums|4chan|telegram|youtube|discord|net',
    'social media',
    'all over',
    'whole world|internet',
    'for everyone|everybody|all|anyone',
    'so everyone|everybody',
    'every forum',
  ],
  slur: [
    'faggot|faggots|nigger|niggers|nigga|niggas|kike|kikes|spics|chinks|trannies|wetback|wetbacks|beaner|beaners|gook|gooks|raghead|ragheads|maricon|maricones|sudaca|sudacas|towelhead|towelheads|pajeet',
  ],
  unsure_slur: ['fag|fags|spic|chink|tranny|retard|retards|paki|pakis|dyke|dykes|coon|coons|negro|negros|homo|homos'],
  group: [
    'indians|indian|pakistanis|mexicans|chinese|arabs|arab|muslims|muslim|jews|jew|jewish|blacks|africans|asians|immigrants|immigrant|foreigners|foreigner|foreign|gays|gay|lesbians|gypsies|gypsy|turks|poles|romanians|filipinos|latinos|moros|negros|sudacas|russians|race|trans',
  ],
  contempt: [
    'filthy|dirty|fucking|stinking|disgusting|damn|bloody|stupid|goddamn|effing|subhuman|worthless|putos|puto|malditos|inferior',
  ],
  pest: ['scum|vermin|animals|rats|pigs|cockroaches|roaches|monkeys|apes|subhumans|parasites|trash|savages|filth'],
  come: [
    'come|coming|show|showing|turn|turning|drive|driving|drop|dropping|pull|pulling|visit|visiting|head|heading|roll|walk|walking|pay|paying|cum|ir|voy|pul',
  ],
  future: ['will|gonna|going|are|gets|get|ll|about|go|deserve|should|need|better'],
};

/** Harmless neighbours of a term; their words do not count. After `^` only the first word does not. */
export const HARASSMENT_ORDINARY: readonly string[] = [
  `kill|killer|killing|killers|murder|murderer|dead|death|die|dying|stab|bomb|bombs|gun|guns|knife|stalker|threat|revenge|hate|shooting|shooter|assault|blood|bloody|burn|hell|hunter|hunt|slasher|vengeance|torture|axe|weapon ~1 ${GOODS_WORDS}`,
  `${GOODS_WORDS} ~3 says|saying|called|titled|named|reads|about|labelled ~5 kill|killer|killing|murder|dead|death|die|dying|bomb|gun|knife|stalker|threat|revenge|hate|blood|burn|hell|hunt`,
  'someone|somebody|anyone|he|she ~1 could|might have been ~1 hurt|killed|injured',
  'go|goes|send|sent|going|went back ~1 to? where ~1 they|it|these|this ~1 came|come|belong|belongs',
  'satisfied or else',
  'im|ill|i ~1 coming|come|drive|driving|going ~2 to your ~1 office|offices|hq|headquarters ~8 pick|collect|return|pay|drop|interview|try|buy',
  'before ~1 someone|somebody|anyone gets|get hurt|injured',
  'kids|childrens school bag|bags|backpack|shoes|uniform|uniforms|supplies|desk|lunch',
  'would|wouldnt|does|doesnt|did|didnt|wont it|that|this kill|hurt',
  'it|that|this|these|stairs|price|prices|wait|heat|cost|wont|might|could ~2 kill|hurt|harm ~1 you|him|her|them|us',
  'kill|kills|killed|killing time|germs|bacteria|mold|mould|odors|odours|smells|bugs|mosquitoes|mosquitos|weeds|viruses|switch|bill|zone|me|it|my|two',
  'kill the mood|vibe|bugs|germs|weeds|smell|battery|switch|time|bacteria|engine|lights',
  'to kill|die for',
  'would|id|could|might ~1 kill|murder|die for',
  'would|id|could|might ~1 kill|murder|die to have|own|wear|be|work',
  'i|we dont|do|didnt|cant ~1 want|like|dare ~1 go|walk|come|travel|drive|be ~2 alone',
  'regret it if ~1 stop|stopped|discontinue|discontinued ~1 making|selling|stocking|producing',
  'everybody|everyone at|in work|school|church|home',
  'hurt|hurts|hurting ~2 feelings|eyes|ears|nose|feet|head|skin',
  'shoot ~3 message|email|mail|dm|note|text|line|number|call|reply|link|picture|photo|video|pic',
  'shoot|shooting ~2 video|content|reel|photos|product|hoops|arrow|film|portrait',
  'photo|video|product|photoshoot|wedding|family shoot|shoots|shooting',
  'gun ~1 safe|rack|case|belt|holster|cabinet|oil|range|metal|grey|cleaning',
  'massage|glue|heat|nerf|water|squirt|toy|caulk|nail|staple|spray|label|radar|bubble|tattoo|paint|cap|top|spud|potato|price|laser gun|guns',
  'bath|shower|scent|fragrance|cocoa|chocolate|photo|glitter|seed|smoke|stink|confetti|fizzy|colour|color|hot bomb|bombs',
  'bomb jacket|shelter|disposal|cyclone',
  'is|are|was|so|its|were da|the bomb',
  'cost|costs|down|went a? bomb',
  'drop dead gorgeous|beautiful|sexy|stunning|fred|date',
  'dead man|mans|mens chest|float',
  'like|look|looks|looking|costume ~2 dead man|woman',
  'dead right|wrong|serious|funny|good|on|sure|set|easy|simple|cheap|cute|tired|battery|pixel|center|centre',
  'i will be sorry',
  'sorry to|about|for hear',
  'tennis|bath|fire|cricket|softball|wooden|beginner|beginners|aluminium|foam bat|bats|place|pit',
  'kitchen|butter|bread|steak|chef|chefs|paring|pocket|palette|carving|cheese|oyster|fruit|folding|utility|santoku knife|knives|block',
  'bat box|costume|wing|wings|mobile|signal|poster',
  'let|lets|lemme me|us know where',
  'dont|not|do|does|didnt|did|doesnt|nobody|anyone|never|wont|must|should|want|like|need|please ~3 know where ~2 my|it|its|this|that|the|to|order|package|parcel',
  'know where you|your ~1 coming|stand|ship|deliver|shipped|source|sent|put|went|got|get|left|bought',
  'never|not|wont|dont|doubt|think|cant ~2 regret',
  'pay for this|that|the|it ~1 return|shipping|postage|label|order|item|one|purchase|bill|invoice',
  'watch out for|of|world|ppl|people|guys|everyone',
  'the|my|this|her|his|nicked|a watch out',
  // A clause begins: what else could be done, no threat.
  'or else ~1 change|use|leave|put|make|take|ring|call|tell|try|give|add|replace|exchange|swap|pick|have|let|get|keep|return|maybe|another|someone|somebody|what|when|why|which|not|no|do|does|did|change|cambia|update|switch|move|ship|deliver|hold|charge|book|buy|order|find|show|go|if|at|by|with|there|they|she|he|that|this|everything|nothing|somewhere|tomorrow|next|only',
  'will find you ~1 a|the|bigger|better|something|another',
  'or else i|it|its|the|we|they|my|just|drop|send|refund|cancel|please|can|could|would|how|what|where|is|will|ill|you|a|an|in|on|to',
  'watch your|the ~1 video|videos|live|lives|stream|reels|stories|tutorial|unboxing|channel|page|inbox|email|step',
  'be careful with|not|about|of|opening|if|around|as|because',
  'be careful when ~1 opening|packing|shipping|handling|unpacking|pack|open|ship|you ~1 pack|open|ship|send',
  'burn|burns|burning|burned|burnt calories|fat|candle|candles|oil|incense|wood|cd|dvd|disc|discs|rubber|out',
  'hit|hits|hitting ~1 up|shelves|stores|market|spot|snooze|me',
  'beat|beats|beating ~1 crowd|rush|heat|eggs|price|drum|quote',
  'beat ~1 to it',
  'punch|smack|slap ~2 stickers|sticker|bag|bags|hole|bowl|lip|glove|gloves|band|bracelet|bracelets|bang',
  'sorry to|about|for|hear',
  'good|great|nice|sorry|hate|dont|not|dear|hope ~1 to? threaten*',
  'die|died|dying ~1 laughing|cut|cast|hard|hair',
  'threatened|threatens|threatening|threaten ~1 by|it|its|rain|species|snow',
  'threatened|threatens|threatening|threaten ~2 to|with|him|her|them ~2 wear|go|leave|eat|divorce|return|run|throw|move|cancel|rain|cry|stop|buy|knit|sing',
  'ruin|ruins|ruined|ruining ~1 surprise|my|the|our|carpet|it|birthday|christmas',
  'expose ~2 it|sun|sunlight|light|heat|water|moisture|skin',
  'blood orange|pressure|type|sugar|moon|bank|test|on it|stain',
];
