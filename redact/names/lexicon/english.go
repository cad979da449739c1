package lexicon

import "strings"

// TradeNames are Trades behind which no person's name ends: Power and Banks are
// surnames too.
var TradeNames = func() map[string]bool {
	m := Set(`shipping airlines airways university college institute hospital clinic academy council committee ministry agency association foundation
		museum library orchestra records airport railway railways transport freight fisheries breweries brewery textiles chemicals plastics packaging
		supermarket supermarkets hotels resorts properties realty estates builders contractors architects consultancy advisory bancorp bancshares`)
	for t := range Trades {
		m[t] = true
	}
	for _, w := range strings.Fields("power bank design energy international trading group media foods data cloud") {
		delete(m, w)
	}
	return m
}()

// Demonyms are words for a nation, a language, a creed or a continent, in small
// letters. Alone they single nobody out.
var Demonyms = Set(`afghan african albanian algerian american andorran angolan arab arabian arabic argentine argentinian armenian asian australian austrian azerbaijani
	bahraini bangladeshi basque belarusian belgian bolivian bosnian brazilian breton briton british bulgarian burmese cambodian cameroonian canadian cantonese
	catalan caucasian chadian chechen chilean chinese colombian congolese croat croatian cuban cypriot czech dane danish dominican dutch ecuadorian egyptian
	emirati english eritrean estonian ethiopian eurasian european filipino finn finnish flemish french gambian georgian german ghanaian greek guatemalan guinean
	haitian hebrew hindi hispanic honduran hungarian icelandic indian indonesian iranian iraqi irish israeli italian ivorian jamaican japanese jordanian
	kazakh kenyan korean kurd kurdish kuwaiti kyrgyz lao laotian latin latino latvian lebanese liberian libyan lithuanian macedonian malagasy malay malaysian
	maltese mandarin mexican moldovan mongolian montenegrin moroccan mozambican namibian nepalese nepali nicaraguan nigerian nordic norwegian oceanian omani
	pakistani palestinian panamanian paraguayan persian peruvian pole polish portuguese prussian qatari romanian russian rwandan salvadoran saudi scandinavian
	scot scottish senegalese serb serbian singaporean slav slavic slovak slovakian slovene slovenian somali soviet spaniard spanish sri-lankan sudanese swede
	swedish swiss syrian taiwanese tajik tamil tanzanian thai tibetan tunisian turk turkish turkmen ugandan ukrainian urdu uruguayan uyghur uzbek venezuelan
	vietnamese welsh yemeni yugoslav zambian zimbabwean christian catholic protestant orthodox muslim islamic jew jewish hindu buddhist sikh anglican
	northern southern eastern western north south east west northeastern northwestern southeastern southwestern pan non anti pro
	pre post mid ex`)

// OrgHeads are words, apart by |, behind which "of" or "for" goes on with an
// organisation's name.
const OrgHeads = `Academy|Agency|Alliance|Archdiocese|Army|Assembly|Association|Authority|Bank|Bishopric|Board|Brotherhood|Bureau|Cabinet|Center|Centre|Chamber|Church|Club|Coalition|` +
	`College|Commission|Committee|Commonwealth|Community|Company|Confederation|Conference|Congress|Consortium|Convention|Corporation|Council|Court|Department|Diocese|Division|` +
	`Exchange|Faculty|Federation|Foundation|Front|Fund|Government|Guild|House|Initiative|Institute|Institution|League|Library|Ministry|Movement|Museum|Network|Office|Order|` +
	`Organi[sz]ation|Parliament|Party|Patriarchate|Press|School|Secretariat|Senate|Service|Society|Sons|Daughters|Friends|Syndicate|Synod|Tribunal|Trust|Union|University|Workshop`

// OrgTails are words, apart by |, with which an organisation's name ends behind a
// word with a capital.
const OrgTails = `Academy|Agency|Airlines|Airways|Alliance|Army|Association|Associates|Authority|Bakery|Bancorp|Bancshares|Bank|Bookshop|Brewery|Bureau|Cathedral|Center|Centre|Chemicals|` +
	`Church|Clinic|Club|College|Commission|Committee|Communications|Consortium|Consulting|Cooperative|Council|Court|Dairy|Department|Electronics|Energy|Engineering|Enterprises|` +
	`Entertainment|Exchange|F\.?C\.?|Federation|Fisheries|Foods|Football Club|Foundation|Freight|Fund|Garages?|Gazette|Guild|Health|Healthcare|Herald|Hospital|Hotels?|Industries|Institute|` +
	`Insurance|Investments|Laborator(?:y|ies)|Labs|League|Library|Logistics|Manufacturing|Media|Mills|Ministry|Motors|Museum|Networks|Observatory|Orchestra|Parliament|Partners|Partnership|Party|` +
	`Petroleum|Pharma|Pharmaceuticals|Philharmonic|Pictures|Plastics|Police|Press|Productions|Publishing|Railways?|Records|Resources|Restaurant|Robotics|School|Semiconductors?|Senate|Services|` +
	`Shipping|Society|Software|Solutions|Steel|Stores|Studios?|Supermarkets?|Symphony|Systems|Technologies|Technology|Telecom|Textiles|Theat(?:er|re)|Trading|Transport|Tribune|Trust|Union|` +
	`United|University|Ventures|Winery|Works`

