/** What is done to whom, with what and where, crossed as word classes rather than listed as sentences (decisions §2.1). Part of `screen-harassment.ts`. */
import type { Phrases } from './screen-family.ts';

export const MEANT_CLASSES: Phrases = {
  /** Anyone a threat can be for. */
  victim: [
    'you|u|yall|ya|yourself|yourselves|him|her|them|he|she|they|hes|shes|theyre|youre|youll|whoever|someone|somebody|everyone|everybody|anyone|everyones|someones|somebodys|te|los|las|les|le|lo|la|ustedes|usted|su|tu',
    '@staff|driver|fitter|installer|plumber|postman|mailman|guy|man|woman|lady|girl|dude|person|idiot|clown|moron|bastard|bitch|prick|scum|people|kid|boy|ceo|packer|packers|technician|repartidor|empleado|empleada|gerente|encargado|chofer',
  ],
  /** What has been done to them, or will be. */
  harmed: [
    'stabbed|shot|killed|murdered|beaten|jumped|slapped|punched|strangled|hanged|hung|whipped|knifed|decked|clobbered|battered|swatted|raped|drowned|skinned|gutted|maimed|crippled|executed|lynched|smoked|stomped|throttled|choked|merked|clapped|bodied|dropped ~1 off? ~1 roof?',
    'put down|under',
    'taken out|down ~1 back?',
    'run over',
    'blown|burned|burnt up|alive|down',
    'six feet under',
    'thrown|pushed|shoved|kicked off|down|under|over|through ~2 bridge|stairs|train|bus|window|wall|cliff|roof|gate',
  ],
  harming: [
    'kill|killing|murder|murdering|murdur|merder|murda|stab|stabbing|strangle|strangling|throttle|throttling|punch|punched|punching|slap|slapped|smack|smacked|headbutt|choke|choking|gut|skin|shank|knife|decapitate|behead|lynch|maim|cripple|wring|swat|swatting|deck|clobber|thump|wallop|pummel|batter|mow',
    'beat|beating|mess|fuck|rough|cut|carve|blow|smash|smashing|bash ~2 up|in',
    'put|putting ~3 hospital|grave|ground|coffin|wheelchair|box|ambulance',
    'break|breaking|snap|snapping|wring|crush|smash|slit|cut|rip|bust|kick|stomp ~3 neck|necks|legs|leg|arms|arm|fingers|jaw|nose|teeth|throat|throats|skull|kneecaps|face|head|ribs|bones',
    'matar|matare|matarte|matarlos|matarlo|matarla|matarles|mato|apunalar|rajar|rajarte|reventar|reventarte|golpear|partir|romper|ahorcar|degollar|madrear|madrearte',
  ],
  hurt_signs: [
    'ambulance|stretcher|coffin|casket|morgue|wheelchair|crutches|limp|limps|limping|gravestone|tombstone|graveyard|obituary|hearse|bodybag|paramedics|ventilator|icu|cojea|muletas|camilla|ambulancia|ataud|cementerio|panteon|sangre',
    'through|thru|with a straw',
    'body bag',
    'life support',
    'dental|funeral plan|insurance|records|work|arrangements',
    'walk|walking|talk|chew|type|see|breathe|smile again|anymore|straight',
  ],
  arms: [
    'gun|guns|knife|knives|bat|pistol|rifle|shotgun|machete|crowbar|glock|bullet|bullets|acid|molotov|petrol|gasoline|brick|bricks|hammer|axe|blade|pipe|pistola|cuchillo|bate|machete|navaja|bala|balas|plomo|gasolina|baseball|9mm|ak|ar15|sledgehammer',
  ],
  house: ['live|lives|liv|sleep|sleeps|work|works|park|parks|stay|stays|drink|drinks|train|trains|shop|shops|eat|eats'],
  finding: [
    'find|finds|finding|found|know|knows|knowing|kno|learn|learns|learned|learnt|track|tracking|tracked|figure|figured|google|googled|locate|located|discover|discovered|looked|looking|see|saw|seen|got|memorised|memorized',
  ],
  crowd: [
    'everybody|everyone|people|guys|yall|fam|folks|followers|fans|chat|internet|viewers|subscribers|somebody|someone|group|members|boys|lads|mates|gang|crew|brothers|cousins|friends|homies|primos|hermanos|amigos|gente|banda|todos',
  ],
  soon: [
    'one|any|some of these|those|this ~1 days|day|nights|night|evenings|mornings',
    'one|some|una|algun|cualquier day|night|evening|morning|noche|dia',
    'some dark|fine|lovely|quiet|day|night|evening',
    'someday|tonight|sooner|eventually|soon|tomorrow|manana|pronto',
    'when|cuando you|u|he|she|they|menos ~1 least|dont|lo|wont|cant|never ~1 expect*|see|hear|know|esperen|esperes',
    'sooner or later',
  ],
};

