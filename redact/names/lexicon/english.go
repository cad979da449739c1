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
