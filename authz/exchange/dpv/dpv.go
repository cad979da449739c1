// Package dpv holds the form of a consent record of ISO/IEC TS 27560 in JSON-LD:
// the terms of the W3C Data Privacy Vocabulary 2.x as its guide to consent records
// uses them (dpv/guides/consent-27560), and terms of our own under
// urn:consentry:ns: for what it has none for. docs/exchange.md has the table.
//
// The context stands in every document, so that reading one needs no network.
package dpv

import (
	"encoding/json"
	"time"
)

// The schemas that documents say they follow.
const (
	RecordSchema  = "https://w3id.org/dpv/schema/dpv-27560#record"
	ReceiptSchema = "https://w3id.org/dpv/schema/dpv-27560#receipt"
)

// Namespace is where our own terms are.
const Namespace = "urn:consentry:ns:"

// Types of the nodes that are read again.
const (
	TypeRecord        = "dpv:ConsentRecord"
	TypeAuthorisation = "consentry:Authorisation" // an organisation's: it is no data subject
	TypeReceipt       = "dpv:ConsentReceipt"
	TypeSubject       = "consentry:Subject"
	TypeNotice        = "dpv:ConsentNotice"
	TypeController    = "dpv:DataController"
)

// Context is the @context of every document, as JSON. It is the same to the byte
// in all of them.
const Context = `{"@version":1.1,` +
	`"dpv":"https://w3id.org/dpv#","pd":"https://w3id.org/dpv/pd#","loc":"https://w3id.org/dpv/loc#",` +
	`"dct":"http://purl.org/dc/terms/","rdf":"http://www.w3.org/1999/02/22-rdf-syntax-ns#","skos":"http://www.w3.org/2004/02/skos/core#",` +
	`"xsd":"http://www.w3.org/2001/XMLSchema#","consentry":"` + Namespace + `",` +
	`"dct:conformsTo":{"@type":"@id"},"dct:created":{"@type":"xsd:dateTime"},"dct:date":{"@type":"xsd:dateTime"},"dct:modified":{"@type":"xsd:dateTime"},` +
	`"dpv:hasDataController":{"@type":"@id"},"dpv:hasJurisdiction":{"@type":"@id"},"dpv:hasLegalBasis":{"@type":"@id"},` +
	`"dpv:isIndicatedBy":{"@type":"@id"},"dpv:isIndicatedAtTime":{"@type":"xsd:dateTime"},` +
	`"skos:broader":{"@type":"@id"},"skos:prefLabel":{"@container":"@language"},` +
	`"consentry:employer":{"@type":"@id"},"consentry:name":{"@container":"@list"},"consentry:contact":{"@container":"@list"},` +
	`"consentry:since":{"@type":"xsd:dateTime"},"consentry:from":{"@type":"xsd:dateTime"},"consentry:until":{"@type":"xsd:dateTime"},` +
	`"consentry:received":{"@type":"xsd:dateTime"},"consentry:retention":{"@type":"xsd:dateTime"}}`

// A Time is an instant that may be unknown.
type Time struct{ time.Time }

// MarshalJSON writes UTC, as the standard asks.
func (t Time) MarshalJSON() ([]byte, error) { return json.Marshal(t.UTC().Format(time.RFC3339Nano)) }

// One is a list that may be written as its only member.
type One[T any] []T

// UnmarshalJSON reads a list or one member.
func (o *One[T]) UnmarshalJSON(b []byte) error {
	if len(b) > 0 && b[0] == '[' {
		return json.Unmarshal(b, (*[]T)(o))
	}
	var t T
	if err := json.Unmarshal(b, &t); err != nil {
		return err
	}
	*o = One[T]{t}
	return nil
}

