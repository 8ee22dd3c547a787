/** Rules of the Tier 0 screen (decisions §2.1). A change here is a change of type "prompt" and needs a full Tier 0 evaluation. */
import type { RiskFlag } from '../../events/words.ts';
import type { PhraseRule } from './phrases.ts';

export const TIER0_RULES_VERSION = 'tier0-rules@1.0.0';

export type ScreenStrength = 'weak' | 'strong';
export type ScreenRule = PhraseRule & { readonly family: RiskFlag; readonly strength: ScreenStrength };

function rulesOf(
  family: RiskFlag,
  strength: ScreenStrength,
  phrases: Readonly<Record<string, readonly string[]>>,
): ScreenRule[] {
  return Object.entries(phrases).map(([id, list]) => ({ id, family, strength, phrases: list }));
}

const CHARGEBACK_STRONG = {
  'cb.chargeback': [
    'chargeback*|chargebak*|contracargo*|retrocargo*',
    'charge|charges|charged|charging back|backs',
    'contra cargo',
  ],
  'cb.charge_it_back': [
    '@bank &8 charge|charging ~1 it|this|that|them|everything|you back',
    'i|im|ill|id|ive|we|going|gonna|will ~3 charge|charging it|this|that|them|everything ~1 back',
    'charge|charging it|this|that ~3 back ~4 my|the|card',
  ],
  'cb.dispute_payment': [
    'disput* &8 @money_move',
    'disput* &8 @bank|@platform',
    'dispute|disputed|disputing ~3 with my|the',
    'disput* ~2 open|opened|filed|raised|started|lodged|submitted',
    'open|opened|opening|file|filed|filing|raise|raised|raising|start|started|starting|lodge|lodged|submit|submitted|submitting ~3 dispute*',
    '@i_will ~2 dispute|disputing|disputar',
    'put|putting ~2 dispute*',
    'contest|contested|contesting|contests &4 charge*|payment|transaction',
    'poner|abrir|abrire|iniciar|iniciare|presentar|abri|meter ~2 disputa',
  ],
  'cb.bank_takes_back': [
    '@bank|@platform &8 @take_back',
    '@take_back ~4 @money_move ~6 with|through|via|by ~2 @bank',
    'pull|pulls|pulling|pulled|claw* ~3 funds|money|payment|charge ~2 back',
    'pago|cargo|cobro revertido',
  ],
  'cb.payment_reversed': [
    'i|we|ive|weve|have|had|am|im ~2 reversed|reversing ~4 charge*|payment*|transaction*|purchase',
  ],
  'cb.bank_claim': [
    '@bank|@platform &7 claim|claims|dispute|disputa|reclamo|reclamacion|queja',
    '@platform &6 case|caso|complaint|resolution|investigation',
    'case|complaint|investigation ~3 with|at|through|via ~2 @bank',
    'file|filing|filed|go|going|report|reporting|dispute|claim ~2 with|through|to|against my|our credit|debit card',
    'buyer|buyers|purchase protection',
    'section 75',
  ],
  'cb.filed_claim': [
    'file|filed|filing|filled|lodge|lodged|lodging a|an|the|my|our|another|two|official|formal|new? claim|claims',
    'file|filed|filing|lodge|lodged|lodging a|the|my|another formal|official|new|second|separate|insurance|card|bank|paypal claim|claims',
    'presentar|presentare|presente|puse|poner ~2 reclamo|reclamacion ~4 @bank|@platform',
  ],
  'cb.money_via_bank': [
    '@bank|@platform will|would|is|are|has|have|had|to|gonna|shall ~2 @fetch ~4 money|funds|payment|cash|back|refund',
    '@bank|@platform ~3 theyd|theyll|they|itll|he|she ~2 @fetch ~4 money|funds|payment|cash|refund',
    '@bank|@platform ~4 they|theyd|theyll|he|she|will|would|can|could|to ~2 refund|reimburse|credit ~1 me|us|it',
    'my|our|the @bank ~6 give|gave|giving|get|got|return|returned|refund|refunded|send|sent|credit|credited|recover|recovered ~4 money|funds|payment ~2 back',
    'my|our|the @bank ~2 agreed|offered|promised|decided ~3 refund|return|reverse|credit|reimburse|help',
    'my|our|the @bank ~5 is|are|will|getting|gets ~4 money|funds|refund ~2 back',
    'have|having|get|getting|let|letting|make|making ~1 my|the|our ~1 @bank ~1 do|handle|sort|take|deal|reverse|refund|return|get|look|step|charge',
    '@bank|@platform refunds|reimburses|reverses|credits',
    'request|requesting|requested|ask|asked|asking|demand|demanding ~6 @bank|@platform ~3 refund|refunds|reimburse|return|returns|reverse|reverses',
    '@bank ~3 and ~1 will|would|can|could ~2 @fetch ~4 money|funds|payment|cash',
    '@bank|@platform @fetch ~4 money|funds|payment|cash|back|refund',
    '@bank|@platform can|could|helps|helped|may @fetch ~4 money|funds|payment|cash|back|refund',
    'get|getting|recover|recovering|have|pull|pulling|take|taking ~4 money|funds|payment|refund ~3 through|thru|via|with|by|using ~1 my|the|our ~1 @bank',
    '@my_bank ~8 refunding|pulling|reversing|removing|crediting|recovering|retrieving',
    'charge*|payment|transaction ~3 removed|taken|pulled|reversed|refunded|returned ~4 by|through|via|with ~1 my|the|our ~1 @bank',
    'money|refund|funds|cash back? ~2 through|thru|via|from|by ~2 my|the ~1 @bank',
    'recuperar|recuperare ~4 dinero ~4 @bank|@platform|tarjeta',
    'devolver|devolvera|devolvere|devuelva ~5 @bank',
    '@bank ~3 devolver|devolvera|devuelva|devuelve',
  ],
  'cb.bank_if_not': [
    '@turn_to ~3 @my_bank &15 @demand',
    '@speak_to @bank &15 @demand',
    '@demand ~12 or|otherwise|else|unless|si|sino|o ~5 my|the|mi|el|al ~1 @bank',
  ],
  'cb.bank_involved': [
    '@bank &5 investigation|investigations',
    '@bank ~3 hear|hears|involved|handle|handles|handling|sort|sorts|deal|deals|investigate|investigates|investigating|decide|decides|intervene',
    'take|taking|escalat*|rais*|bring|bringing|turn|turning|refer|referring|report|reporting ~2 this|it|that|you|matter|issue|case|payment|charge* ~3 to|with|in ~2 @bank|@platform',
    'get|getting|involve|involving|bring|bringing|loop|looping ~2 @bank ~1 in|into|involved',
    'involve|involving ~2 @bank',
    'go|going through|thru ~1 my|the ~1 @bank',
    'get|getting|put|have ~1 @bank ~1 on ~2 phone|line|case',
    'ask|asked|asking|tell|told|telling|request|requested|get|getting|have|had ~2 @bank|@platform ~2 to? refund|reverse|return|cancel|reimburse|pull|claw|recall',
  ],
} as const;

