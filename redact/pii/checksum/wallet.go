package checksum

import (
	"crypto/sha256"
	"math/big"
	"strings"
)

const base58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"

// Wallet is an address of Bitcoin, Litecoin, Dogecoin or Tron: Base58Check, or
// Bech32 and Bech32m (BIP 173, BIP 350). Its letters are told apart by case.
func Wallet(s string) bool {
	if i := strings.LastIndexByte(s, '1'); i > 0 && (s[:i] == "bc" || s[:i] == "BC" || s[:i] == "ltc" || s[:i] == "tb") {
		return bech32(strings.ToLower(s[:i]), strings.ToLower(s[i+1:]))
	}
	return base58Check(s)
}

func base58Check(s string) bool {
	if len(s) < 26 || len(s) > 35 {
		return false
	}
	n := new(big.Int)
	for i := range len(s) {
		v := strings.IndexByte(base58, s[i])
		if v < 0 {
			return false
		}
		n.Add(n.Mul(n, big.NewInt(58)), big.NewInt(int64(v)))
	}
	if n.BitLen() > 25*8 {
		return false
	}
	var b [25]byte
	n.FillBytes(b[:])
	one := sha256.Sum256(b[:21])
	two := sha256.Sum256(one[:])
	return string(two[:4]) == string(b[21:])
}

func bech32(hrp, data string) bool {
	if len(data) < 8 || len(data) > 87 {
		return false
	}
	var values []byte
	for _, c := range []byte(hrp) {
		values = append(values, c>>5)
	}
	values = append(values, 0)
	for _, c := range []byte(hrp) {
		values = append(values, c&31)
	}
	for i := range len(data) {
		v := strings.IndexByte("qpzry9x8gf2tvdw0s3jn54khce6mua7l", data[i])
		if v < 0 {
			return false
		}
		values = append(values, byte(v))
	}
	check := uint32(1)
	for _, v := range values {
		top := check >> 25
		check = check&0x1ffffff<<5 ^ uint32(v)
		for i, g := range [5]uint32{0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3} {
			if top>>i&1 == 1 {
				check ^= g
			}
		}
	}
	return check == 1 || check == 0x2bc830a3
}
