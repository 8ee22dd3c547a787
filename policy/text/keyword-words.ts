/** Word classes and fixed expressions of the keyword classifier (decisions §1.3, §3.8). English first, Spanish after it. */

/** Expressions that would mislead a rule: their words do not count. */
export const MISLEADING_EXPRESSIONS: readonly string[] = [
  'too late to',
  'will|should|would|to|can|could|might ~2 be|get delivered',
  'not|never|isnt|hasnt|wasnt|havent|being been|yet? delivered',
  'out for delivery',
  'return|returned|returning to sender',
  'return|returning my|our|the call|email|message|dm|calls|emails',
  'in exchange for ~3 post|review|feature|exposure|content|video',
  'battery|phone|fully|half|usb charged',
  'proof of purchase',
  'if|unless|case|assuming|provided ~4 not|hasnt|havent|isnt ~2 shipped|sent|dispatched|left|gone',
  'did|have|has|do you|u|ya|guys|they ~3 forget|forgotten about',
];

export const KEYWORD_CLASSES: Readonly<Record<string, readonly string[]>> = {
  order: ['order|orders|ordr|oder|orde|purchase|purchases|preorder|pedido|pedidos|compra|orden', 'pre order|orders'],
  parcel: [
    'package|packages|pakage|pkg|parcel|parcels|shipment|shipments|delivery|box|carton|packet|mail|paquete|paquetes|envio|caja',
  ],
  goods: [
    'item|items|product|products|unit|device|diffuser|diffusers|bottle|bottles|oil|oils|kit|kits|set|sets|refill|refills|machine|humidifier|lamp|tower|pod|pods|candle|candles|thing|things|one|model|stuff|gift|goods',
    'charger|adapter|cord|cable|remote|manual|lid|cap|cup|plug|screws|screw|part|parts|piece|pieces|accessory|accessories|instructions|filter|stand|base',
    'mug|mugs|glass|glasses|vase|plate|bowl|jar|jars|lantern|blanket|pillow|book|books|shirt|hoodie|jacket|dress|shoes|necklace|ring|bracelet|toy|poster|teapot|jug|frame|bag|headphones|speaker|watch',
    'lavender|citrus|vanilla|eucalyptus|peppermint|rose|lemon|sandalwood|producto|productos|articulo|articulos|difusor|aceite|aceites|pieza|piezas',
  ],
  device: [
    'diffuser|diffusers|device|unit|machine|humidifier|app|tower|lamp|light|lights|battery|button|buttons|remote|timer|schedule|fan|pump|mist|scent|smell|difusor|aparato|aplicacion|sensor|screen|display|product|item|it|plug|charger|purifier',
  ],
  variant: [
    'black|white|blue|red|green|walnut|grey|gray|pink|gold|silver|brown|beige|small|large|big|medium|mini|pro|xl|xs|travel|lavender|citrus|vanilla|eucalyptus|cordless|peppermint|rose|lemon|sandalwood|orange|jasmine|mint|oak|cream',
    'smaller|bigger|larger|lighter|darker|stronger|newer|different|other|another|new',
  ],
  trait: [
    'colour|color|colours|colors|size|sizes|scent|scents|model|models|version|variant|flavour|flavor|smell|fragrance|style|type|kind|strength|one|unit|kit|color|talla|tamano|modelo',
  ],
  carrier: [
    'usps|ups|fedex|dhl|carrier|courier|driver|postman|mailman|tracking|app|website|site|status|note|it|page|system|amazon|correos',
  ],
  number: [
    'one|two|three|four|five|six|seven|eight|ten|dozen|1|2|3|4|5|6|7|8|9|10|12|couple|several|dos|tres|cuatro|cinco|half',
  ],
  span: ['day|days|week|weeks|month|months|wks|wk|year|fortnight|dia|dias|semana|semanas|mes|meses'],
  ask_cancel: [
    'cancel|cancle|cancell|cansel|cancl|canel|cancelling|canceling|cancellation|cancelation|cancels|cancelar|cancele|cancelen|cancelo|anular',
  ],
  cancelled: ['cancelled|canceled|cancled|cancelada|cancelado'],
  subscription: [
    'subscription*|subscripton*|subscripion*|suscripcion*|autoship*|autorenew*|membership|memberships|membresia|refill|refills',
    'auto ship|shipping|shipments|renew|renewal|renewing|refill|refills|delivery|deliveries|order|orders|pay|payments',
    'automatic|monthly|recurring|weekly|repeat|repeating|regular|scheduled order|orders|refill|refills|delivery|deliveries|shipment|shipments|plan|plans|box|payment|payments|renewal',
    'my|the|this|monthly|recurring|our|a ~1 plan',
    'subscribe and|n save',
  ],
  stop: [
    'stop|end|pause|pausing|skip|skipping|discontinue|terminate|quit|leave|freeze|suspend|deactivate|halt|stopping|ending|detener|pausar|parar|suspender',
    'turn off',
    'opt out',
    'get out of',
    'put|place ~4 hold',
    'hold off',
  ],
  change: [
    'change|changing|update|updating|edit|editing|modify|fix|amend|switch|switching|alter|redirect|reroute|replace|chnage|cambiar|modificar|corregir|actualizar|cambien',
  ],
  address: [
    'address|adress|addres|addresses|addr|street|zip|zipcode|postcode|apartment|apt|flat|suite|direccion|domicilio',
  ],
  came: [
    'came|arrived|arived|received|recieved|receive|delivered|got|opened|unpacked|unboxed|turned|showed|llego|llegaron|recibi|arrive|arrives|comes|shows|arriving',
  ],
  broken: [
    'dent|crack|hole|tear|chip|melted|cracks|warped|soaked|mouldy|moldy|stained|wrecked|ruined|destroyed|broken|brokn|broke|damage|damages|damaged|damged|smashed|shattered|cracked|crushed|dented|leaked|leaking|leaky|defective|deffective|faulty|scratch|scratched|scratches|chipped|bent|torn|ripped|spilled|spilt|burst|busted|snapped|crack|cracks|squashed|roto|rota|rotos|danado|danada|quebrado',
    'in pieces',
  ],
  not_here: [
    'nothing|never|didnt|havent|hasnt|isnt|wasnt|empty|missing|gone|nowhere|nobody|stolen|where|wheres|nada|nunca',
    'not ~2 got|get|received|receive|recieved|here|there|see|seen|find|found|arrive|arrived|mine|my|in|at',
    'no one|sign|parcel|package|box|trace',
    'cant|cannot|couldnt|dont|didnt|havent ~1 find|see|seen|locate|have',
    'van|driver ~2 never|didnt|not ~1 stopped|came|stop|come',
    'no ~2 recibido|recibi|llego|esta|encuentro',
  ],
  delivered: [
    'delivered|delivrd|deliverd|deliverred|entregado|entregada',
    'dropped|drop|left ~6 off|door|porch|doorstep|reception|lobby|mailbox|neighbour|neighbor',
    'delivery ~1 notification|notice|alert|message|text',
    'proof of delivery',
    'delivery photo|picture|confirmation',
  ],
  reported: [
    'says|say|said|saying|shows|showed|showing|marked|claims|claimed|claiming|states|stating|status|apparently|supposedly|according|was|been|reports|dice|aparece|marcado|is ~5 @delivered',
    '@carrier ~5 @delivered',
    '@delivered ~6 apparently|supposedly|according',
    'according ~8 arrived|delivered',
  ],
  wrong: ['wrong|incorrect|rong|worng|wrng|mistaken|equivocado|equivocada|incorrecto|incorrecta'],
  moved: [
    'shipped|ship|moved|move|movement|dispatched|updated|left|arrived|arrive|scanned|progressed|delivered|processed|fulfilled|sent|come|enviado|llegado|salido|budged|gone',
  ],
  not_yet: ['havent|hasnt|hadnt|not|isnt|wasnt|arent|didnt|never|nothing|no|nada|nunca'],
  about: [
    'about|regarding|concerning|re|following|inquiring|enquiring|inquiry|enquiry|query|inquire|enquire|follow|chase|chasing|checking|check',
  ],
  mine: [
    'my|our|her|his|their|the|this|your ~2 @order|@parcel|@goods|present|gift|stuff|things|confirmation',
    'i|we|ive|weve ~2 ordered|bought|purchased|paid',
    'order|purchase ~3 i|we ~1 made|placed',
    'bought|ordered ~1 a|an|the|some|two|three|2|3|from',
  ],
  whereabouts: [
    'where|wheres|wer|whr ~2 is|are|it|my|has|could|did|might',
    'when|wen ~2 is|are|will|does|do|can|should|would|might|am|its|theyre',
    'whens|whereabouts|looking|locate|trace|delivering|delivers|posted|mailed',
    'happened|happening to|with',
    'find out',
    'how ~1 long|soon|far|many ~2 take|takes|till|until|days|usually|normally|shipping|shipment|it|delivery|before',
    'on schedule|time|track|route',
    'show|showing|shows|turn|turning up',
    'be|get|gets|arrive|arrives|arriving here|monday|tuesday|wednesday|thursday|friday|saturday|sunday|tomorrow|today',
    'hows|how ~4 doing|going|coming|progressing',
  ],
  malfunction: [
    'wont|doesnt|not|cant|cannot|didnt|isnt|stopped|stops|keeps|refuses|fails|failed|longer|never|unable ~2 work|working|works|connect|connecting|pair|pairing|charge|charging|misting|mist|spray|spraying|start|starting|sync|syncing|respond|responding|load|loading|power|powering|diffuse|diffusing|crashing|disconnecting|run|running|install|blinking|flashing|beeping',
    'wont|doesnt|not|cant|cannot|didnt|isnt|stopped|keeps ~2 turn|turning|switch|switching|come|coming|log|logging|sign|join|shut|shutting|go ~2 on|in|off|out|join|wifi',
    'nothing|no mist|misting|scent|smell|vapor|vapour|steam|power|sound|light|fragrance',
    'no funciona|enciende|prende|conecta|carga|sirve|sale',
    'dejo de funcionar',
  ],
};