const CHARGEBACK_WEAK = {
  'cb.dispute_alone': ['disput*'],
  'cb.call_bank': [
    'call|calling|called|contact|contacting|contacted|phone|phoned|phoning|ring|rang|speak|speaking|spoke|talk|talking|talked|go|going|went ~3 @bank',
    'llamar|llamare|llame|contactar|hablar ~3 @bank',
  ],
  'cb.stop_payment': [
    'stop|stopped|stopping|cancel|cancelled|canceled|cancelling|block|blocked|blocking ~2 payment|payments|cheque|check &6 @bank',
    'stop payment|payments',
    'stopping|stopped ~2 payment|payments',
    'detener|parar ~2 pago',
  ],
  'cb.reverse_request': ['revers* &3 charge*|payment*|transaction*|cargo|pago|cobro'],
  'cb.bank_says': [
    'my|the @bank ~2 says|said|told|tells|advised|advises|recommends|recommended|suggested|suggests|asked|wants',
    'mi banco ~2 dice|dijo',
  ],
  'cb.report_payment': ['report|reporting|reported ~2 transaction|charge|charges|payment|purchase'],
} as const;

const LEGAL_STRONG = {
  'legal.sue': [
    'sue|sues|suing|sued|sueing',
    'demandar|demandare|demandarlos|demandarles|demandarte|demandarla|demandarlas|demandaremos|demandamos|demandandolos',
    'una|poner|interponer|presentar|meter|pondre|interpondre|presentare ~1 demanda',
    'los|les|las|te demando',
  ],
  'legal.lawsuit': [
    'lawsuit*|lawsuite*|litigat*|litigio',
    'law suit|suits',
    'class action',
    'file|filing|filed|bring ~2 suit',
  ],
  'legal.lawyer_acts': [
    '@lawyer &6 @lawyer_acts',
    'my|our @lawyer ~1 will|is|are|has|have|says|said|told|tells|thinks|agrees|knows|recommends|suggests|wrote|writes|drafts|wants|would|can|shall|and',
    'lawyer|lawyering|lawyered up',
  ],
  'legal.action': [
    'legal action|actions|proceeding|proceedings|steps|recourse|remedies|remedy|measures|claim|case|demand|notice|threat|consequences|letter|letters|route|avenue|avenues|means|battle|redress|process|matter|papers|options',
    'take|taking|pursue|pursuing|seek|seeking|proceed|proceeding ~2 legal|legally',
    'go|going|gone legal',
    'accion|acciones|medidas|vias|proceso legal|legales|judicial|judiciales',
    'via legal|judicial',
    'legal|legally ~3 against you|your|u',
  ],
  'legal.small_claims': ['small claim|claims', 'claims court', 'juicio|juzgado|demanda ~2 menor|menores'],
  'legal.attorney_general': [
    'attorney|attorneys general|generals|generales',
    'state|the|states|my|your|district ag|ags',
    'report*|complain*|complaint*|file|filed|filing|contact* ~6 ag',
    'district attorney',
    'fiscal general',
    'fiscalia|procuraduria',
  ],
  'legal.court': [
    'take|taking|took|drag|dragging|haul|hauling|bring|bringing ~1 you|u|ya|this|it|them|him|her|your|matter ~3 to|before|into ~1 court|judge',
    'see|meet ~1 you|u|ya|them|each ~2 in|at ~1 court|tribunal',
    'go|going|off|straight to ~1 court',
    'consumer|civil|county|district|federal|supreme|magistrates court',
    'let|what ~1 judge|court',
    'through|thru|via ~1 court|courts',
    'you|youll ~2 be|get|getting served',
    'pursue|pursuing|settle|settling|decide|decided|fight|fighting|see|seeing|meet|argue|resolve|resolved|end|ends|continue ~4 in|through|at|before ~1 court',
    'court action|case|date|summons|proceedings|papers|claim|filing|hearing|judgement|judgment',
    'in|before ~1 front? ~1 judge|magistrate',
    'llevar|llevare|llevarlos|llevarles|vemos|veremos|iremos|ire|ir ~4 juicio|tribunal|tribunales|corte|juzgado|juzgados|juez',
  ],
  'legal.formal_notice': [
    'notice|letter before action|claim',
    'letter|notice of claim|demand|intent|action',
    'cease and desist',
    'breach of contract',
    'press|pressing|pressed ~1 charges',
    'serve|serving|served ~1 you|u|your ~3 papers|notice|summons|lawsuit|documents',
    'report|reporting|reported ~1 you|u|your ~5 police|authorities|policia|sheriff',
    'police|cops|sheriff ~2 on you|u',
    'police|cops|policia ~4 against you|your|u',
    'denunciar*|denunciare|denuncio|denunciamos',
    'poner|presentar|interponer|pondre|presentare ~1 denuncia',
  ],
} as const;

