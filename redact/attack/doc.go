// Package attack holds the redact.Attacks: each tries to get removed things
// back from written bytes, by means other than those that found them.
//
//   - Text reads the output again and looks for removed texts as a reader would.
//   - Bytes looks for them in the raw bytes, in several encodings.
//   - Opened takes pages, drawings, messages and what is in them apart and looks for
//     them in every piece.
//   - Metadata looks for anything in a picture file that is not the picture.
//   - Words reads the pictures of the output and looks for them there, and for
//     codes that can still be decoded.
//
// A removed text counts once, under the index of its first finding, however
// often it was removed and comes back.
package attack