// A Record is one consent. Of a node that stands elsewhere in the document only
// the @id is written.
type Record struct {
	Context      json.RawMessage `json:"@context,omitempty"`
	ID           string          `json:"@id,omitempty"`
	Type         One[string]     `json:"@type,omitempty"`
	Identifier   string          `json:"dct:identifier,omitempty"` // record_id
	ConformsTo   string          `json:"dct:conformsTo,omitempty"` // schema_version
	DataSubject  *Subject        `json:"dpv:hasDataSubject,omitempty"`
	Organisation *Subject        `json:"consentry:hasOrganisation,omitempty"`
	Controller   One[string]     `json:"dpv:hasDataController,omitempty"`
	Jurisdiction One[string]     `json:"dpv:hasJurisdiction,omitempty"`
	LegalBasis   string          `json:"dpv:hasLegalBasis,omitempty"`
	Process      *Process        `json:"dpv:hasProcess,omitempty"`
	Notice       *Notice         `json:"dpv:hasNotice,omitempty"`
	Control      *Exercise       `json:"dpv:hasConsentControl,omitempty"`
	Right        *Exercise       `json:"dpv:hasRight,omitempty"`
	Entities     One[Entity]     `json:"dpv:hasEntity,omitempty"`
	Status       One[Status]     `json:"dpv:hasConsentStatus,omitempty"`

	Consent       string      `json:"consentry:consent,omitempty"` // our id of it
	Kind          string      `json:"consentry:consentKind,omitempty"`
	GivenBy       string      `json:"consentry:givenBy,omitempty"`
	CollectedBy   string      `json:"consentry:collectedBy,omitempty"`
	Evidence      string      `json:"consentry:evidence,omitempty"`
	Voluntary     bool        `json:"consentry:voluntary,omitempty"`
	Separate      bool        `json:"consentry:separate,omitempty"`
	Written       bool        `json:"consentry:written,omitempty"`
	From          Time        `json:"consentry:from,omitzero"`
	Until         Time        `json:"consentry:until,omitzero"`
	Sensitive     *Sensitive  `json:"consentry:sensitive,omitempty"`
	Authority     bool        `json:"consentry:authority,omitempty"`
	AllowedForms  One[string] `json:"consentry:allowedForm,omitempty"`
	Quote         string      `json:"consentry:quoteDigest,omitempty"`
	Figures       string      `json:"consentry:figuresDigest,omitempty"`
	WithdrawScope string      `json:"consentry:withdrawScope,omitempty"`
	OnwardUse     bool        `json:"consentry:onwardUse,omitempty"`
	Licence       string      `json:"consentry:licence,omitempty"`
	Term          string      `json:"consentry:term,omitempty"`
	Oversized     bool        `json:"consentry:oversized,omitempty"`
	CrossBorder   bool        `json:"consentry:crossBorder,omitempty"`
}

// A Receipt is a copy of a record for the person.
type Receipt struct {
	Context    json.RawMessage `json:"@context,omitempty"`
	ID         string          `json:"@id"`
	Type       One[string]     `json:"@type"`
	Identifier string          `json:"dpv:hasIdentifier"`
	ConformsTo string          `json:"dct:conformsTo"`
	Created    Time            `json:"dct:created"`
	Record     Record          `json:"dpv:hasRecordOfActivity"`
}

// A Subject is a person or an organisation.
type Subject struct {
	ID           string       `json:"@id,omitempty"`
	Type         One[string]  `json:"@type,omitempty"`
	Identifier   string       `json:"dct:identifier,omitempty"` // pii_principal_id
	Names        One[Name]    `json:"consentry:name,omitempty"`
	Role         string       `json:"consentry:role,omitempty"`
	Age          string       `json:"consentry:age,omitempty"`
	Employer     string       `json:"consentry:employer,omitempty"`
	Company      string       `json:"consentry:company,omitempty"`
	Since        Time         `json:"consentry:since,omitzero"`
	Post         string       `json:"consentry:post,omitempty"`
	Contacts     One[Contact] `json:"consentry:contact,omitempty"`
	Firm         *Firm        `json:"consentry:firm,omitempty"`
	Note         string       `json:"consentry:note,omitempty"`
	Guardian     *Guardian    `json:"consentry:guardian,omitempty"`
	Deceased     bool         `json:"consentry:deceased,omitempty"`
	StateOrgan   bool         `json:"consentry:stateOrgan,omitempty"`
	Confidential bool         `json:"consentry:confidential,omitempty"`
	Retention    Time         `json:"consentry:retention,omitzero"`
}

// A Name is one way a subject is written.
type Name struct {
	Text   string `json:"dpv:hasName,omitempty"`
	Use    string `json:"consentry:nameUse,omitempty"`
	Script string `json:"consentry:script,omitempty"`
}

// A Contact is where a subject can be reached.
type Contact struct {
	Kind  string `json:"consentry:contactKind,omitempty"`
	Value string `json:"dpv:hasContact,omitempty"`
}

