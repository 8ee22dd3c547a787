/** Who used what of whom, what nobody of the house knows, and who asks in the shop's name, crossed as word classes (decisions §2.1). Part of `screen-fraud.ts`. */
import type { Phrases } from './screen-family.ts';

export const FRAUD_MEANT_CLASSES: Phrases = {
  /** Someone who is not the customer. */
  other_person: [
    'someone|someones|somebody|somebodys|stranger|strangers|hacker|hackers|thief|thieves|scammer|scammers|crook|crooks|criminal|criminals|fraudster|fraudsters|imposter|impostor|burglar|intruder|alguien|ladron|ladrones|hackers|hackeador|rando|weirdo|lowlife|scumbag|whoever',
    'another|other|different|unknown|some|random|otra person|people|man|woman|guy|lady|girl|dude|kid|persona|gente',
    'who|whos|quien|quienes',
  ],
  insider: [
    'roommate|flatmate|housemate|cleaner|carer|caregiver|nurse|nanny|babysitter|nephew|niece|cousin|grandson|granddaughter|coworker|colleague|employee|intern|assistant|lodger|tenant|neighbour|neighbor|cuz|brother|sister|stepson|stepdaughter|son|daughter|kid|child|teenager|ex|exs|exwife|exhusband|boyfriend|girlfriend|helper|maid|muchacha|empleada|cuidadora|sobrino|sobrina|primo|prima|vecino|vecina|hijo|hija|hermano|hermana|novio|novia',
    'ex|former|old ~1 wife|husband|partner|girlfriend|boyfriend|employee|assistant|colleague|roommate|bookkeeper',
  ],
  means: [
    'my|our|his|her|their|moms|mums|dads|mothers|fathers|grandmas|nans|wifes|husbands|grandfathers|parents|mi|mis|su|nuestra|la ~3 card|cards|visa|mastercard|amex|account|login|profile|paypal|identity|credit|debit|password|tarjeta|cuenta|perfil|identidad|wallet|points|balance|dime|dinero|puntos',
  ],
  shopping: [
    'buy|buys|buying|bought|order|orders|ordering|ordered|purchase|purchases|purchasing|purchased|shop|shopping|shopped|spend|spending|spent|use|uses|using|used|charge|charging|pay|paying|redeem|redeemed|redeeming|steal|stole|stealing|grabbed|borrowed|copied|logged|placing|opened|treating|treated|splurging|enjoying',
    'compra|compran|comprando|compro|compraron|comprado|usa|usan|usando|uso|usaron|usado|agarro|agarra|saco|tomo|pidio|pidiendo|gasto|gastando|gastaron|robo|robaron|robado|entro|entraron|metio|metieron|hizo|hicieron|clono|clonaron',
  ],
  strange_deal: [
    'payment|payments|charge|charges|charged|debit|debits|transaction|transactions|purchase|purchases|order|orders|bill|invoice|receipt|receipts|confirmation|confirmations|package|parcel|parcels|subscription|withdrawal|withdrawals|cargo|cargos|cobro|cobros|compra|compras|pedido|pedidos|paquete|factura|recibo|statement|history',
  ],
  no_idea: [
    'no|not|zero|without ~2 idea|clue|knowledge|memory|recollection|record|dealings|dealing|business|relationship|connection|recuerdo',
    'never|nunca|jamas ~3 heard|seen|dealt|bought|ordered|shopped|used|been|visited|had|set|made|placed|authori*|compre|pedi|hice|comprado|pedido|hecho|autorice|owned|asked|requested|met|lived|signed|opened|compro|uso|gave|knew|agreed',
    'nobody|noone|none|neither|nadie|ninguno|nor ~6 bought|ordered|knows|know|made|placed|did|pidio|compro|hizo|ordeno|recogni*|authori*|has|claims|admits|touched|use|uses|used|reconoce|sabe',
    'no one ~6 bought|ordered|knows|made|placed|did|recogni*|claims|admits|uses|used',
    'didnt|didn|dont|wasnt|isnt|not|did|havent|hasnt|no ~1 not? ~1 order|ordered|buy|bought|make|made|place|placed|authori*|recogni*|do|request|requested|mine|ours|me|us|choose|approve|approved|pedi|compre|hice|reconozco|autorice|puse|yo|know|agree|sign',
    'dont|not|cant ~1 recogni*|remember|recall|know',
  ],
  taken_bag: [
    'bag|handbag|purse|wallet|backpack|rucksack|phone|card|cards|bolso|bolsa|cartera|billetera|mochila|tarjeta|briefcase|pocketbook|suitcase ~3 taken|stolen|robbed|nicked|snatched|stole|pinched|swiped|lifted|grabbed|robado|robada|robaron|robo|mugged|missing|lost|gone',
    'robbed|mugged|pickpocketed|burgled|burglarised|burglarized|robaron|asaltaron|broken into',
    'stole|took|stolen|snatched|robaron|nicked|lost|pinched ~3 bag|handbag|purse|wallet|backpack|phone|card|cards|bolso|bolsa|cartera|billetera|mochila|tarjeta|briefcase',
  ],
  messenger: ['whatsapp|telegram|instagram|facebook|messenger|gmail|hotmail|yahoo|tiktok|text|sms|texted|phoned|called|caller|rang|dmd|voice|advert|mensaje|llamada|llamo|llamaron|giveaway|lottery|prize|sorteo|qr|man|woman|guy|lady|someone|somebody|agent|rep'],
  bait: [
    'gift|steam|itunes ~1 cards|vouchers|card',
    'my|the|credit|bank|debit|your|mi|la ~1 card|otp|pin|password|cvv|passcode|clave|tarjeta ~1 details|number|code|digits',
    'my|the|mi|la|her|his ~1 otp|pin|password|cvv|passcode|clave|tarjeta|card|iban',
    'verification|security|sms|one time code|codes',
    'crypto|bitcoin|zelle|cashapp|anydesk|teamviewer',
  ],
  look_alike: [
    'copy|clone|copycat|bogus|similar|falsa|pirata|twin ~1 shop|store|site|website|page|account|profile|tienda|pagina|web|cuenta|app|seller',
    'looked|identical|igual|igualita|identica|parecida|copy|copia|clone|exactly ~3 like|to|just|same|a|de|of|que ~2 you|yours|your|vuestra|suya|tuya|ustedes|original|real',
    'your ~2 pictures|photos|name|logo|products|texts|images|branding ~6 but|with|dash|hyphen|letter|different|another|half|80|90|off|cheaper',
  ],
};