const LEGAL_WEAK = {
  'legal.word': ['legal|legally|legales|juridico|juridica'],
  'legal.lawyer_word': ['lawyer*|attorney*|solicitor*|barrister*|abogad*'],
  'legal.consumer_body': ['@consumer_body'],
  'legal.report_you': [
    'report|reporting|reported ~1 you|u|ya|your|yall',
    'report|reporting ~2 company|business|shop|store|website|seller ~3 to',
    'police|policia|denuncia',
    'reportarlos|reportarles|reportare',
  ],
  'legal.court_word': ['judge|magistrate|juzgado|tribunales|authorities', 'in court', 'the courts'],
} as const;

const HARASSMENT_STRONG = {
  'threat.hurt_people': [
    '@hurt ~1 you|u|ya|yall|yourself|yourselves|urself',
    '@hurt ~2 @people',
    '@i_will ~6 @hurt ~2 him|her|them|someone|somebody|anyone|people|person|guy|idiot|moron|bastard',
    'te|los|las|le|les|os voy|vamos|va|van a matar|golpear|lastimar|quemar|partir|romper|reventar|pegar|hacer',
    'te|los|las|os mato|matare|matamos|mataremos|golpeare|pegare',
    'matarte|matarlos|matarlas|matarles|golpearte|golpearlos|lastimarte|lastimarlos',
  ],
  'threat.know_where': [
    'i|we|ive|weve know|found|got|have ~1 where you|u|your|ur|yall|ya|he|she|they|his|her|their',
    'i|we know where ~2 @people',
    '@i_will ~2 find ~2 where|out|who ~4 live|lives|work|works|are',
    'i|we know exactly? who|where you|u are',
    'ive|weve ~1 got|have|found ~2 home|private address|addresses|adress',
    'i|we have|got|found|know ~2 home address|addresses|adress',
    'i|ive|we|weve ~1 found|tracked|looked ~2 her|his|their|your|ur ~2 address|house|home',
    'home|private address|addresses ~2 of ~2 @people|your|ur',
    'se donde vives|viven|trabajas|trabajan|estas|estan|vive',
  ],
  'threat.violence': [
    'break|breaking|smash|smashing|bash|bashing|kick|kicking|crack|snap|rip|slit|cut|punch|bust ~1 your|ur|his|her|their|you|u ~2 legs|leg|neck|face|jaw|bones|arms|knees|kneecaps|teeth|head|skull|throat|nose|ass|fingers',
    'beat|beating ~4 shit|crap|hell|out ~2 of you|u|him|her|them|someone',
    '@i_will ~2 find|hunt|stalk you|u|ya|yall',
    '@i_will ~2 hunt|track|stalk ~1 you|u|ya|yall|him|her|them ~1 down',
    'come|coming for|after you|u|ya|yall',
    'watch|watching your|ur back|backs|step',
    'come|coming|show|showing|bring|bringing ~5 gun|guns|rifle|shotgun|pistol|machete|pistola',
    'wait|waiting ~1 outside ~3 @place',
    'outside ~8 gun|rifle|shotgun|pistol|machete|knife|bat|hammer|weapon',
    'bring|bringing|got|have|come|coming ~4 gun|rifle|shotgun|pistol|machete|knife|bat|pistola ~4 you|u|your|ur|there|office|warehouse|with',
    'youre|ur dead|finished',
    'you|u are|r|gonna|will|going|deserve|should|all ~2 dead|die|bleed|suffer|burn',
    '@people|you|u|yall|people ~2 deserve|should|must ~2 die|dead|shot|killed|hanged|suffer',
    'dead man|woman|meat',
    'hes|shes|theyre dead',
    'get|put|lay|till ~3 my hands on ~2 @people|you|u|your|him|her|them|whoever',
    'put ~1 bullet',
    'blood on|in your|ur',
  ],
  'threat.wish_death': [
    'hope|wish|pray ~4 you|u|your|ur|yall|ya ~4 die|dies|dead|death|cancer|suffer|burn|burns|rot|killed|shot|raped|crash',
    'kys',
    'kill yourself|urself|yourselves|yourselfs',
    'drop dead',
    'go|please|just die',
    'rot in hell',
    'hope|wish|someone|somebody ~4 burn|burns|bomb|bombs|blow|blows|torch|torches ~1 your|ur|the ~2 @place',
    'muerete|muere|muerase|muranse',
    'ojala ~3 mueras|mueran|muera|maten',
  ],
  'threat.place': [
    'burn|burning|torch|torching|bomb|bombing|firebomb|shoot|shooting|blow|blowing|blast|trash|trashing up? down? your|ur|the|that|this|yall|yalls|that entire? ~1 @place',
    'burn|burning|torch|shoot|blow|bomb ~4 to|the ground|down|up ~4 you|your|@place',
    'burn|burning|torch|shoot|blow ~4 your|ur ~2 @place ~2 down|up|ground',
    'burn|burning|shoot|blow ~1 it|place|everything ~2 down|up',
    'bomb|bombs ~4 @place',
    'plant|planting|put|leave|send|sending|mail|got|have|build|building ~2 bomb|bombs|explosive|explosives',
    'set ~4 @place ~2 fire',
    'set ~2 fire ~2 to ~2 @place',
    'shoot|shooting everyone|everybody',
    'smash|smashing|trash|trashing|destroy|destroying|wreck|wrecking|vandali* ~1 your|ur ~1 window|windows|store|shop|car|cars|office|warehouse|house',
    'quemar|quemare|incendiar|volar|explotar|quemarles ~3 tienda|oficina|almacen|negocio|edificio|casa|local|bodega',
    'bomba ~5 tienda|oficina|almacen|negocio|edificio|casa|local',
  ],
  'threat.publish_private': [
    '@i_will ~3 @publish ~3 @owner ~3 @private_data',
    '@i_will ~3 @publish ~3 @owner real|full? name|names',
    '@i_will ~3 @publish ~3 @other_owner ~3 @portrait',
    '@publish ~3 @other_owner ~4 @private_data|@portrait ~6 @in_public',
    '@other_owner ~1 @private_data &8 @publish ~4 @in_public',
    '@i_will ~4 @publish ~4 names|addresses|numbers|number|address|phone|details|data|info|information|photos|pictures ~4 of ~4 @people',
    '@publish ~3 your|ur ~4 @private_data|@portrait ~6 @everywhere',
    '@owner ~1 home|phone|private|personal|cell address|number|numbers|details|data|adress &6 @everywhere',
    'dox|doxx|doxing|doxxing|doxed|doxxed',
    'publicar|publicare|subir|subire|divulgar|divulgare|difundir|difundire|compartir|compartire ~4 telefono|direccion|numero|nombre|datos|domicilio',
  ],
  'threat.regret': [
    'make|making|made ~1 you|u|ya|yall|them|him|her|your|sure ~4 regret|suffer|sorry|cry|bleed|beg',
    'make|making ~1 you|u|ya|yall|them pay|suffer|regret|bleed|beg',
    'you|u|youll|yall|ull ~3 regret|regretting',
    'you|u|youll|yall ~2 be|gonna ~1 sorry',
    'you|youre|u|ur will|gonna|going ~1 pay for this|what|that|everything',
    'make|making ~1 your|ur|her|his|their ~1 life|lives ~2 hell|miserable|nightmare',
    'sleep with one eye open',
    'youll pay for this|what|that|everything',
    'live to regret',
    'sorry|regret|wish|wishing ~5 never? ~1 born',
    '@people|he|she|they ~3 be|gonna ~1 sorry|regret',
    'teach you|u|ya|yall ~1 lesson',
    'arrepentir|arrepentiras|arrepentiran|arrepentirse|arrepentirte|arrepentiran',
    'vas|van a pagar ~1 esto|caro|cara|por|muy|lo',
    'me las vas|van a pagar',
    'las pagaras|pagaran',
  ],
  'threat.hate': [
    'go back to your|ur ~1 country|africa|mexico|china|india',
    '@slur &5 you|u|your|ur|youre|yall|are|all|fucking|dirty|stupid|these|those|bunch',
  ],
} as const;

