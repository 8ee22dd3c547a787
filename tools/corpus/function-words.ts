/** Words that say little about what a customer wants: function words and courtesy, English and Spanish. */
const FUNCTION_WORDS = `
a about above after again against ago all almost already also although always am an and another any anyone anything anyway are arent around as at away back be because been before being below
between both but by came can cannot cant come comes coming could couldnt did didnt do does doesnt doing done dont down during each either else enough etc even ever every everything few first for from further
get gets getting give given go goes going gone gonna got gotten had hadnt has hasnt have havent having he hed her here heres hers herself hes hey hi hello him himself his how hows however i id if ill im in into is isnt it itd itll its
itself ive just keep kind know last least less let lets like ll look lot made make makes making many may maybe me mean might mine more most much must my myself near need needed needs never new next no nobody none nor not
nothing now of off often ok okay old on once one ones only onto or other others our ours out over own per perhaps please pls plz put quite rather re really right said same saw say says see seems seen send sent shall she should shouldnt
since so some somebody someone something sometimes somewhere soon still such sure take taken tell than thank thanks thankyou that thats the their theirs them themselves then there theres therefore these they theyd theyll theyre theyve thing things think this those though
three through thru till time times to today together told tomorrow tonight too took toward tried try trying two u until up upon ur us use used using ve very via want wanted wants was wasnt way we wed well were werent weve what whats whatever when where
wheres whether which while who whole whom whos whose why will with within without wont would wouldnt wrote yes yesterday yet you youd youll your youre yours yourself youve dear regards sincerely best cheers morning afternoon evening good day days week weeks month months year years
ahora al algo alguien algun alguna asi aun aunque ayer bien buenas buenos cada como con creo cual cuando cuanto de del desde dias donde dos el ella ellos en entre era es esa ese eso esta estaba estado estan estar este esto estoy favor fue gracias ha
hace hacer han hasta hay he hola hoy la las le les lo los mas me mi mis muy nada ni no nos o para pero por porque puede puedo pues que quien quiero quisiera saber se sea ser si sin sobre solo son soy su sus tambien tan tarde te tengo tiene todavia todo tu un una uno unos usted ustedes va ver
voy y ya yo
`;

export const isFunctionWord: (word: string) => boolean = (() => {
  const words = new Set(FUNCTION_WORDS.split(/\s+/).filter(Boolean));
  return (word) => words.has(word);
})();
