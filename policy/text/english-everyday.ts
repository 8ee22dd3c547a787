/** More everyday English behind the short-text rule (replies §10): goods that shops sell, the home, clothes, food, doing and describing words. */
export const EVERYDAY_WORDS = `
anklet anorak apparel apron ashtray backpack badge bandana barbell barrel basin bathrobe bead beanie bedding bedsheet belt bench bib bicycle bike bikini binder binoculars blazer
bling blouse bodysuit bolt bookcase bookmark boot bowl bra bracelet briefcase broom brooch brush bucket buckle bulb bunk button cabinet cable cage calculator calendar camera
candlestick candy canister canvas cape cardigan cards carpet cart cassette cauldron chain chair chalk chandelier charm charger chessboard chisel chopsticks clamp clasp clay clip cloak
clothes coaster coat coatrack coffeepot coin collar comb comforter compass computer console container cooker cookware cooler cork corkscrew corset costume cot couch crate crayon
crib crochet crockery crown cufflink curler curtain cutlery cutter deck decoration denim desk diaper diary dice dining dinnerware dish dishcloth dishwasher doll doormat drapes drawer
dress dresser drill dumbbell dungarees duster duvet earbud earmuff earphone earring easel envelope eraser eyeliner eyeshadow fabric fan faucet feather figurine file flannel flashlight flask
fleece flipflop flour flower flowerpot foam folder footwear fork fossil foundation fountain frame freezer fridge frock furniture gadget garland garment garter gel gem gemstone glasses glitter
globe glove glue goblet goggle gown grater grill grinder grip guitar hairbrush hairdryer hairpin hamper handbag handcuff handkerchief handle hanger harness hat headband headlamp
headphone headset heater hedge helmet highlighter hinge hood hoodie hook hoop hose incense iron jacket jar jeans jersey jewel jewellery jewelry jigsaw journal jug juicer jumper
jumpsuit keyboard keychain keyring kimono knife knitwear knob lace ladder ladle lampshade lantern laptop latch lather leash leather leggings lens lighter linen lingerie lipstick locket
loafer lotion lunchbox magnet magnifier makeup mallet mannequin mascara mask mat mattress medal microphone microscope microwave mirror mitten mixer mobile moccasin model monitor mop
mousepad mouse mug mural nail napkin necklace necktie needle nightgown nightlight notebook notepad nozzle nut oar oilcloth ornament ottoman outfit oven overall padlock paint
painting pajamas palette pan pants paper paperweight parasol parka pashmina patch pearl pebble peeler peg pencil pendant pepper perfume piano pillow pillowcase pin pinafore pipe pitcher placemat
planner plant planter plaster plate platter pliers plush plushie pocket polish polo poncho porcelain pot pottery poster printer projector pump puppet purse puzzle pyjamas quilt racket raincoat rack rake
razor recliner ribbon rim robe rocket roller rucksack rug ruler saddle sandal saree sash saucepan saucer sauce saw scale scarf scissors scoop scooter scrub scrunchie sculpture seat seed serum
sewing shampoo shaver shawl sheet shelf shield shorts shovel shower shutter silk skateboard sketchbook skewer skillet skirt slate sleeve sleeper slipper sneaker soap sock spatula speaker
sponge spoon spray sprinkler stapler statue stencil sticker stockings stool stove straw strainer streamer string stroller suit suitcase sunglasses sunscreen sweater sweatshirt swimsuit
sword tableware tablecloth tambourine tank tapestry teapot teacup teaspoon teddy telescope tent thermometer thermos thimble thread throw tights tile toaster toothbrush toothpaste torch towel toy tray
treadmill tripod trolley trophy trousers trunk tub tuxedo tweezers ukulele umbrella underwear uniform urn utensil vacuum vase veil velvet vest vinyl violin wallpaper wand wardrobe washer
watch watering wheelbarrow whisk whistle wig wok wreath wrench wristband wristwatch yarn yoga zipper
apple apricot avocado bacon bagel banana barley basil bean beef berry biscuit blueberry bread broccoli brownie butter cabbage cake candy caramel carrot cereal cheese cherry chicken chili chocolate cinnamon
clove cocoa coconut coffee cookie corn cream crisp cucumber cup cupcake dairy dessert dinner dough egg espresso fig fish flavor flavour fruit garlic ginger gin grape gravy grain honey herb jam
jelly juice ketchup kiwi lamb lettuce lime lunch macaroni maple marshmallow meat melon milk mint muffin mushroom mustard noodle oat olive onion orange oregano pancake papaya parsley pasta
pastry pea peach peanut pear pecan pickle pie pineapple plum popcorn pork potato pretzel pudding pumpkin raisin raspberry recipe rice rum salad salmon salsa sandwich sausage seafood
snack soup spice spinach steak stew strawberry sugar syrup tart tea toast tofu tomato turkey vegan vegetable vegetarian vinegar vodka waffle walnut wheat whiskey whisky wine yogurt
aunt auntie babe bestie boyfriend bride bridesmaid brother bro buddy cousin dad daddy daughter dude fiance fiancee girlfriend grandad granddaughter grandma grandmother grandpa grandson granny groom guest
guys husband kid kids mate mom mommy mum mummy neighbor neighbour nephew niece nurse nan parent pal partner roommate sibling sis stepson teen teenager toddler twin uncle wifey
monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december tue tues wed thu thur thurs fri sat
jan feb mar apr jun jul aug sep sept oct nov dec autumn spring winter christmas xmas easter thanksgiving halloween valentine valentines hanukkah eid diwali midnight noon dawn dusk
alabama alaska arizona arkansas california carolina colorado connecticut dakota delaware florida georgia hawaii idaho illinois indiana iowa kansas kentucky louisiana maine maryland massachusetts michigan
minnesota mississippi missouri montana nebraska nevada hampshire jersey york mexico ohio oklahoma oregon pennsylvania rhode tennessee texas utah vermont virginia washington wisconsin wyoming
england scotland wales ireland britain london america american canadian canada australia australian european europe brooklyn boston chicago dallas houston memphis seattle
absent abroad absolutely acceptable accurate admire advantage affect afford aggressive agreement alarm alert alternative amazed amend amuse angle announce apparent appeal approach
appropriate approve approx approximately arise army arrow artist artificial ash aspect astonished attract attractive authentic autumn awkward background bake ban barely bargain bark bathe beach beg
behave bend beneath bent bid bind bite bitter blade bleach blend blind blossom blunt blur blush boast bold bone boring borrow boss bounce bow breed brick bride bridge broad brilliant broadcast
broadly bruise bubbly bug bump bunch bundle burn burst bury bust busted busy buzz calm candid capable carry carve casual caught celebrate certain challenge champion chapter
charity chase chatty cheat cheap cheaper cheer cheers chew childish chill choke chop chunk circle civil classic classy cleared clever cling clumsy clutter coarse collapse colorful colourful comfy comfort
commit common compare compete complain complex conceal concept concern condition confess confident confuse congrats congratulations consist construct contain content contrast convert convince cope core corner corrupt cough
courage cozy crap crappy crash crawl crazy create creative creep crisis critical crooked crop crowd crude cruel crumble cry cure curious curl curly curve cute damp dance dare darling deaf deal decent deep
defect defend definite delicate delicious delight demand deny depend depth descend deserve desire despite destroy detail detect develop devote dig dirt dirty disappear disaster disgust disgusting dislike dispatch display
distant distort disturb divide dizzy donate doubt downstairs drag dramatic draw dream drift drip drop drown drunk dull dumb dusty eager ease edge educate effect efficient effort elegant embarrass
embarrassing embrace emerge emotion employ encourage endless enemy energy engage enormous entire equal escape essential establish event evidence evil exact exaggerate examine excellent exchange excite exercise
exhausted exist expand explode explore express extend extreme fabulous fade faint fake false familiar famous fancy fantastic fashion fatal favorite favour favourite fear feature feed fetch
fierce finger firm fiscal fit fizzy flat flaw flawless flesh flew flexible flick flimsy flip float flood flow fluff fluffy fold folk fond foolish forbid forever forgave forgive former fortune foul fragile
frank freak freaking freeze frequent fresh frighten frustrate frustrated frustrating fulfil fun funky funny furious fuss gain gap garage garbage gather gentle genuine ghost giant glad glance gleam glimpse gloomy glossy
glow goal grab grace grade gradual grand grateful gratitude gray greasy greedy greet grief grin gross ground grow grumpy guard guess guilty gutted habit half halt handy harsh haste hateful haul
haunt hazard heal health heap hear heartbroken heat heaven hell hero hesitate hidden highlight hilarious hint hire hollow holy honor honour hop hopeful hopefully horrible horrid horror hug huge hum humble humid
hunger hungry hurry hurt ice ideal ill imagine immense impact impress impressed impressive improve inch inconvenient incredible independent indoor infant inferior inform initial inner innocent insane insect insert
insist inspect inspire install instant insult intact intend intense interest interrupt introduce invent invest invisible invite irritate jealous joke jolly joy joyful jump junk keen kept kick
kidding kneel knit knock labour lack ladies lame landed landscape lately latter laugh laughable launch lazy lean leap legend legit lend length lesson level liar liberty lick lid lift likely limp
liquid lively loan loathe logic logical lonely loose lovely lover loyal luck lucky lump lush mad magic magical magnificent maintain major manage manner manual mark massive material mature maximum
meaningful measure medium mellow melt mend mercy mere merry mess messy method mild mind mini minimum miracle mislead mistook moan mode moist mold mood mount muddy murky musical mute mysterious mystery
nasty native natural naughty nearby neat negative neglect nerve nervous neutral nicely nightmare noble nod noise normal notable notice novel numb obey object obvious odd offend ongoing opinion oppose ordinary
organic organise organize origin ought outcome outdoor outer outrage outrageous outstanding overlook overnight owe oval pace pack pad painful pale panic paradise pastel patience patient pattern peace peculiar penny perfect
perfectly perform permanent persist petite phase phrase physical pity plain planet platform plead pleasant pleasure plenty plot poem poison portable portion posh positive possess pour poverty power practical praise pray precious
precise prefer pregnant prepare presence preserve pretend prevent previous pride prime print prior prize proceed produce profit progress project prompt promptly proof proper protect protest proud prove provide pull punch
punish pure puzzle quality quantity queen quirky quote random rapid rare rarely rash raw react recall reckless recover reflect refresh refuse regret reject relate relax release relief relieve reluctant rely remark
remarkable remind remove repair repeat replace reputation resemble resist resolve resort respect rest restore result reveal revenge rhythm ridiculous risk roast rob rot rotten rough route row royal rub rubbish
rumor rush rust rusty sacred sadly salty satisfied scare scared scary scatter scold scream screech scruffy seal secondhand secure seek seize select selfish separate series severe sew shabby shallow sharp sheer
shelter shine shiny shiver shock shocking shore shrink shut shy sigh signal silent silly simple sincere sink sketch skill skinny slap sleek slice slide slim slimy slip sloppy smash smelly smug
sneak sneeze sniff soak sob sole solid somewhat sore sorrow soul soup sour spare spectacular spin spirit spit splash splendid spoil sporty spot spotless spread squeaky squash stable stack stamp starve steady steal steep
stiff sting stink stinky stir stitch stormy strain strange stretch strict strike strip strive stroke struggle stubborn stunning sturdy stylish sudden suffer sunny superb superior supreme surround survive suspect swallow swear
sweat sweep swell swift swim swing swollen sympathy tacky tactic talent tame tan tangled target tasty tatty tease tedious temper tempt tender tense terrific texture theft theory thin thirsty thorn thorough thoughtless threaten
thrill thrilled throat thumb thunder tidy tight tiny tire tiresome tolerate torn torture tough trace tragedy trail trap trash treasure treat tremble tremendous tricky trigger trim triple trivial tropical truth twist
typo ugh ultimate unbelievable uncertain uneven unexpected unfair unhelpful unique unite universal unknown unpleasant unprofessional unreal unreliable unsafe unsure unused unwrap urge useless utter utterly vague vain vanish
vast vibrant victim victory vintage violent visible vital vivid vow vulnerable wage warmth weary weave weep welcome whack whisper wicked widen wild willing wilt wipe wisdom witness wobbly wonder wooden wool worldwide
worn worry worthless wound woven wreck wrinkle wrinkled yawn yell youth yummy zany
archived assembled asked assorted attic awaiting backside balcony bakery barn basement bathroom bedside cellar ceiling chimney clinic closet college concierge condo cottage courtyard driveway elevator entrance
estate fence fireplace floorboard foyer gate grocery gym hall hallway hospital hostel hotel kitchen landlady lane lawn library lobby locker lounge loft mailbox mailman mailroom mall mansion nursery
pantry park parking patio pharmacy playroom porch postbox postman postwoman premises reception receptionist residence roof rooftop salon shed stairs stairwell studio suburb supermarket terrace townhouse upstair villa village yard
aint cos coz cuz dunno gotta haha hahaha hehe hey heya hiya huh kinda lil lmao lols lotta nah nope oh oof oops ooh outta rn sorta srsly sup tbh thnx tho thx til tmrw tmr tnx tomo tysm wassup
wat wel whoa whoops wut wtf wth yay yall yo yep yup yuck imo imho asap atm bday bc b4 cya dept esp f2f faq gonna idc ikr info irl jk lmk msg msgs nbd np nvm obv ofc pic pics plz ppl prob probs prolly rly
sec soz tks tracked tq txt ur vid w wed wk wks wknd yr yrs
`;