export const MEANT: Phrases = {
  'threat.harm_crossed': [
    '@victim ~4 getting|gets|get|gonna|gon|be|is|are|will|going|deserves|deserve|should|needs|need|ought|wants|gettin|being|should|got ~2 be? ~2 @harmed',
    'deserves|deserve|ought|should|need|needs ~2 be|get|getting|gets ~1 @harmed',
    '@i_will|would|wouldve|gona|gonna|gon|would|id|could|gotta|finna|about|boutta|wanna|should|tempted|swear ~3 @harming ~2 @victim|your|his|her|them|the',
    'wring|break|snap|slit|cut|crack ~1 his|her|your|their|ur|the|that|someones|somebodys ~2 neck|necks|throat|skull|legs|fingers|kneecaps',
    'voy|vamos a ~1 los|las|te|le? matar|golpear|apunalar|rajar|reventar|madrear|quemar',
    'matate|matense|muerete|suicidate|ahorcate|colgate|pegate',
    'te|los|las|le|les|lo|la ~1 voy|vamos|va|van ~2 matar|rajar|reventar|cargar|partir|romper|buscar|encontrar|esperar|madrear|desaparecer|quemar|arrancar',
    't voy|vamos a',
    'swat|swatting|swatted|swating ~2 your|ur|you|u|him|her|them|that|office|house|his',
    'eat|eating|drink|drinking|fed|feeding|food ~2 through|thru|with ~1 a|straw ~1 straw',
    'you|youll|u|ur|hell|shell|he|theyll|they|driver|guy|boss|manager|somebody|someone ~3 need|needs|leave|leaves|leaving|end|ends|going|gonna|up ~4 @hurt_signs',
    '@arms ~4 name|names ~1 on|written ~1 it|them',
    '@come|bring|bringing|brought|got|have|own|carry|carrying|load|loading|loaded|cleaning|grab|grabbing|voy|vengo|llevo|traigo ~4 my|a|the|mi|una|un ~1 @arms ~8 you|u|your|him|her|them|office|shop|store|there|over|ready|waiting|te|ustedes|if|next|tonight|tomorrow|and',
    'come|coming|comin|show|showing|pull|pulling|roll|rolling ~4 with|w ~1 my|a|the ~1 @arms',
    'through|thru|at|into ~1 your|ur|the|his|her ~1 front? ~1 window|windows|glass ~12 brick|bricks|rock|stone|hammer|bat|bullet|bullets',
    'brick|bricks|rock|stone|molotov|bullet|bullets ~10 through|thru|at|into|in|for ~2 your|ur|his|her|the ~2 window|windows|glass|shopfront|door|car|windshield|head',
    'throw|chuck|push|shove|kick|launch|toss ~1 him|her|you|them|your|that|driver ~3 over|off|under|down|through|out|into|from',
    'last|ultimo|previous|other ~1 one|person|guy|man|woman|shop|company|dude|fool|clown|que|cabron ~2 who|that|to|me|nos? ~10 still|limp*|cojea|regret*|hospital|sorry|walk*|teeth|disappeared|missing|found|grave|arrepinti*',
    'hope|wish|pray|hoping ~3 your|his|her|ur|their ~2 house|home|kids|family|children|wife|mother|car|shop|store|office|warehouse|van|baby|dog ~3 burn*|crash*|explode*|dies|die|catches|catch|gets|get|suffer*|flood*|hurt|cancer|scald*',
    'people|ppl|animals|scum|trash|vermin like|such ~1 you|u|yall|him|her|them|these|this ~3 should|deserve|need|ought|must|dont ~4 @harmed|deserve|die|exist|breathe|live|gone|gassed|wiped|deported',
    '@arms ~3 waiting|ready|loaded|for ~2 you|u|him|her|them|your',
    'meet|see|catch|find|get|got ~2 him|her|you|u|them|your|that|whoever ~8 neck|throat|teeth|fists|fist|hospital|beat|kill|break|punch|slap|regret|ambulance',
    'buildings|building|place|places|warehouses|warehouse|shops|shop|store|stores|office|house|houses ~8 go|goes|going|went|burn|burns|catch|catches ~3 up|flames|fire|smoke|ashes|down|quickly|fast',
  ],
  'threat.place_and_hour': [
    '@finding ~3 out? ~1 exactly|precisely? where|wher|who ~1 exactly? ~1 you|u|he|she|they|him|her|ceo|boss ~2 live|lives|liv|sleep|sleeps|work|works|park|parks|train|drinks',
    '@finding ~2 her|his|your|ur|their|ceos|bosss|managers|owners|drivers ~2 house|home|address|addres|adress|street|car|plate|kids|school|mother|mum|mom|family|facebook|instagram|linkedin|gym ~8 online|now|too|and|so|be|see|visit|nice|careful|already|easy|took|minutes|post|share',
    '@soon ~10 your|ur|his|her|their|the ~1 car|door|bed|house|home|street|shift|parking|garage|driveway|window ~10 me|ill|there|waiting|behind|i|follow|someone|somebody|alone',
    'ill|i|we|well ~2 be ~1 there|waiting|outside|behind ~6 when|after|as|until|till|with|by ~4 you|she|he|they|shift|close|closing|work|leave',
    'what|wat|which|a|que ~1 time|hora|door|puerta|exit|entrance ~3 you|u|he|she|they|girl|lady|guy|your|staff|sales|salen|sale ~8 leave|leaves|finish|finishes|off|home|clock|salen|puerta',
    'se|sabemos|conozco|ya ~1 que|a|por|donde|cual ~1 que|cual|donde|a? ~1 hora|puerta|calle|casa|coche|carro|escuela|colegio ~3 cierran|salen|sales|vives|vive|viven|sale|tienes|tiene|trabaja*|entra|van|va|llevas|y|es',
    'valiente|valientes|machito|gallito|hombre ~4 en|cara|de persona|cara|frente ~1 a? ~1 cara?',
    'brave|tough|funny|smart|bold|rude|mouthy ~4 in|to ~1 person|real|my|face',
    'say|repeat|tell|try ~2 that|it|this ~2 to|in ~1 my face|person',
    'no ~1 venga|vengas|salga|salgas|vengan|camine|ande ~1 solo|sola|solos',
    'dont|not|never|shouldnt|better ~2 come|send|walk|go|be|drive|travel|send ~2 alone|unaccompanied',
    'nina|nino|hija|hijo|hijos|familia|esposa|mujer|madre|ninos|bebe ~8 guapa|bonita|linda|foto|perfil|escuela|colegio|piensalo|cuidala|cuidado|cuida|pase|parque ~8 piensalo|perfil|cuida*|pase|contestar|responder|pena|lastima|sale|va',
    'piensalo|pienselo|pienso ~1 dos|bien veces|antes',
    '@crowd ~6 go|lets|please|gonna|all|should|to|get ~2 attack|harass|raid|jump|bully|dox|find|visit|ambush|swarm|terrorise|terrorize|hunt|spam|beat|rush ~2 her|him|them|this|that|their|his|these|@staff',
    'attack|harass|raid|bully|ambush|swarm|terrorise|terrorize|hunt|jump|beat ~2 her|him|them|that|this ~1 girl|lady|woman|guy|man|agent|driver? ~6 name|works|everyone|everybody|people|all',
    'her|his name ~1 is|s ~3 and? ~3 she|he ~1 works|work|lives|sits|drives|is|usually ~8 desk|at|in|alone|until|counter|go|get|@crowd',
    'names|name|faces|photos|pictures|addresses ~6 on|in|from ~3 website|site|page|linkedin|facebook|instagram|about ~10 you|know|what|go|get|people|everyone|do|lets|start|follow|printed',
    'you|yall|u know|kno what ~1 to do ~1 people|fam|guys|chat|everyone|boys|lads',
    '@crowd ~2 has|have|gets|get|got|sees|see|knows|know|hears|calls|find|finds ~2 your|ur|her|his|their|yr ~3 number|address|name|face|addres|photo|picture|home|house|street|phone|insta|facebook',
    'your|ur|her|his|their ~2 number|address|home|phone|face ~6 to|with|by|for|in ~2 everyone|everybody|followers|whole|group|internet|thousands|strangers|fans',
    'my ~1 @crowd ~4 settle|sort|fix|handle|deal|talk|teach|visit|explain|find|take|solve|discuss|pay|come|meet|waiting|outside|arreglar|visitar ~6 with|it|this|whoever|you|u|him|her|them|care|there|your|ustedes',
    'shift|closing|school|gym|bar|station|lot|garage|carpark ~4 ill|well ~2 be|see|find|meet|wait|follow|catch ~2 you|u|him|her|them|there|waiting|right|behind',
    '@finding ~4 your|ur|his|her|their ~1 kids|kid|daughter|son|children|wife|mother|mum|mom|sister|husband|family|girlfriend|baby|dog ~8 school|name|names|where|goes|go|walk|walks|home|alone|nursery|park|instagram|looks|too',
    'next|live|stream|video|vlog|post|livestream ~6 @finding ~3 where|her|his|your|house',
    'take|taking|took|have|got|keep|saved|save|screenshot|snapped ~4 photo|photos|picture|pictures|video|plate ~4 of|your|ur|his|her ~3 you|your|house|home|car|kids|face|driver|him|her|family|plate ~8 home|work|know|everyone|post|online|friends|remember|night|street|find|share|group|wall',
  ],
};
export const MEANT_WEAK: Phrases = {
  'threat.hinted': [
    'friends|people|guys|boys|cousins|family|mates ~2 who|that ~2 owe|collect|visit|fix|handle|break|deal|solve|persuade ~2 me|debts|people|such|things|favours|favors|problems|it',
    'not|dont|no ~1 afraid|scared|mind|care|bothered|miedo ~3 prison|jail|police|cops|consequences|carcel|policia|going',
    'you|youre|your|hes|shes ~3 on|made ~2 my|the|our list',
  ],
};