// SmallWords are the words of English that most often stand in small letters: with
// them capitals can be read that tell nothing.
var SmallWords = Set(`met hired visited bought moved joined thanks please hey hello hi ok okay yeah lol pls sorry guys happy love nice cool guy girl boy kid kids dad mom mum baby car phone train bus morning tonight soon maybe anyway a about above across after again against all almost along already also although always am among an and another any anyone anything are area areas
	around as ask asked at away back be became because become been before began behind being below best better between big both bring brought but buy by
	call called came can cannot change changed close come comes could course cut data day days decided did different do does doing done down due during
	each early earlier either else end enough even ever every everyone everything example expected fact family far few find five following follow for found
	four free from full further gave get gets getting give given gives go goes going gone good got great grow growing had half hand happen hard has have
	having he held help her here herself high higher him himself his home hours how however i idea if important in include included including increase
	instead into is issue issues it its itself job just keep kept kind knew know known large largest last late later least leave led left less let life
	like likely line little long look lot low made main make makes making man many may me mean means meet meeting members men might million mind money
	month months more most move much must my name named near need needed never new news next night nine no nor not nothing now number of off offer often
	old on once one only open or order other others our out over own part parts past pay people per percent perhaps place plan plans play point possible
	present problem project provide put question quite ran rather reach read real really reason received recent recently report reported rest result
	results right rise room run running said same saw say says second see seen seems send sent set seven several shall she should show showed shows side
	since six small so some someone something sometimes soon sort stand start started stay still stop such support sure take taken takes talk team tell ten
	than that the their them themselves then there therefore these they thing things think third this those though thought three through thus time to today
	together told tomorrow too took top toward towards try trying turn turned two under until up upon us use used using very view want wanted war was way
	ways we week weeks well went were what whatever when where whether which while who whole whom whose why will win with within without woman women won
	word words work worked working would year years yes yesterday yet you young your according account action added additional agreed agreement allow
	allowed announced anti appear appointed approach assist attack average based battle beat begin believe book born break build built campaign candidate
	candidates care career case cases cause caused century certain challenge chance charge charged claim claimed clear committed common complete concern
	conditions consider considered contest contested continue continued control cost costs couple cover create created credit crisis current currently
	customer customers daily deal death debate decision defeat defeated demand described despite develop developed development died difficult direct dollar
	draw drop effect effort eight elected election elections elsewhere ended entered equal especially establish established event events eventually
	exchange expect expects experience export fail failed fall falls fell felt field fight figure figures file final finally financial finish finished firm
	fiscal focus force forced form formed former forward founded friends front fund funds future gain gained game games goal goals governments growth heard
	hit hold holds hope hospital host hundred impact improve incumbent independent inside interest investment involved join joined key kill killed launch
	launched lead leader leaders leading league level limited list live lived lives lose losing loss lost lower major majority manage managed management
	mark married material matter measure minor minutes model modern morning mother mostly needs negotiations net official officials oil opposition outside
	owned paid pass passed period person phone picture piece player players please policy politician poor popular population position predicted prepare
	previous previously price prices primary prime private process produced product production products profit promised property proposed protect protest
	provided quality quarter quickly quit race raise raised range rate rates re-election record records reform refused region regional related release
	released remain remained remains removed replaced representative represented resigned response retain retained return returned review revenue riding
	role round rule rules sales score season seat seats section seek self sell senator senior serve served serving session shares shot short shortly sign
	signed significant similar simply single site situation size sold son source speak special speech spend spent spoke staff stage standard statement
	station step story strong struck study success successful sudden suffered supported supporters surface taking tax television term terms test total tour
	track training travel treated treatment trial tried trip unable unit upper value various victory video visit vote voted voters votes wait walk watch
	weapons wide wife winner winning worth wrote wrong`)