/** Misspellings that leave no doubt about the language; as words of a rule they are still forgiven, so they are no list words. */
export const COMMON_MISSPELLINGS = `
accidently acount actualy addres adress agian allready alot alread anwser anwsered apartmnt apreciate arived arive arrivd avaliable becuase beleive brokn broekn cancle cancell cancled canel canceld cancelation
chargd colur comming complet confimation confirmtion coudl coulnt couldnt curier custmer custumer damged damagd deffective definately deliever delieverd delivary delivey delivered delivrd deliverd deliverred
delviery diffrent diffuser difuser disapointed discout doesnt dont dosent doesn didnt dint dispached emial enuf excange exchnge expierence finaly freind gettin givin goin gotton grammer havent havnt hasnt hav hvae
immediatly imediately insted intrested isnt itmes kno lable lenght liek lookin lable magzine mising misssing mispelled moniter myt neccessary nothin numbr occured oder odrer offical oredr ordr ordre ordrer orde orderd orded orderes
packege packge pakage parcle parsel pacakge pament paymnt plese pleas plase pls plaese posible probelm problm prodcut prodct proccess purchace purchse qestion quesion realy reciept recieve recieved recived recive receved
recevied refnd refud refun refunf reqest resently retun retrun retrn reutrn rong seperate shiped shiping shippin shipt shpped shoud sinse somthing sombody somone soo statment stil stoped subsciption subscripton suscription suport
teh thankyou thankx thier tht thru tommorow tomorow tommorrow traking trackin trackng trakcing tracknig tryed tyring unfortunatly untill updat upate usefull waht waitin wanna warranry wasnt weding wen whare whats wheres wher wheer
whre whan whn wich witch wont worng wrok wrkng wrng writting yestarday yesteday youre
`;
