/**
 * Words that shoppers use for the same thing, so that what is learnt of one holds for its neighbours. Written by hand from general knowledge of the
 * language; a word may stand in several groups, `x*` is a beginning.
 */
const CONCEPTS: Readonly<Record<string, string>> = {
  parcel:
    'package packages parcel parcels box boxes shipment shipments delivery deliveries carton packet pkg pckg crate envelope mailer bundle consignment paquete paquetes envio caja entrega',
  order:
    'order orders ordered ordering purchase purchases purchased bought buying buy preorder preordered ordr pedido pedidos compra compre orden',
  goods:
    'item items product products thing things stuff goods merchandise gift gifts present presents set kit bundle piece pieces unit units producto productos articulo articulos cosa cosas regalo',
  arrive:
    'arrive arrives arrived arriving arival arrival come comes came coming reach reached reaches land landed lands turn turned show shows showed receive received recieved recieve receiving got get gotten get llega llegar llego llegado recibi recibido recibir',
  dispatch:
    'ship ships shipped shipping dispatch dispatched send sends sent sending post posted mailed leave left leaves move moved moving budge budged despatch despatched depart departed fulfil fulfill fulfilled enviar enviado enviaron mandaron salir salido',
  carrier:
    'usps ups fedex dhl evri hermes dpd yodel ontrac lasership purolator canada royal postnl correos seur mrw carrier courier driver postman mailman postie postal van truck mensajero repartidor transportista cartero tracking',
  tracking:
    'track tracked tracking tracker trace traced locate whereabouts status update updates updated scan scans scanned rastreo rastrear seguimiento localizar estado',
  where: "where wheres where's wherabouts whereabouts donde whr wer",
  when: 'when whens eta date arrival soon cuando fecha timeframe timeline expect expected expecting estimate estimated due',
  wait: 'wait waiting waited waits wating weeks days months fortnight ages forever late delay delayed delays overdue slow long still yet espera esperando espero tarde retraso retrasado demora',
  stuck:
    'stuck stalled frozen limbo unchanged pending processing preparing unfulfilled unshipped label preshipment pre stagnant sitting sits parado atascado detenido backorder backordered standstill nowhere',
  delivered:
    'delivered deliver delivering dropped handed signed doorstep porch mailbox letterbox lobby reception neighbor neighbour neighbours neighbors door entregado entregada entregaron buzon portero front gate',
  claimed:
    'says say said saying shows showing showed claims claimed marked states stated supposedly apparently allegedly according reads reading notification notified photo picture dice aparece marca supuestamente segun',
  absent:
    'nothing never nowhere none empty gone missing vanished disappeared absent lost nada nunca ningun ninguna vacio perdido desaparecio nobody no-one noone stolen',
  lack: 'missing lacking lacks without absent incomplete short shorted forgot forgotten omitted excluded left only half instead falta faltan faltaba faltaban incompleto incompleta olvidaron solo',
  count:
    'one two three four five six seven eight nine ten dozen twelve couple several pair half single both quantity qty amount number all uno dos tres cuatro cinco seis',
  parts:
    'charger adapter cable cord remote manual lid cap screws screw bolts bolt part parts piece pieces accessory accessories instructions leg legs filter battery batteries strap tray bag hardware tornillos pieza piezas cargador',
  wrong:
    "wrong incorrect mistaken mixed mixup mix-up swapped switched different differs rong worng mismatch mismatched equivocado equivocada incorrecto diferente otro otra distinto someone else's elses",
  color:
    'black white blue red green grey gray pink gold silver brown beige navy purple yellow orange teal cream ivory colour color colours colors shade negro blanco azul rojo verde rosa',
  size: 'size sizes small medium large xl xs xxl xxs big bigger larger smaller tight loose snug narrow wide fit fits fitting petite talla tallas grande pequeno chico mediano waist sleeve inseam uk eu us',
  variant:
    'scent flavour flavor model version style variant edition type kind pattern length width colour color size fragrance material',
  broken:
    'broken broke break brakes damaged damage cracked crack shattered smashed crushed dented dent bent torn ripped rip scratched scratch scratches chipped chip leaking leaked leak leaks spilled spilt burst snapped split squashed bashed defective faulty pieces shards hole holes melted soaked ruined destroyed roto rota rotos rotas danado danada quebrado rompio rayado doa mangled warped stained',
  opened: 'open opened opening unbox unboxed unboxing unpacked unwrap unwrapped abri abrir abrio',
  malfunction:
    'work works working worked function functioning charge charging charges turn start starts boot pair pairing connect connects connecting connected sync syncing blink blinking flashing beeping crash crashes freezes freezing error errors glitch glitchy login install update firmware reset restart reboot wifi bluetooth app screen button power dead unresponsive overheating noise noisy leaking stopped funciona prende enciende conecta sirve bug buggy loading loads',
  negation:
    'not no never none cant cannot wont dont doesnt didnt isnt wasnt hasnt havent hadnt arent aint nor without neither unable fails failed refuses nada nunca ni sin',
  cancel:
    'cancel cancelled canceled cancelling canceling cancellation cancle cancell cnacel scrap void abort nix axe rescind undo revoke withdraw call stop halt kill cancelar cancelen cancele cancelo anular anulen',
  stop: 'stop stopped stopping end ending pause paused pausing skip skipping quit halt discontinue terminate opt unsubscribe unenroll freeze suspend hold off deactivate parar detener pausar suspender baja',
  mind: 'mind anymore longer mistake accident accidentally accidently twice duplicate changed regret oops elsewhere cheaper already ya equivocacion error',
  recurring:
    'subscription subscriptions subscribe subscribed subscribtion membership member monthly autoship auto-ship autorenew renew renewal renews renewed recurring automatic automatically auto every refill refills plan plans weekly quarterly trial suscripcion suscripciones mensual membresia renovacion club',
  edit: 'change changing changed update updating edit editing modify modified amend fix correct correction switch swap alter redirect reroute replace add remove cambiar modificar corregir actualizar agregar quitar typo misspelled mistyped',
  address:
    'address adress addres street st avenue ave road rd zip zipcode postcode apartment apt flat suite unit house building city state town moved moving direccion calle domicilio codigo postal piso',
  charge:
    'charge charged charges charging bill billed billing debited debit deducted payment payments pay paid paying taken took withdrew transaction transactions statement invoice receipt cobro cobraron cobrado cargo cargos pago pague pagar factura',
  twice: 'twice double doubled duplicate duplicated two again extra more overcharged additional doble dos veces',
  payment:
    'card cards credit debit paypal klarna afterpay apple visa mastercard amex declined decline checkout tarjeta rechazada rechazado paypal bizum',
  code: 'code codes coupon coupons promo promotion promotional discount discounts voucher vouchers sale sales deal deals offer offers percent shapepercent off codigo cupon descuento oferta rebaja promocion bogo free-shipping reward rewards points loyalty',
  invalid:
    'invalid expired apply applied applies applying accept accepted error reject rejected work valid valido aplicar aplica funciona caduco',
  question:
    'does do is are can could would will which what how whats any wondering curious know tell question questions interested considering thinking planning before recommend recommendation suitable compatible compatibility suit advice pregunta duda saber',
  stock:
    'stock restock restocked restocking available availability sold out back inventory carry sell selling disponible agotado existencias',
  spec: 'dimensions dimension weight material ingredients ingredient safe vegan cotton leather waterproof warranty allergy allergies sensitive voltage capacity battery compatible lasts organic cruelty gluten nuts washable measure measurements inches cm hypoallergenic ingredientes medidas garantia',
  shipinfo:
    'ship shipping deliver delivery international internationally overseas express overnight standard cost free fee fees customs duty worldwide envian envios costo',
  influencer:
    'influencer influencers collab collabs collaborate collaboration collaborations partner partnership partnerships sponsor sponsored sponsorship ambassador ambassadors affiliate affiliates creator creators content ugc followers audience channel blog blogger podcast reels feature featured promote press magazine journalist pr wholesale reseller stockist retailer colaboracion colaborar seguidores embajadora patrocinio brand brands campaign media kit',
  return:
    'return returns returned returning send ship back bring rma label labels dropoff prepaid restocking policy devolver devolucion devoluciones regresar',
  exchange:
    'exchange exchanges exchanged swap swapped swapping trade switch switched replace instead another different bigger smaller cambio cambiar cambiarlo intercambio',
  refund:
    'refund refunds refunded refunding reimburse reimbursed reimbursement money cash back repay repaid credited credit moneyback rembolso reembolso reembolsar reembolsen dinero devuelvan',
  bank: 'bank banks issuer visa mastercard amex chase barclays paypal klarna card banco bancos hsbc santander monzo',
  dispute:
    'dispute disputes disputed disputing chargeback chargebacks charge-back contest contested contesting claim claims reverse reversed reversal revert case complaint contracargo disputa disputar reclamo reclamacion reclamar',
  legal:
    'lawyer lawyers attorney attorneys solicitor barrister sue suing sued lawsuit litigation legal legally court courts judge tribunal claims ombudsman regulator bbb ftc consumer standards authorities attorney-general trading abogado abogada demanda demandar demandare juicio denuncia denunciar profeco juzgado',
  threat:
    'kill hurt harm burn bomb shoot beat smash punch stab find watch regret pay die dead death threat threaten coming destroy ruin expose doxx dox house home live family matar muerte quemar',
  fraud:
    'fraud fraudulent fraudster scam scammer scammed stolen steal theft thief hacked hacker unauthorized unauthorised identity impersonating suspicious authorize authorise knowledge permission consent fraude estafa robada robaron robo hackearon autorice autorizado compromised phishing',
  notme: 'didnt never not someone somebody stranger else another without unknown unrecognized recognise recognize',
  phone:
    'phone phones call calls calling called callback ring rang telephone number dial hotline line speak talk human person representative agent operator voice llamar llamada llamen telefono numero hablar',
  tiktok: 'tiktok tik tok live livestream ttshop tts',
  social:
    'instagram insta ig facebook fb messenger dm dms inbox comment comments commented post story stories page twitter tweet x threads whatsapp pinterest snapchat messaged message messages mensaje comentario',
  account:
    'account accounts login log password username register registration sign signup email newsletter profile unsubscribe delete data privacy gdpr cuenta contrasena correo boletin',
  greet: 'hi hello hey hola greetings morning afternoon evening dear yo sup buenas buenos howdy hiya',
  thanks:
    'thanks thank thx ty cheers appreciate appreciated love loved great awesome amazing excellent happy perfect wonderful best gracias encanta excelente',
  anger:
    'ridiculous unacceptable disgusting pathetic joke worst terrible awful horrible furious angry disgusted fuming disgrace appalling useless incompetent liar liars garbage trash crap shit fuck fucking bullshit damn hell idiots clowns ridiculo pesimo verguenza',
  work: 'job jobs hiring vacancy vacancies career careers resume cv apply position internship employment interview trabajo empleo',
  vendor:
    'seo marketing services agency supplier suppliers manufacturer factory quote website traffic ranking leads investment loan crypto bitcoin forex backlinks guest rates proposal outsource',
  world:
    'weather rain flight hotel restaurant recipe song music movie film football score news alarm timer reminder calendar meeting taxi uber rent doctor hospital school homework math translate joke president capital',
  money: 'money cash dollars bucks price cost costs expensive cheap shapemoney dinero precio pesos euros balance',
};

const BY_WORD: ReadonlyMap<string, readonly string[]> = (() => {
  const map = new Map<string, string[]>();
  for (const [concept, words] of Object.entries(CONCEPTS))
    for (const word of words.replaceAll("'", '').replaceAll('-', ' ').split(/\s+/))
      map.set(word, [...new Set([...(map.get(word) ?? []), concept])]);
  return map;
})();

const NONE: readonly string[] = [];
export function conceptsOf(word: string): readonly string[] {
  return BY_WORD.get(word) ?? NONE;
}
