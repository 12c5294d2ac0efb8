package model

import (
	"cmp"
	"fmt"
	"iter"
	"strconv"
	"strings"
	"time"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/prose"
)

// This file has the wording that documents share. Each document chooses its own
// markup and layout.

// The headings and labels of documents.
const (
	HeadingMessage     = "Message"
	HeadingDescription = "When it happens"
	HeadingResolution  = "What to do"
	HeadingParams      = "Params"
	HeadingExample     = "Example body"
	HeadingDetails     = "Details"
	HeadingLinks       = "See also"
	HeadingReserved    = "Reserved codes"

	LabelParam       = "Param"
	LabelType        = "Type"
	LabelDescription = "Description"
	LabelValues      = "Values"
	LabelExample     = "Example"
	LabelSensitive   = "Sensitive"
	LabelReserved    = "Code or name"
	LabelReason      = "Reason"
	LabelRelated     = "Related"
	LabelPrevious    = "Previous"
	LabelNext        = "Next"

	// SensitiveNote says what a sensitive param means.
	SensitiveNote = "never sent or logged"
	// ReservedNote says what a reservation means.
	ReservedNote = "No error may use a reserved code or name."
)

// PieceKind is the kind of a Piece.
type PieceKind int

// The kinds of pieces.
const (
	// Words is plain text.
	Words PieceKind = iota
	// Code is a code, a name or another string that is shown as code.
	Code
	// Hyperlink is a link to URL. If it has no text, documents show the URL.
	Hyperlink
	// Reference is a reference to another error of the catalog, Of. Documents
	// show its code, and its title in parentheses.
	Reference
)

// Piece is a part of a sentence, or a value. Its text may come from the
// catalog: documents must escape it.
type Piece struct {
	Kind PieceKind
	Text string
	URL  string
	Of   *catalog.Error
}

// FactKind is the kind of a Fact.
type FactKind int

// The kinds of facts, in the order in which documents show them.
const (
	FactStatus FactKind = iota
	FactGRPC
	FactRetry
	FactName
	FactAliases
	FactSynonyms
	FactFormerNames
	FactFallback
	FactSeverity
	FactAudience
	FactCategory
	FactOwner
	FactTags
	FactSince
	FactMetadata // one for each key
	FactLinks
	FactRaised
	FactMaybeRaised
	FactHandled
	FactHistory // one for each release
)

// Fact is a short statement about an error.
type Fact struct {
	Kind FactKind
	// Label is Words or, for metadata that are not declared, Code.
	Label Piece
	// Values has at least one value. Documents separate them with commas.
	Values []Piece
	// Expected means that reference documentation may leave the fact out: it
	// holds for most errors, or it is in a notice or a heading.
	Expected bool
}

// Facts returns the facts about an error of the catalog, in the order of their
// kinds, without those that the catalog does not state.
func Facts(c *catalog.Catalog, e *catalog.Error) iter.Seq[Fact] {
	return func(yield func(Fact) bool) { facts(c, e, yield) }
}

