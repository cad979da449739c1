package checksum

import "testing"

// Numbers that pass, published as examples or invented with unassigned areas; each
// must fail with any one of its digits raised by one.
func TestChecks(t *testing.T) {
	for _, c := range []struct {
		name string
		f    func(string) bool
		good []string
		bad  []string
		free bool // some digits carry no check
	}{
		{"Luhn", Luhn, []string{"79927398713"}, []string{"", "0", "0000000000", "7992739871x"}, false},
		{"Card", Card, []string{"4111111111111111", "5555555555554444", "378282246310005", "6222020000000000000", "6011111111111117", "3530111333300000"}, []string{"7992739871300000"}, false},
		{"IMEI", IMEI, []string{"490154203237518", "350000000000006"}, nil, false},
		{"IBAN", IBAN, []string{"GB82WEST12345698765432", "DE89370400440532013000"}, []string{"GB82", "DE8937040044053201300"}, false},
		{"VIN", VIN, []string{"11111111111111111", "1M8GDM9AXKP042788"}, []string{"1M8GDM9A0KP042788", "IM8GDM9AXKP042788"}, false},
		{"Verhoeff", Verhoeff, []string{"2363"}, nil, false},
		{"ResidentID", ResidentID, []string{"110199190302140010", "990101190402290022"}, []string{"110199190313140010"}, false},
		{"ResidentID15", ResidentID15, []string{"110199030214001"}, []string{"110199031314001", "100000000000001"}, true},
		{"Student", Student, []string{"G110199190302140010"}, []string{"X110199190302140010"}, false},
		{"PermanentResident", PermanentResident, []string{"990101190402290022"}, []string{"110199190302140010"}, false},
		{"USCC", USCC, []string{"91990199MA0000000T", "92990199MA00000Y0N"}, []string{"91990199MA00000S0X"}, false},
		{"OrgCode", OrgCode, []string{"MA0000007", "000000174"}, []string{"MA0000000"}, false},
		{"TaxID", TaxID, []string{"110199000000174", "91990199MA0000000T", "110199190302140010"}, []string{"1"}, true},
		{"HongKongID", HongKongID, []string{"A1234563", "Z9876546", "AB9876543"}, []string{"A1234560", "11234563"}, false},
		{"TaiwanID", TaiwanID, []string{"A123456789", "B288888880"}, []string{"A123456780", "A323456789"}, false},
		{"USSSN", USSSN, []string{"219099999"}, []string{"000121234", "666121234", "900121234", "123001234"}, true},
		{"USITIN", USITIN, []string{"900700000"}, []string{"900400000", "900930000"}, true},
		{"USRouting", USRouting, []string{"021000021"}, []string{"951000021"}, false},
		{"USNPI", USNPI, []string{"1234567893"}, nil, false},
		{"UKNINO", UKNINO, []string{"AB123456C"}, []string{"QQ123456C", "GB123456C", "AB123456E"}, true},
		{"UKNHS", UKNHS, []string{"9434765919"}, nil, false},
		{"INAadhaar", INAadhaar, []string{"234123412346"}, []string{"134123412346"}, false},
		{"INPAN", INPAN, []string{"ABCPE1234F"}, []string{"ABCDE1234F"}, true},
		{"SGNRIC", SGNRIC, []string{"S0000001I", "T0000001E", "F0000001U", "G0000001P"}, []string{"A0000001I"}, false},
		{"AUTFN", AUTFN, []string{"123456782"}, nil, false},
		{"AUABN", AUABN, []string{"51824753556"}, nil, false},
		{"AUMedicare", AUMedicare, []string{"2123456701"}, nil, true},
		{"CASIN", CASIN, []string{"130692544"}, []string{"046454286"}, false},
		{"ESNIF", ESNIF, []string{"12345678Z", "X1234567L"}, nil, false},
		{"ITFiscal", ITFiscal, []string{"RSSMRA85T10A562S"}, nil, false},
		{"PLPESEL", PLPESEL, []string{"44051401359"}, nil, false},
		{"KRRRN", KRRRN, []string{"9001011234568"}, nil, false},
		{"DETax", DETax, []string{"86095742719"}, nil, false},
		{"DEIdentity", DEIdentity, []string{"L01X00T471"}, nil, false},
		{"MRZ", MRZ, []string{"L898902C36UTO7408122F1204159ZE184226B<<<<<10"}, nil, true},
		{"FIHETU", FIHETU, []string{"131052-308T"}, nil, false},
		{"SEPersonal", SEPersonal, []string{"8112189876", "198112189876"}, nil, true},
		{"THID", THID, []string{"1234567890121"}, nil, true},
		{"TRID", TRID, []string{"10000000146"}, nil, false},
		{"ZAID", ZAID, []string{"8001015009087"}, nil, false},
		{"NLBSN", NLBSN, []string{"111222333"}, nil, false},
		{"FRNIR", FRNIR, []string{"255081416802538"}, nil, false},
		{"BRCPF", BRCPF, []string{"52998224725"}, nil, false},
		{"JPMyNumber", JPMyNumber, []string{"123456789018"}, nil, false},
		{"Wallet", Wallet, []string{"1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", "bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq"}, []string{"bc1", "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb"}, false},
	} {
		for _, s := range c.good {
			if !c.f(s) {
				t.Errorf("%s(%s) fails", c.name, s)
			}
			for i := range s {
				if c.free || s[i] < '0' || s[i] > '9' {
					continue
				}
				b := []byte(s)
				b[i] = '0' + (b[i]-'0'+1)%10
				if c.f(string(b)) {
					t.Errorf("%s(%s) holds, changed from %s", c.name, b, s)
				}
			}
		}
		for _, s := range append(c.bad, "", "x", "00000000000000000000000", "ÄÖÜß€ÄÖÜß€") {
			if c.f(s) {
				t.Errorf("%s(%s) holds", c.name, s)
			}
		}
	}
}

func FuzzChecks(f *testing.F) {
	f.Add("110199190302140010")
	f.Fuzz(func(t *testing.T, s string) {
		for _, c := range []func(string) bool{Luhn, Mod97, IBAN, Card, IMEI, VIN, Verhoeff, ResidentID, ResidentID15, Student, PermanentResident, USCC, OrgCode, TaxID, HongKongID, TaiwanID, USSSN, USITIN,
			USRouting, USNPI, UKNINO, UKNHS, INAadhaar, INPAN, SGNRIC, AUTFN, AUABN, AUMedicare, CASIN, ESNIF, ITFiscal, PLPESEL, KRRRN, DETax, DEIdentity, MRZ, FIHETU, SEPersonal, THID, TRID, ZAID,
			NLBSN, FRNIR, BRCPF, JPMyNumber, Wallet} {
			if c(s) && s == "" {
				t.Error("an empty number holds")
			}
		}
	})
}