export const FRAUD_MEANT: Phrases = {
  'fraud.other_shopping': [
    '@other_person ~4 @shopping ~6 @means',
    '@insider ~8 @shopping ~4 @means ~14 @without_leave|never|not|didnt|nunca|sin|stop|block|cancel|bloqueen|bloquear|permission|police|apparently',
    '@insider ~8 @shopping ~3 card|tarjeta|visa|paypal ~14 without|no|never|nunca|sin|didnt|not ~4 permission|permiso|asking|consent|know|knew|told|asked|said|dio|preguntar',
    'mi|my ~1 ex|exs ~8 @shopping ~4 @means',
    '@other_person ~4 @shopping ~2 as|like|como ~3 me|yo|us',
    'shopping|buying|ordering|spending|living|snacking|dressing|eating ~3 on|with my|our|mi ~1 dime|money|card|tab|expense|dollar|account',
    '@other_person|they|he|she ~6 my|our|mi ~1 identity|identidad',
    'took|uso|use|used|usaron|agarro|take|using|got ~1 my|mi|our|her|his ~2 card|tarjeta|visa|account|cuenta ~6 no|without|sin|never ~1 my? ~1 permission|permiso|permizo|consent|asking|perms',
    'only|solo|unico|single|one ~6 mine|mio|mia|ours|correct|right|true ~4 card|tarjeta|name|number',
    '@other_person ~3 has|have|had|got|getting|tiene|tienen|knows ~3 @means ~14 buy|bought|order|orders|stop|block|help|cancel|charges|bloque*|compra*|spend|spending|lock|freeze',
    '@taken_bag ~24 @strange_deal ~6 you|your|from|with|for|statement|here|ustedes|bank|times',
    '@taken_bag ~18 @shopping ~3 with|at|from|here|on|through|con|en ~2 you|your|ustedes|it|them|ella',
    'police ~2 report|number|reference|case &20 statement|charges|charged|card|order|purchase|account|stolen|bought|identity',
    'was|been|got|gets|were|is|am|account|email|have|profile ~2 hacked',
    'hackearon|hackeado|hackeada|jakearon|jaquearon|jaqueado|hackiaron|jakiaron|hackd|hakked',
    'clonaron|hackearon|suplantaron|usurparon',
    'order|orders|purchase|purchases|payments ~6 after|since|while|despues|mientras ~4 died|dead|death|asleep|hospital|stolen|passed|murio|fallecio|flight|coma|funeral',
    'woke|wake|came|back ~4 to ~4 receipts|confirmations|orders|charges|purchases|emails|notifications ~8 from|you|u|asleep|bought|not|never',
  ],
  'fraud.nobody_knows': [
    'payment|payments|charge|charges|debit|transaction|transactions|purchase|purchases|cargo|cargos|cobro|compra|compras|bill|invoice|receipt ~6 never|nunca|clue|idea|none|nobody|dealings ~8 you|your|u|company|shop|card|account|bank|ustedes|tarjeta|banco|cuenta',
    '@no_idea ~4 @strange_deal ~8 account|bank|statement|charged|tarjeta|banco|cuenta|money|block|freeze',
    '@no_idea ~4 you|your|u|this ~2 company|shop|store|firm|business|website|people|site ~20 @strange_deal|money|card|account|charged|took|taken',
    '@strange_deal|money|charged|took|taken ~20 @no_idea ~4 you|your|this ~2 company|shop|store|firm|business|website|people',
    'your|sus ~2 updates|emails|notices|tracking|messages|mails|confirmations ~6 for|to|addressed|meant|about ~4 person|man|woman|someone|stranger|named|called ~14 my|our ~2 bank|card|account|money|paypal',
    'delivered|sent|shipped|going|goes|posted|ship|addressed ~4 to|for ~3 person|man|woman|someone|somebody|stranger|unknown|name|apartment|j|mr|mrs|ms ~18 my|our|mi ~2 bank|card|account|money|paypal ~6 charged|paid|out|used|money|pay|taken|debited|tarjeta|gone|paying',
    'history|profile|cuenta|perfil ~6 things|items|address|addresses|phone|direccion|telefono|pedido|pedidos|compras|device ~6 @no_idea',
    'address|phone|email|direccion|telefono|correo|number|name ~8 @no_idea ~12 order|account|cuenta|card|pedido|stop|ship|going',
    'dont|doesnt|never ~1 live|lived ~2 at that|this ~16 card|charged|bank|bought|choose|stop',
    'password|email|contrasena|correo|phone|address|recovery ~3 was|is|has|had|were|fue|se|been|just ~2 reset|changed|updated|modified|cambiada|cambiado|cambio|altered|replaced ~20 @no_idea|me',
    '@no_idea ~4 any|that|this|it ~3 of? ~1 that|it|this ~12 login|account|password|profile|card',
    'something|someone|somebody ~4 going|strange|wrong|weird|funny|fishy ~3 with|on|in|inside ~1 my ~1 login|account|profile|card',
    'paquete|pedido|caja|cosas ~8 nadie|nunca|no ~6 pidio|pedi|pedimos|compro|compre|ordeno|hizo|solicite|solicito',
    'nadie|ninguno ~6 pidio|compro|ordeno|hizo|solicito|reconoce|autorizo',
    'direccion|telefono|correo|tarjeta|nombre ~8 yo ~1 no|nunca ~2 puse|agregue|registre|pedi|conozco|di|autorice',
    'strange|odd|weird|funny|unknown|unfamiliar|suspicious|unexplained|mysterious|raros|raro|extranos|extrano|desconocido|desconocidos ~1 payments|charges|debits|transactions|withdrawals|purchases|cargos|cobros|movimientos|compras|pagos',
    'two|three|several|small|tiny|test|dollar|cents ~5 payments|charges|debits ~10 then|followed|before|and ~6 big|large|hundred|499|bigger|real|another',
  ],
  'fraud.in_shops_name': [
    '@messenger ~14 @bait ~12 real|legit|you|yours|u|ustedes|scam|fake|doubt|genuine|true|trust|safe|release|unlock|verify|parcel|package|estafa|verdad',
    '@other_person|guy|man|woman|lady|they|girl ~8 @messenger ~14 asked|asks|asking|ask|wants|wanted|want|needs|needed|demanded|pide|pidio|quiere|pidieron ~6 @bait',
    '@messenger ~8 asked|asks|asking|ask|wants|wanted|want|demanded|pide|pidio|quiere|pidieron ~6 @bait',
    'says|claims|claimed|saying|pretends|pretending|dice|diciendo ~2 he|she|hes|shes|que ~1 works|work|from|with|trabaja ~2 you|u|your|ustedes|vosotros',
    'won|ganado|gane|winner|selected|chosen|gano ~6 @messenger|draw|contest|phone|iphone|raffle ~16 card|pay|fee|shipping|details|verify|tarjeta|pagar|envio|datos|really|real|you',
    '@look_alike ~20 paid|ordered|bought|card|pay|payed|pague|compre|pedi|lost|charged|details|tarjeta|real|legit|ustedes|yours|scam|warn|beware|80|90|percent',
    'have|had i|we been had|conned|duped|tricked|fooled|scammed|fleeced|phished',
    'confirmation|invoice|receipt|reply|mail|email|answer|came ~6 from|by ~1 a|an ~1 gmail|hotmail|yahoo|outlook|private|personal|strange|odd|russian|chinese|different|weird ~1 address|account|domain',
    '@messenger ~12 put|enter|fill|type|give|confirm|update|submit|poner|meter|dar|actualizar|verify|entered ~4 details|card|data|datos|tarjeta|password|login|number ~14 now|then|gone|empty|charged|charges|strange|payments|account|was|real|you|after|did',
    'text|sms|email|message|call|link|mail|mensaje|correo|llamada ~6 order|parcel|package|account|pedido|paquete ~2 with|from|on|held|was|is|de ~3 you|your|hold|stuck|held|retenido|blocked|suspended|ustedes ~12 details|card|fee|pay|link|click|datos|tarjeta|pagar',
    'no|dont|not ~1 se|sure|know ~1 si|if ~2 son|es|its|is|it|was|that ~2 ustedes|suya|you|yours|your',
    'igualita|identica|igual|parecida|copia|clon ~3 a|de|que ~2 suya|vuestra|ustedes|tuya|esta',
    'cambi*|actualic*|actualiza*|modifi*|pongan|ponga|usar|usen|nuevo|otro|otra ~6 correo|email|mail|telefono|numero|celular|movil ~14 reenvi*|reenvien|mande*|mandar*|envi*|manden*|pase*|rastreo|guia|codigo|enlace|seguimiento',
    'reenvi*|mande*|mandar*|envi*|manden* ~3 rastreo|guia|codigo|enlace|seguimiento|tracking|link ~6 nuevo|otro|otra|nueva|distinto ~1 correo|email|mail|telefono|numero|direccion?',
  ],
};
