/** Word classes and harmless expressions of the Tier 0 screen (decisions §2.1). English first, Spanish after it. */

/** Fixed expressions whose words must not count: a harmless neighbour of a term, never a way round it. */
export const BENIGN_EXPRESSIONS: readonly string[] = [
  'bank holiday|holidays|account|accounts|statement|statements|transfer|transfers|details|wire|deposit|card|cards',
  'power|food|blood|piggy|river bank|banks',
  'charge|charging|charges back up',
  'in|any|either|each|which case|cases',
  'claim|claiming ~2 discount|reward|rewards|points|prize|gift|offer|code|coupon|voucher',
  'massage|glue|heat|nerf gun|guns',
  'to your|ur|the|this ~1 address|number',
  'phone|carrying|travel|carry|glass|pillow|storage|protective case',
  'warranty|warranties claim|claims',
  'food|tennis|basketball|volleyball|badminton court|courts',
  'bath|shower|scent|fragrance bomb|bombs',
  'name is|s sue',
  'hi|hello|dear|hey|mary|betty|peggy|aunt sue',
  'would|wouldnt|does|doesnt it kill|hurt you|u|anyone|anybody|someone|somebody|them',
  'kill|kills|killed|killing time|germs|bacteria|mold|mould|odors|odours|smells|bugs|mosquitoes|mosquitos|weeds|viruses',
  'shoot|shooting you|u|them|him|her ~2 message|email|mail|dm|note|text|line',
  'let me|us know where',
  'life|cleaning|home hack|hacks',
];