const HARASSMENT_WEAK = {
  'threat.expose': [
    'expose|exposing|ruin|ruining|destroy|destroying|finish ~1 you|u|ya|yall|your|ur',
    'exponerlos|exponerles|arruinarlos',
  ],
  'threat.watch_out': [
    'watch out',
    'watch yourself|yourselves',
    'be careful ~2 you|your',
    'or else',
    'cuidate|cuidense',
    'better hope|pray',
    'youve been warned',
    'last warning',
  ],
  'threat.coming': [
    'coming|showing|driving ~3 your|ur office|offices|house|home|headquarters|hq|warehouse',
    'te|los voy a encontrar|buscar',
    'im|i|am|were|standing|parked ~2 outside ~1 your|ur ~1 @place',
  ],
  'threat.slur_word': ['@slur'],
  'threat.abuse': [
    'fuck|screw|hate you|u|yall|off|yourselves ~25 fuck|screw|hate|bitch|bitches|idiots|morons|assholes|scum|pigs',
    'hijos|hijo de puta',
    'threat|threats|threaten*|violence|violent|amenaza*',
  ],
} as const;

const FRAUD_STRONG = {
  'fraud.stolen_card': [
    'stolen|stole|steal|stealing|cloned|robbed|skimmed &3 card|cards|identity|wallet|credit|debit|visa|mastercard',
    'purse|wallet|bag|handbag|backpack|pocketbook|phone ~4 stolen|stole|snatched|robbed|taken ~20 card|cards|bought|ordered|purchase*|charge*|charged',
    'whoever|thief|thieves|burglar ~8 bought|used|ordered|charged|spent|shopped ~8 card|cards|account|stuff|things|items',
    'card|cards ~3 @cloned',
    'tarjeta ~3 robada|robaron|clonada|clonaron|hackeada|perdida',
    'robaron|robado|clonaron|clonado|usaron|usado|hackearon|hackeado|utilizaron ~4 tarjeta|cuenta|identidad|datos',
  ],
  'fraud.unauthorised': [
    'unauthori*|unauthoris*|unautoriz*|unathori*|unautho* &6 charge*|chrge|purchase*|order*|payment*|transaction*|debit*|withdraw*|use|used|access|amount|activity|card',
    'not|never|didnt|dont|havent|nobody|without ~2 authori*|autho*|approv*|permit*|consent* ~5 charge*|purchase*|order|payment*|transaction*|debit|this|it',
    'charge*|purchase*|order|payment*|transaction* ~5 not|never|didnt|without ~2 authori*|approv*|permission|consent',
    'without ~1 me|us|him|her|them knowing|knowledge &12 card|account|charge*|order*|purchase*|used|bought|payment|credit',
    'without my|our|his|her|their|any|asking ~1 permission|consent|knowledge|authori*|approval|knowing &12 card|account|charge*|order*|purchase*|used|bought|payment',
    'cargo|compra|pedido|cobro|pago ~1 no autorizad*|reconocid*|autorizo|reconozco',
    'no reconozco|autorice|hice|realice|reconocemos ~4 cargo|compra|pedido|cobro|pago|orden',
    'sin mi|su|nuestro|nuestra permiso|autorizacion|consentimiento|conocimiento',
  ],
  'fraud.identity': [
    'identity ~2 theft|stolen|thief|fraud|stole',
    'stole|stolen|steal|stealing|using|used|uses|took ~3 identity',
    'impersonat*|impersonated ~3 me|us|my|customer',
    'pretend|pretending|pretended|posing ~2 be|as ~1 me|us',
    'placed|ordered|bought|made|purchased ~6 my|our identity|name ~6 not|without|never|didnt',
    'identity|card thief|thieves',
    'robo|suplantacion|suplantaron|suplantando ~3 identidad',
  ],
  'fraud.hacked': [
    'hack|hacked|hacking|hacker|hackers|compromised|breached|hijacked|phished|hackearon|hackeada|hackeado &6 account|accounts|card|@contact|login|profile|password|order|cuenta',
    'i|ive|im|we|weve ~3 hacked|phished|compromised ~12 bought|buy|purchase*|ordered|orders|card|cards|used|charge*|account',
    'account|login|profile ~3 taken over|stolen',
    'broke|broken|got|logged|access*|gained ~1 into ~2 my account|profile',
  ],
  'fraud.stranger_used': [
    '@stranger ~6 used|using|uses|use|charged|bought|ordered|purchased|placed|made|has|had|got|stole|took ~6 @my_card',
    '@my_card ~4 used|charged|using ~4 by|without|fraud* ~2 @stranger|permission|consent|me|knowing|knowledge',
    'order*|purchase*|bought|placed ~6 by ~1 @stranger',
    '@stranger ~4 placed|made|ordered|bought ~4 order|purchase ~6 my|our',
    'alguien ~4 uso|utilizo|compro|hizo|usando|pidio ~6 tarjeta|cuenta|nombre',
  ],
  'fraud.fraudulent': [
    'fraudulent*|fraudulant* &6 charge*|purchase*|order*|transaction*|payment*|card|use*|activity|account|statement',
    'fraud|frauds|fraude &10 card|cards|statement*|bank|charge*|credit|debit|transaction*|tarjeta|cargo',
    'never|didnt|not|havent ~3 made|make|placed|place|bought|buy|order|ordered ~5 purchase|order|this|it|that|anything ~8 card|account|bank|visa ~3 charged|billed|debited|used',
    'never|didnt|not|havent ~3 order*|bought|buy|purchas*|shopped ~3 from|with|on you|your|this|here|ur ~12 charge*|card|statement|bank|account',
  ],
  'fraud.contact_change': ['@contact_change &16 @tracking_request'],
} as const;

