package redacttest

import "fmt"

// Names gives invented people, each unlike the others, Chinese and English in turn.
func Names(n int) []string {
	given := []string{"Tavish", "Quenby", "Ottoline", "Bramwell", "Isolde", "Caspian", "Elowen", "Fenwick", "Rosalba", "Leopold"}
	family := []string{"Merrow", "Orlane", "Thackwray", "Vexley", "Dunmoor", "Ashgrove", "Pellworm", "Haldane"}
	xing := []rune("林顾沈陆叶钟谢韩")
	ming := []rune("知遥书棠以航景澄若溪清越望舒砚秋")
	out := make([]string, n)
	for i := range out {
		if i%2 == 0 {
			out[i] = fmt.Sprintf("%s %s", given[i/2%10], family[(i/2+i/20)%8])
		} else {
			k := i / 2
			out[i] = string([]rune{xing[k%8], ming[(k*3)%16], ming[(k*5+k/8+1)%16]})
		}
	}
	return out
}