/** Words and short phrases that rules share; a class may use the ones above it. */
export const SCREEN_CLASSES: Readonly<Record<string, readonly string[]>> = {
  bank: [
    'bank|banks|banker|bankers|banco|bancos|visa|mastercard|amex|barclays|barclaycard|citibank|hsbc|santander|natwest|monzo|revolut|lloyds|bbva',
    'card company|companies|issuer|issuers|provider|providers|people|network|firm|holder|services',
    'credit|debit|charge card company|issuer|provider',
    'american express',
    'master card',
    'wells fargo',
    'capital one',
    'credit union',
    'building society',
    'discover|chase card|bank',
    'financial institution|institutions',
    'payment|payments provider|processor|company',
    'issuer|emisor|emisora',
    'compania|empresa|entidad de la? tarjeta*',
    'entidad bancaria',
  ],
  platform: [
    'paypal|klarna|afterpay|affirm|venmo|stripe|clearpay|sezzle|zelle|cashapp|bizum|mercadopago',
    'pay pal',
    'apple|google|amazon|shop pay',
    'cash app',
  ],
  money_move: [
    'charge*|payment*|transaction*|purchase|purchases|debit|debits|card|cards|credit|bank|banks|visa|mastercard|amex|money|funds|statement|billing|bill|amount',
    'cargo|cargos|pago|pagos|cobro|cobros|compra|transaccion|transacciones|tarjeta|banco',
  ],
  i_will: [
    'i|we will|shall|can|could|might|would',
    'ill|well|im|gonna|imma|id|were',
    'im|am|are|were going to',
    'about to',
    'going|gonna to?',
    'voy|vamos a',
  ],
  demand: [
    'or|if|unless|otherwise|else|until|till|before|within|by|deadline',
    'refund*|refnd|reimburse*|money|compensat*|asap|immediately|demand|demanding|want|need|fix|resolve*|resolv*|sort|sorted|answer|answered|response|respond|reply',
    'ship|send|sent|deliver|delivered|replace|replacement',
    'dont|cant|wont|didnt|isnt|nothing|enough|chance|forced|choice',
    'si|sino|reembolso|reembolsen|devuelvan|devolucion|dinero|antes|hasta|quiero|exijo',
  ],
  my_bank: ['my|the|our|mi|el|al|with|to|con|a @bank', 'my|the|our credit|debit? @bank'],
  speak_to: [
    'call|calling|contact|contacting|involve|involving|notify|notifying|alert|alerting|phone|phoning|ring|ringing',
  ],
  turn_to: [
    'go|going|gonna|call|calling|cal|contact|contacting|involve|involving|speak|speaking|talk|talking|phone|phoning|ring|ringing',
    'report|reporting|ask|asking|tell|telling|escalate|escalating|complain|complaining|notify|notifying|alert|alerting',
    'turn|turning|inform|informing|message|messaging|email|emailing|head|getting|run|running',
    'ire|llamar|llamare|llamo|contactar|contactare|hablar|hablare|acudir|acudire|avisar|avisare|voy|vamos|reclamar|reclamare|reportar|reportare|ir',
  ],
  fetch: [
    'get|gets|getting|recover|recovers|recovering|recovered|retrieve|pull|pulls|pulling|take|takes|taking|return|returning|give|giving|refund|refunding|claw|fetch',
  ],
  take_back: [
    'revers*|claw*|retract*|recall|recalling|contest*|challeng*|revoke*|revoking|revert*',
    'impugn*|desconoc*|revertir*|anular|retroceder',
  ],
  lawyer: [
    'lawyer*|attorney*|solicitor*|barrister*|paralegal|counsel|abogad*',
    'legal team|counsel|department|representative*|representation|advice|help|aid|advisor|adviser|rep|reps|firm',
    'law firm',
  ],
  lawyer_acts: [
    'contact*|hire|hired|hires|hiring|letter|letters|hear|hears|hearing|speak|speaking|spoke|spoken|talk|talking|talked|consult*|call|calls|calling|called',
    'get|gets|getting|got|involv*|touch|seek|seeking|instruct*|retain*|forward*|notif*|inform*|advis*|send|sends|sending|file|files|filing|filed|court|see|seeing',
    'pursue|pursuing|fight|handle|handling|engag*|pass|passing|hand|handing|reach|reaching|write|writes|writing|deal|deals|sue|review|reviewing|ready|lawsuit|demand|action|appoint*|use|using|need|bring|bringing',
    'contactar*|hablar*|llamar*|consultar*|carta|contratar*|comunicar*|pondra|escribir*|recibir*|noticias|mi|mis|nuestro|nuestros',
  ],
  consumer_body: [
    'bbb|ftc|cfpb|accc|profeco|facua|ocu|regulator*|watchdog*|ombudsman|ombudsmen|ombud*|tribunal|tribunals',
    'better business bureau|buro',
    'consumer|consumers bureau|protection|affairs|rights|watchdog|council|agency|commission|board|association|ombudsman|complaint*|advice|law|laws',
    'trading standards',
    'federal trade commission',
    'oficina|defensa|proteccion|derechos del|al consumidor',
    'hoja|hojas|libro de reclamaciones',
    'consumo',
  ],
  hurt: [
    'kill|kil|killing|murder|murdering|stab|stabbing|strangle|strangling|slaughter|shoot|shooting|choke|choking|behead|lynch|rape',
    'hurt|hurting|harm|harming|attack|attacking|assault|punch|punching|slap|slapping|beat|beating|injure|injuring|destroy|smack|torture',
  ],
  slur: [
    'faggot|faggots|fag|fags|nigger|niggers|nigga|niggas|kike|kikes|spic|spics|chink|chinks|tranny|trannies|retard|retards|retarded|paki|pakis|wetback|wetbacks|beaner|beaners|gook|gooks|raghead|ragheads|dyke|dykes',
    'maricon|maricones|sudaca|sudacas',
  ],
  people: [
    'staff|employee|employees|worker|workers|driver|drivers|agent|agents|rep|reps|manager|managers|boss|ceo|owner|owners|team|family|families|kids|children|wife|husband|mother|colleague|colleagues|representative*|everyone|everybody|whoever',
  ],
  place: [
    'place|office|offices|building|warehouse|store|shop|headquarters|hq|company|house|home|facility|premises|factory|depot|business|door|front|car|cars',
  ],
  publish: [
    'post|posting|publish*|put|putting|leak|leaking|share|sharing|upload*|expose|exposing|release|releasing|spread|spreading|reveal*|broadcast|plaster*|print|printing|tweet|tweeting',
  ],
  owner: [
    'your|ur|staff|staffs|employee|employees|agent|agents|rep|reps|his|her|their|driver|drivers|manager|managers|ceo|ceos|owner|owners|workers|representative*|boss|bosses|team|teams|everyones',
  ],
  other_owner: [
    'staff|staffs|employee|employees|agent|agents|rep|reps|his|her|their|driver|drivers|manager|managers|ceo|ceos|workers|representative*|boss|bosses|everyones',
  ],
  private_data: ['phone|number|numbers|address|addresses|adress|home|personal|private'],
  portrait: ['photo|photos|picture|pictures|face|faces|details|info|information|identity|name|names'],
  everywhere: ['everywhere|4chan', 'all over', 'whole world', 'for everyone|everybody'],
  in_public: [
    'online|everywhere|internet|public|publicly|twitter|facebook|instagram|tiktok|reddit|web|website|forum|forums|4chan|telegram',
    'social media',
    'out there',
    'all over',
    'for everyone|everybody|all|anyone',
    'whole world',
  ],
  my_card: [
    'my|our|his|her|their|moms|mothers|dads|wifes|husbands|grandmothers ~1 card|cards|account|paypal|visa|mastercard|amex|identity|credit',
    'my|our credit|debit|bank card|account|details|info|information',
    'my|our details|info|information|name',
  ],
  stranger: [
    'someone|somebody|sombody|stranger|strangers|thief|thieves|hacker|hackers|scammer|scammers|fraudster|fraudsters|criminal|criminals|impostor|imposter',
    'unknown|another|other|different|random person|people|party',
    'person i dont know',
  ],
  contact: [
    'email|emails|mail|phone|mobile|cell|cellphone|telephone|contact|correo|telefono|movil|celular',
    'e mail',
    'contact details|info|information|number|email',
  ],
  contact_change: [
    'change|changing|switch|switching|replace|replacing|swap|swapping|modify|edit|alter ~3 the|my|our|this|order|orders|contact|account|delivery ~2 @contact',
    'change|changing|switch|switching|replace|replacing|swap|modify|alter @contact',
    'update|updating|correct|amend the|my|our|order|orders|contact|account ~2 @contact',
    'new|different|another|other|alternate|alternative|second @contact',
    'put ~3 @contact ~3 on|to ~2 order',
    'cambiar|cambie|cambien|cambiarme|actualizar|actualice|modificar ~4 @contact',
    'nuevo|otro @contact',
  ],
  tracking_request: [
    'send|resend|sending|resending|forward|forwarding|text|share|give|get|mail|email|provide|reissue ~6 tracking|trackng|link|track|confirmation|shipment|shipping',
    're send ~6 tracking|link|track|confirmation',
    'tracking|link|track ~4 sent|resent|forwarded|emailed|texted|again',
    'enviar|envie|envien|envienme|enviame|enviarme|envieme|reenviar|reenvie|reenvien|reenvienme|mandar|mande|manden|mandame|mandenme|pasar|pasame ~6 rastreo|seguimiento|guia|enlace|link|tracking',
  ],
};