// A Firm is what is known of an organisation.
type Firm struct {
	CreditCode    string      `json:"consentry:creditCode,omitempty"`
	Domains       One[string] `json:"consentry:domain,omitempty"`
	GeneralForm   string      `json:"consentry:generalForm,omitempty"`
	Contract      string      `json:"consentry:contract,omitempty"`
	Clause        string      `json:"consentry:clause,omitempty"`
	LogoRules     string      `json:"consentry:logoRules,omitempty"`
	QuoteApproval bool        `json:"consentry:quoteApproval,omitempty"`
}

// A Guardian stands for a minor.
type Guardian struct {
	ID           string      `json:"@id,omitempty"`
	Type         One[string] `json:"@type,omitempty"`
	Name         string      `json:"dpv:hasName,omitempty"`
	Relationship string      `json:"consentry:relationship,omitempty"`
	Evidence     string      `json:"consentry:evidence,omitempty"`
}

// A Process is what is consented to.
type Process struct {
	Type        One[string]  `json:"@type,omitempty"`
	Purposes    One[Concept] `json:"dpv:hasPurpose,omitempty"`
	Data        One[Concept] `json:"dpv:hasPersonalData,omitempty"` // pii_information
	Storage     One[Storage] `json:"dpv:hasStorageCondition,omitempty"`
	Recipients  One[Entity]  `json:"dpv:hasRecipientThirdParty,omitempty"`
	Channels    One[string]  `json:"consentry:channel,omitempty"`
	Territories One[string]  `json:"consentry:territory,omitempty"`
}

// A Concept is a word of the rule pack, with the term of DPV that is wider.
type Concept struct {
	ID      string            `json:"@id"`
	Broader string            `json:"skos:broader,omitempty"`
	Label   map[string]string `json:"skos:prefLabel,omitempty"`
}

// A Storage says where data is kept, or how long.
type Storage struct {
	Type     One[string] `json:"@type"`
	Location string      `json:"dpv:hasLocation,omitempty"`
	Duration *Duration   `json:"dpv:hasDuration,omitempty"`
}

// A Duration is of a type of DPV: until a time, for a time, or without an end.
type Duration struct {
	Type  One[string] `json:"@type"`
	Value string      `json:"rdf:value,omitempty"`
}

// A Notice is what the person was told.
type Notice struct {
	ID         string      `json:"@id,omitempty"`
	Type       One[string] `json:"@type,omitempty"`
	Identifier string      `json:"dct:identifier,omitempty"` // SHA-256 of its text
	Title      string      `json:"dct:title,omitempty"`
	Version    string      `json:"consentry:version,omitempty"`
	Language   One[string] `json:"dct:language,omitempty"`
	Given      Time        `json:"dct:date,omitzero"`
	Changed    Time        `json:"dct:modified,omitzero"`
	Items      One[string] `json:"consentry:item,omitempty"`
}

// An Exercise says how a consent is withdrawn, or a right used.
type Exercise struct {
	Type One[string] `json:"@type"`
	At   string      `json:"dpv:isExercisedAt,omitempty"`
}

// An Entity is a party.
type Entity struct {
	ID         string      `json:"@id,omitempty"`
	Type       One[string] `json:"@type,omitempty"`
	Identifier string      `json:"dct:identifier,omitempty"`
	Name       string      `json:"dpv:hasName,omitempty"`
	Address    string      `json:"dpv:hasAddress,omitempty"`
	Contact    string      `json:"dpv:hasContact,omitempty"`
	Officer    string      `json:"dpv:hasDataProtectionOfficer,omitempty"`
	Party      string      `json:"consentry:partyType,omitempty"`
}

// A Status is an event: its first type is the state, its second how consent is
// expressed.
type Status struct {
	Type     One[string] `json:"@type"`
	At       Time        `json:"dpv:isIndicatedAtTime,omitzero"`
	By       One[string] `json:"dpv:isIndicatedBy,omitempty"`
	Method   string      `json:"dpv:hasIndicationMethod,omitempty"`
	Duration *Duration   `json:"dpv:hasDuration,omitempty"`
	Recorder string      `json:"consentry:recordedBy,omitempty"`
	Received Time        `json:"consentry:received,omitzero"`
	Evidence string      `json:"consentry:evidence,omitempty"`
	Reason   string      `json:"consentry:reason,omitempty"`
}

// Sensitive is the separate consent for sensitive information (PIPL 28 to 30).
type Sensitive struct {
	Kinds     One[string] `json:"consentry:kind,omitempty"`
	Separate  bool        `json:"consentry:separate,omitempty"`
	Necessity string      `json:"consentry:necessity,omitempty"`
	Effect    string      `json:"consentry:effect,omitempty"`
}