func facts(c *catalog.Catalog, e *catalog.Error, yield func(Fact) bool) {
	values := make([]Piece, 0, 10+len(e.Aliases)+len(e.Synonyms)+len(e.FormerNames)+len(e.Tags)+len(e.Metadata)+len(e.Links))
	from, stopped := 0, false
	add := func(kind FactKind, label Piece, expected bool) {
		if len(values) > from && !stopped {
			stopped = !yield(Fact{Kind: kind, Label: label, Values: values[from:len(values):len(values)], Expected: expected})
			from = len(values)
		}
	}
	word := func(kind FactKind, label, value string, expected bool) {
		if value != "" {
			values = append(values, Piece{Text: value})
			add(kind, Piece{Text: label}, expected)
		}
	}
	if !c.NoHTTP {
		word(FactStatus, "HTTP status", catalog.StatusText(e.HTTPStatus), false)
	}
	if c.GRPC {
		word(FactGRPC, "gRPC code", string(e.GRPCCode), false)
	}
	// Without HTTP there are no requests unless the catalog says so.
	word(FactRetry, "Retry", retryAdvice(e), c.NoHTTP && e.Retry == catalog.RetryNever)
	values = append(values, Piece{Kind: Code, Text: e.Name})
	add(FactName, Piece{Text: "Name"}, e.Name == e.Code)
	for _, a := range e.Aliases {
		values = append(values, Piece{Kind: Code, Text: a.Code})
	}
	add(FactAliases, Piece{Text: "Aliases"}, false)
	for _, s := range e.Synonyms {
		values = append(values, Piece{Kind: Code, Text: s.Name})
	}
	add(FactSynonyms, Piece{Text: "Synonyms"}, false)
	for _, n := range e.FormerNames {
		values = append(values, Piece{Kind: Code, Text: n.Name})
	}
	add(FactFormerNames, Piece{Text: "Former names"}, false)
	if c.Fallback == e {
		word(FactFallback, "Fallback", "sent for every error that is not in this catalog", false)
	}
	word(FactSeverity, "Severity", string(e.Severity), e.Severity == catalog.SeverityError)
	word(FactAudience, "Audience", string(e.Audience), true)
	if e.Category != nil && !e.Category.Implied {
		word(FactCategory, "Category", categoryName(e.Category), true)
	}
	word(FactOwner, "Owner", e.Owner, false)
	for _, tag := range e.Tags {
		values = append(values, Piece{Text: tag})
	}
	add(FactTags, Piece{Text: "Tags"}, false)
	word(FactSince, "Since", e.Since, false)
	for _, m := range e.Metadata {
		for _, text := range m.Texts() {
			value := Piece{Text: text}
			if isURL(m, text) {
				value = Piece{Kind: Hyperlink, URL: text}
			}
			values = append(values, value)
		}
		label := Piece{Kind: Code, Text: m.Key}
		if m.Field != nil {
			label = Piece{Text: prose.Line(m.Field.Title)}
		}
		add(FactMetadata, label, false)
	}
	for _, l := range e.Links {
		values = append(values, Piece{Kind: Hyperlink, Text: l.Title, URL: l.URL})
	}
	add(FactLinks, Piece{Text: HeadingLinks}, false)
	if u := e.Usage; u != nil {
		values = appendFiles(values, u.Raised)
		if u.IsNeverRaised {
			values = append(values, Piece{Text: "nowhere"})
		}
		add(FactRaised, Piece{Text: "Raised in"}, u.IsNeverRaised && e.Retired != nil)
		values = appendFiles(values, u.MaybeRaised)
		add(FactMaybeRaised, Piece{Text: "May be raised"}, false)
		values = appendFiles(values, u.Handled)
		add(FactHandled, Piece{Text: "Handled in"}, false)
	}
	for _, event := range e.History {
		var changes []string
		for _, change := range event.Changes {
			changes = append(changes, prose.Line(change.Text))
		}
		values = append(values, Piece{Text: strings.Join(changes, "; ")}) // which have commas
		add(FactHistory, Piece{Text: "Changed in " + prose.Line(event.Release)}, false)
	}
}

// maxFiles is the number of files that a fact names.
const maxFiles = 10

// appendFiles appends the names of files, and how many more there are.
func appendFiles(values []Piece, files []string) []Piece {
	for _, name := range files[:min(len(files), maxFiles)] {
		values = append(values, Piece{Kind: Code, Text: name})
	}
	switch more := len(files) - maxFiles; {
	case more == 1:
		values = append(values, Piece{Text: "and 1 more file"})
	case more > 1:
		values = append(values, Piece{Text: fmt.Sprintf("and %d more files", more)})
	}
	return values
}

// isURL reports whether a text of metadata is a link: the type says so or, if the
// key is not declared, the text.
func isURL(m catalog.Metadatum, text string) bool {
	if m.Field != nil {
		return m.Field.Type == catalog.MetadataURL
	}
	return prose.IsWebAddress(text)
}

// RepeatsTitle reports whether the message of an error says no more than its title,
// so that a document that shows the title leaves the message out.
func RepeatsTitle(e *catalog.Error) bool {
	return strings.EqualFold(prose.Line(e.Message.Text()), prose.Line(e.Title))
}