const FRAUD_WEAK = {
  'fraud.word': [
    'fraud*|fraude*|scam|scams|scammed|scammer*|scamming|hacked|hacker*|estafa*|estafador*|phishing|swindl*|timo',
  ],
  'fraud.unknown_charge': [
    'dont|not|cant|cannot|didnt recogni* ~4 charge*|order|orders|purchase*|transaction*|payment*|it|this',
    'charge*|order|purchase*|transaction*|payment* ~6 dont|not|cant recogni*',
  ],
  'fraud.not_my_order': [
    'not|isnt|wasnt my|our order|purchase',
    'no es mi pedido|compra|orden',
    'order|purchase is|was not|isnt mine',
    'wasnt|isnt me',
  ],
  'fraud.did_not_place': [
    'didnt|never|havent|not ~1 place|placed|make|made ~1 this|that|it|any|an ~2 order|purchase',
    'didnt|never|havent ~1 place|placed|order|ordered|buy|bought|purchase|purchased|make|made this|that|it|these|anything',
    'did|have|had not place|placed|order|ordered|buy|bought|purchase|purchased|make|made this|that|it|these|anything|any',
    'no hice|compre|pedi|ordene este|esta|esto|eso|ningun|nada|ese|esa',
  ],
} as const;

const SELF_HARM_STRONG = {
  'selfharm.intent': [
    'kill|killing|end|ending|hang|hanging|shoot|shooting myself|mysel',
    '@i_will|want|wanna|thinking|thoughts|feel|plan|planning ~4 hurt|hurting|harm|harming|cut|cutting myself',
    'suicide|suicidal|unalive|suicid*',
    'end|ending|take|taking my own? life',
    'end|ending it all',
    'life|living &8 end it',
    'want|wanna|going|gonna|ready|rather to? die|be? ~1 dead',
    'i|just ~3 want|wanna|wish|rather|ready ~2 die',
    'want|wanna|wish|rather|wanted ~2 be|was|were dead',
    'dont|not|longer want|wanna ~2 live|alive|exist|living',
    'better off dead',
    'no reason to live',
    'matarme|suicidarme|quitarme ~1 vida',
    'no quiero ~1 vivir|viviendo',
    'quiero morir|morirme',
  ],
} as const;

const SELF_HARM_WEAK = {
  'selfharm.hopeless': [
    'hopeless*|worthless',
    'cant go on|anymore',
    'cannot go on',
    'cant|cannot take ~2 anymore|longer|more',
    'give|giving|given up on life|living|everything',
    'nothing|nothings|no to? ~1 live for',
    'point of|in living',
    'worth living',
    'self harm',
    'no puedo mas',
    'sin ganas de vivir',
  ],
} as const;

export const SCREEN_RULES: readonly ScreenRule[] = [
  ...rulesOf('CHARGEBACK_DISPUTE', 'strong', CHARGEBACK_STRONG),
  ...rulesOf('FRAUD_SUSPECTED', 'strong', FRAUD_STRONG),
  ...rulesOf('LEGAL_THREAT', 'strong', LEGAL_STRONG),
  ...rulesOf('HARASSMENT_THREATS', 'strong', HARASSMENT_STRONG),
  ...rulesOf('OTHER_HIGH_RISK', 'strong', SELF_HARM_STRONG),
  ...rulesOf('CHARGEBACK_DISPUTE', 'weak', CHARGEBACK_WEAK),
  ...rulesOf('FRAUD_SUSPECTED', 'weak', FRAUD_WEAK),
  ...rulesOf('LEGAL_THREAT', 'weak', LEGAL_WEAK),
  ...rulesOf('HARASSMENT_THREATS', 'weak', HARASSMENT_WEAK),
  ...rulesOf('OTHER_HIGH_RISK', 'weak', SELF_HARM_WEAK),
];