// retryAdvice says whether a client may send the same request again.
func retryAdvice(e *catalog.Error) string {
	switch {
	case e.Retry == catalog.RetrySafe:
		return "yes, the same request can be sent again"
	case e.Retry == catalog.RetryAfter && e.RetryAfter > 0:
		return "yes, the same request can be sent again after " + durationInWords(e.RetryAfter)
	case e.Retry == catalog.RetryAfter:
		return "yes, the same request can be sent again later"
	}
	return "no, the same request would fail again"
}

// durationInWords returns a duration such as "1 minute 30 seconds". A rest of
// less than a second is in the format of time.Duration.
func durationInWords(d time.Duration) string {
	var words []string
	for _, unit := range []struct {
		size time.Duration
		name string
	}{{time.Hour, " hour"}, {time.Minute, " minute"}, {time.Second, " second"}} {
		n := d / unit.size
		d -= n * unit.size
		switch {
		case n == 1:
			words = append(words, "1"+unit.name)
		case n > 1:
			words = append(words, strconv.FormatInt(int64(n), 10)+unit.name+"s")
		}
	}
	if d > 0 {
		words = append(words, d.String())
	}
	return strings.Join(words, " ")
}

// Section returns the title of the section with the errors of a category.
func Section(c *catalog.Category) string {
	if c.Implied {
		return "Codes"
	}
	return cmp.Or(prose.Line(c.Title), c.Name)
}

// categoryName returns the title of a category, and its name in parentheses if
// that differs.
func categoryName(c *catalog.Category) string {
	if title := prose.Line(c.Title); title != "" && title != c.Name {
		return title + " (" + c.Name + ")"
	}
	return c.Name
}

// Notice is what a reader has to know about an error first.
type Notice struct {
	// State is the state that the notice is about: one that States returns.
	State string
	// Lead begins the notice, such as "Retired since 2.0". It is one line of
	// plain text; documents emphasize it and add a period.
	Lead string
	// Text follows the lead: sentences, with spaces between the pieces. It may
	// be empty.
	Text []Piece
	// Reason is the reason that the catalog gives. It may be empty.
	Reason prose.Text
}

// Notices returns the notices about an error of the catalog: whether it is
// retired, deprecated or internal.
func Notices(c *catalog.Catalog, e *catalog.Error) []Notice {
	var notices []Notice
	if e.Retired != nil {
		notices = append(notices, lifecycleNotice(StateRetired, "Retired", "This error is no longer sent.", e.Retired))
	}
	if e.Deprecated != nil {
		notices = append(notices, lifecycleNotice(StateDeprecated, "Deprecated", "", e.Deprecated))
	}
	if e.Audience == catalog.Internal {
		text := []Piece{{Text: "Clients never see this error; they see one without a code instead."}}
		if f := c.Fallback; f != nil {
			text = []Piece{{Text: "Clients never see this error; they see"}, {Kind: Reference, Of: f}, {Text: "instead."}}
		}
		notices = append(notices, Notice{State: StateInternal, Lead: "Internal", Text: text})
	}
	return notices
}

func lifecycleNotice(state, lead, meaning string, l *catalog.Lifecycle) Notice {
	if since := prose.Line(l.Since); since != "" {
		lead += " since " + since
	}
	n := Notice{State: state, Lead: lead, Reason: l.Reason}
	if meaning != "" {
		n.Text = append(n.Text, Piece{Text: meaning})
	}
	if l.ReplacedBy != nil {
		n.Text = append(n.Text, Piece{Text: "Use"}, Piece{Kind: Reference, Of: l.ReplacedBy}, Piece{Text: "instead."})
	}
	return n
}

// States of errors.
const (
	StateActive     = "active"
	StateDeprecated = "deprecated"
	StateRetired    = "retired"
	StateInternal   = string(catalog.Internal)
)

// LifecycleState returns StateActive, StateDeprecated or StateRetired.
func LifecycleState(e *catalog.Error) string {
	switch {
	case e.Retired != nil:
		return StateRetired
	case e.Deprecated != nil:
		return StateDeprecated
	}
	return StateActive
}

// States returns the states that lists of errors show: StateRetired or
// StateDeprecated, and StateInternal. Most errors have none.
func States(e *catalog.Error) []string {
	var states []string
	if s := LifecycleState(e); s != StateActive {
		states = append(states, s)
	}
	if e.Audience == catalog.Internal {
		states = append(states, StateInternal)
	}
	return states
}
