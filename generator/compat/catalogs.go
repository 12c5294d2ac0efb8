package compat

import (
	"cmp"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/diag"
)

// This file compares what belongs to a catalog as a whole.

// catalog compares the section catalog.
func (d *diff) catalog() {
	old, c := d.old, d.current
	nowhere := diag.Position{}
	both := Wire | Go | TypeScript
	switch {
	case c.NoHTTP && !old.NoHTTP:
		d.add(diag.RuleHTTPRemoved, both, "true", "false", d.file(), nowhere, "make a new catalog for errors that travel another way", "the errors no longer travel over HTTP")
	case old.NoHTTP && !c.NoHTTP:
		d.add(diag.RuleHTTPAdded, 0, "false", "true", d.file(), nowhere, "", "the errors travel over HTTP, too")
	}
	if old.IntegerCodes != c.IntegerCodes {
		d.add(diag.RuleCodeTypeChanged, both, codeType(old), codeType(c), d.file(), nowhere, "keep the type of the codes: clients compare with it", "the type of the codes (code_type) changed from %s to %s", codeType(old), codeType(c))
	}
	if old.Domain != c.Domain && old.Domain != "" {
		breaks := Wire
		if c.Domain == "" {
			breaks |= Go // which loses the constant
		}
		d.add(diag.RuleDomainChanged, breaks, old.Domain, c.Domain, d.file(), nowhere, "keep the domain: clients identify the errors by it", "the domain of the errors changed from %s to %s", diag.Quote(old.Domain), quoteOrNone(c.Domain))
	}
	d.documentation(d.file(), nowhere, "the catalog", old.Title != c.Title, old.Description.Source() != c.Description.Source())
	d.typeURIs()
	if d.matches[old.Fallback] != c.Fallback {
		d.fallback(fallback(old), fallback(c))
	}
}

// fallback reports another fallback. Its code is a constant in TypeScript.
func (d *diff) fallback(from, to string) {
	help, breaks := "keep "+from+": clients know it", Wire
	switch {
	case from == "":
		d.add(diag.RuleFallbackAdded, 0, "", to, d.file(), diag.Position{}, "", "clients get %s for internal and unknown errors (fallback), where they got only the status 500", to)
		return
	case to == "":
		breaks |= TypeScript
	}
	d.add(diag.RuleFallbackChanged, breaks, from, to, d.file(), diag.Position{}, help, "what clients get for internal and unknown errors (fallback) changed from %s to %s", from, cmp.Or(to, "none"))
}

// documentation reports another title or description of what is not an error.
func (d *diff) documentation(at, before diag.Position, of string, title, description bool) {
	var parts []string
	if title {
		parts = append(parts, "title")
	}
	if description {
		parts = append(parts, "description")
	}
	if len(parts) > 0 {
		d.add(diag.RuleDocumentationChanged, 0, "", strings.Join(parts, " "), at, before, "", "%s of %s changed", strings.Join(parts, ", "), of)
	}
}

func codeType(c *catalog.Catalog) string {
	if c.IntegerCodes {
		return "integer"
	}
	return "string"
}

func fallback(c *catalog.Catalog) string {
	if c.Fallback == nil {
		return ""
	}
	return c.Fallback.Name
}

// typeURIs compares the types of problems that are sent, and those that are read.
func (d *diff) typeURIs() {
	old, c := d.old, d.current
	if old.NoHTTP || c.NoHTTP {
		return
	}
	if old.TypeURI != c.TypeURI && !slices.Contains(old.AcceptedTypeURIs, c.TypeURI) {
		help, why := "release a version that has the new template in accepted_type_uris before servers send it", "which clients of the old version do not know"
		if c.TypeURI == "" {
			help, why = "keep the template", "and clients that compare the type no longer know the errors"
		}
		d.add(diag.RuleTypeURIChanged, Wire, old.TypeURI, c.TypeURI, d.file(), diag.Position{}, help, "the type of the problems (type_uri) changed from %s to %s, %s",
			quoteOrNone(old.TypeURI), quoteOrNone(c.TypeURI), why)
	}
	reads := slices.Concat([]string{c.TypeURI}, c.AcceptedTypeURIs)
	for _, uri := range slices.Concat([]string{old.TypeURI}, old.AcceptedTypeURIs) {
		if uri != "" && !slices.Contains(reads, uri) {
			d.add(diag.RuleAcceptedTypeURIRemoved, Wire, uri, uri, d.file(), diag.Position{}, "add it to accepted_type_uris: servers of the old version may still send it", "problems with the type %s are no longer recognized", diag.Quote(uri))
		}
	}
	before := slices.Concat([]string{old.TypeURI}, old.AcceptedTypeURIs)
	for _, uri := range c.AcceptedTypeURIs {
		if !slices.Contains(before, uri) {
			d.add(diag.RuleTypeURIAccepted, 0, "", uri, d.file(), diag.Position{}, "", "problems with the type %s are recognized, too", diag.Quote(uri))
		}
	}
}

func quoteOrNone(s string) string {
	if s == "" {
		return "none"
	}
	return diag.Quote(s)
}

// categories compares the categories, which are constants too.
func (d *diff) categories() {
	after := make(map[string]*catalog.Category)
	before := make(map[string]*catalog.Category)
	for _, c := range d.old.Categories {
		before[c.Name] = c
	}
	for _, c := range d.current.Categories {
		after[c.Name] = c
	}
	publicBefore, publicAfter := publicCategories(d.old), publicCategories(d.current)
	for _, old := range d.old.Categories {
		first := len(d.changes)
		d.category(old, after[old.Name], before, publicBefore[old.Name], publicAfter[old.Name])
		d.internal(first, !publicBefore[old.Name] && !publicAfter[old.Name])
	}
	renamed := slices.Collect(maps.Values(d.renamed))
	for _, c := range d.current.Categories {
		if before[c.Name] == nil && !slices.Contains(renamed, c.Name) {
			d.add(diag.RuleCategoryAdded, 0, "", c.Name, c.Pos, diag.Position{}, "", "the category %s was added", c.Name).IsInternal = !publicAfter[c.Name]
		}
	}
}

// category compares a category, which is nil if the new version does not have it.
func (d *diff) category(old, c *catalog.Category, before map[string]*catalog.Category, wasPublic, isPublic bool) {
	if c != nil {
		if wasPublic && !isPublic {
			d.add(diag.RuleCategoryRemoved, TypeScript|Links, old.Name, old.Name, c.Pos, old.Pos, "keep a public error in it", "the category %s has only internal errors now, so that it is gone from the packages and documents for clients", old.Name)
		}
		d.documentation(c.Pos, old.Pos, "the category "+c.Name, old.Title != c.Title, old.Description.Source() != c.Description.Source())
		return
	}
	breaks := Go | Links
	if wasPublic || d.internalTypeScript {
		breaks |= TypeScript
	}
	if to := d.movedTo(old, before); to != nil {
		d.renamed[old.Name] = to.Name
		d.add(diag.RuleCategoryRemoved, breaks, old.Name, old.Name, to.Pos, old.Pos, "keep the name, and change its title", "the category %s was renamed to %s", old.Name, to.Name)
		return
	}
	d.add(diag.RuleCategoryRemoved, breaks, old.Name, old.Name, d.file(), old.Pos, "keep it: code and links name it", "the category %s was removed", old.Name)
}

// publicCategories returns the names of the categories in public packages.
func publicCategories(c *catalog.Catalog) map[string]bool {
	names := make(map[string]bool)
	for _, category := range c.ForAudience(catalog.Public).Categories {
		names[category.Name] = true
	}
	return names
}

// movedTo returns the new category that has all errors of an old one, nil if there
// is none.
func (d *diff) movedTo(old *catalog.Category, before map[string]*catalog.Category) *catalog.Category {
	var to *catalog.Category
	for _, e := range old.Errors {
		match := d.matches[e]
		if match == nil {
			continue
		}
		if match.Category == nil || before[match.Category.Name] != nil || to != nil && to != match.Category {
			return nil
		}
		to = match.Category
	}
	return to
}

// metadata compares the declared metadata, which are fields in code.
func (d *diff) metadata() {
	after := make(map[string]*catalog.MetadataField)
	before := make(map[string]bool)
	for _, f := range d.current.Metadata {
		after[f.Name] = f
	}
	for _, old := range d.old.Metadata {
		before[old.Name] = true
		first, f := len(d.changes), after[old.Name]
		d.metadataField(old, f)
		d.internal(first, old.Audience == catalog.Internal && (f == nil || f.Audience == catalog.Internal))
	}
	for _, f := range d.current.Metadata {
		if !before[f.Name] {
			d.add(diag.RuleMetadataAdded, 0, "", f.Name, f.Pos, diag.Position{}, "", "the metadata key %s was added", f.Name).IsInternal = f.Audience == catalog.Internal
		}
	}
}

// metadataField compares a metadata key, which is nil if the new version does not have
// it.
func (d *diff) metadataField(old, f *catalog.MetadataField) {
	breaks := Go | TypeScript
	if old.Audience == catalog.Internal && !d.internalTypeScript {
		breaks = Go
	}
	if f == nil {
		d.add(diag.RuleMetadataRemoved, breaks, old.Name, old.Name, d.file(), old.Pos, "keep the key, with required: false", "the metadata key %s was removed", old.Name)
		return
	}
	d.metadataType(old, f, breaks)
	d.documentation(f.Pos, old.Pos, "the metadata key "+f.Name, old.Title != f.Title, old.Description.Source() != f.Description.Source())
	switch {
	case old.Audience == catalog.Internal && f.Audience != catalog.Internal:
		d.add(diag.RuleMetadataMadePublic, 0, "", f.Name, f.Pos, old.Pos, "", "the metadata key %s was internal, and is in the packages and documents for clients now, with its values", f.Name)
	case old.Audience != catalog.Internal && f.Audience == catalog.Internal:
		d.add(diag.RuleMetadataMadeInternal, TypeScript, "", f.Name, f.Pos, old.Pos, "keep it public: code may read it", "the metadata key %s is internal now, so that it is gone from the packages for clients", f.Name)
	}
}

// metadataType compares the types that a metadata key has in code. In Go, a string,
// a URL and a value of an enum are the same, and a missing value is the zero value.
func (d *diff) metadataType(old, f *catalog.MetadataField, breaks Breaks) {
	text := func(t catalog.MetadataType) catalog.MetadataType {
		if t == catalog.MetadataURL || t == catalog.MetadataEnum {
			return catalog.MetadataString
		}
		return t
	}
	if from, to := text(old.Type), text(f.Type); from != to {
		d.add(diag.RuleMetadataTypeChanged, breaks, string(old.Type), f.Name+"="+string(f.Type), f.Pos, old.Pos, "add a key with another name", "the type of the metadata key %s changed from %s to %s", f.Name, old.Type, f.Type)
		return
	}
	if breaks&TypeScript == 0 {
		return
	}
	if old.Required && !f.Required {
		d.add(diag.RuleMetadataTypeChanged, TypeScript, "required", f.Name+"=optional", f.Pos, old.Pos, "keep it required", "the metadata key %s is no longer required, so that code in TypeScript must expect no value", f.Name)
	}
	switch {
	case old.Type != catalog.MetadataEnum && f.Type == catalog.MetadataEnum:
		d.add(diag.RuleMetadataTypeChanged, TypeScript, string(old.Type), f.Name+"="+string(f.Type), f.Pos, old.Pos, "add a key with another name", "the type of the metadata key %s changed from %s to %s", f.Name, old.Type, f.Type)
	case old.Type == catalog.MetadataEnum && f.Type != catalog.MetadataEnum:
		d.add(diag.RuleMetadataAdded, 0, string(old.Type), f.Name+"="+string(f.Type), f.Pos, old.Pos, "", "the metadata key %s can have any value now", f.Name)
	case f.Type == catalog.MetadataEnum:
		for _, v := range old.Values {
			if !slices.Contains(f.Values, v) {
				d.add(diag.RuleMetadataTypeChanged, TypeScript, v, f.Name+"="+v, f.Pos, old.Pos, "keep the value", "the value %s of the metadata key %s was removed, so code in TypeScript that compares with it does not compile", diag.Quote(v), f.Name)
			}
		}
		for _, v := range f.Values {
			if !slices.Contains(old.Values, v) {
				d.add(diag.RuleMetadataAdded, 0, "", f.Name+"="+v, f.Pos, old.Pos, "", "the value %s of the metadata key %s was added", diag.Quote(v), f.Name)
			}
		}
	}
}

// outputs compares the generated packages, which others import, and the documents,
// which others link to.
func (d *diff) outputs() {
	languages := map[string]Breaks{"go": Go, "go-grpc": Go, "go-connect": Go, "typescript": TypeScript}
	unmatched := slices.Clone(d.current.Outputs)
	take := func(old catalog.Output, samePath bool) *catalog.Output {
		for i, o := range unmatched {
			if o.Target == old.Target && (!samePath || path.Clean(o.Path) == path.Clean(old.Path)) {
				unmatched = slices.Delete(unmatched, i, i+1)
				return &o
			}
		}
		return nil
	}
	matches := make([]*catalog.Output, len(d.old.Outputs))
	for i, old := range d.old.Outputs {
		matches[i] = take(old, true)
	}
	for i, old := range d.old.Outputs {
		o, breaks := matches[i], languages[old.Target]
		rule, help := diag.RulePackageChanged, "keep the path: other code imports it"
		isPackage := breaks != 0
		if !isPackage {
			rule, breaks, help = diag.RuleDocumentMoved, Links, ""
		}
		if o == nil {
			// The catalog or a workspace can name the outputs of a target elsewhere.
			if o = take(old, false); o != nil {
				d.add(rule, breaks, old.Path, o.Path, o.Pos, old.Pos, help, "the %s %s moved to %s", outputName(old), diag.Quote(old.Path), diag.Quote(o.Path))
			} else {
				d.add(rule, breaks, old.Path, old.Path, d.file(), old.Pos, help, "the %s %s is no longer made", outputName(old), diag.Quote(old.Path))
				continue
			}
		}
		d.options(old, *o, breaks)
	}
	if d.old.GoPackage != d.current.GoPackage && slices.ContainsFunc(d.current.Outputs, func(o catalog.Output) bool { return strings.HasPrefix(o.Target, "go") && optionsOf(o)["package"] == "" }) {
		d.add(diag.RulePackageChanged, Go, d.old.GoPackage, d.current.GoPackage, d.file(), diag.Position{}, "keep the name of the catalog, or add package: "+d.old.GoPackage+" to its output",
			"the name of the Go package changed from %s to %s, with that of the catalog", d.old.GoPackage, d.current.GoPackage)
	}
}

// outputName returns what people call an output.
func outputName(o catalog.Output) string {
	switch o.Target {
	case "go":
		return "Go package"
	case "typescript":
		return "TypeScript package"
	}
	return o.Target + " output"
}

func optionsOf(o catalog.Output) map[string]string {
	all := make(map[string]string)
	for _, option := range o.Options {
		all[option.Key] = option.Value
	}
	return all
}

// options compares the options of an output: of a package all, except for those that only
// add to it, and the path of a package that is compared itself; of a document those that
// its addresses and the types made of it depend on.
func (d *diff) options(old, o catalog.Output, breaks Breaks) {
	from, to := optionsOf(old), optionsOf(o)
	keys := slices.Sorted(maps.Keys(from))
	for _, key := range slices.Sorted(maps.Keys(to)) {
		if _, ok := from[key]; !ok {
			keys = append(keys, key)
		}
	}
	for _, key := range keys {
		was, is := effective(d.old, old, key), effective(d.current, o, key)
		if was == is || key == "import" || slices.Contains(additions, [3]string{key, was, is}) || key == "messages" && was == "none" {
			continue
		}
		rule, breaks, help := diag.RulePackageChanged, breaks, "keep the option, or add another output"
		if breaks == Links {
			rule, help = diag.RuleDocumentMoved, ""
			switch {
			case key == "version", key == "narrow" && is == "true":
				breaks = 0 // the addresses are there, and what is there has another type
			case !slices.Contains(addressing, key):
				continue
			}
		}
		value := func(s string) string { return cmp.Or(s, "its default") }
		d.add(rule, breaks, from[key], key+"="+to[key], o.Pos, old.Pos, help,
			"the option %s of the output %s changed from %s to %s", key, diag.Quote(o.Path), value(from[key]), value(to[key]))
	}
}

// additions are options, with the values before and after, that only add to a
// package.
var additions = [][3]string{{"audience", "public", "internal"}, {"http", "false", "true"}}

// addressing are the options on which it depends which addresses a document has: files,
// sections, components of OpenAPI.
var addressing = []string{"audience", "file", "narrow", "pages", "per", "prefix"}

// optionDefaults are the values of options that are not given.
var optionDefaults = map[string]string{"audience": "public", "http": "true", "import_extension": ".js", "integers": "number", "messages": "none", "narrow": "false", "pages": "false", "single_file": "false", "version": "3.1"}

// effective returns what an option of an output is, given or not. The version of an
// npm package does not count.
func effective(c *catalog.Catalog, o catalog.Output, key string) string {
	options := optionsOf(o)
	value := options[key]
	switch {
	case key == "package" && strings.HasPrefix(o.Target, "go"):
		_, wire, _ := strings.Cut(o.Target, "-")
		return cmp.Or(value, c.GoPackage+wire)
	case key == "package":
		if at := strings.LastIndexByte(value, '@'); at > 0 {
			value = value[:at]
		}
		return value
	case key == "emit" && value == "" && options["package"] != "":
		return "js"
	case key == "emit":
		return cmp.Or(value, "ts")
	}
	return cmp.Or(value, optionDefaults[key])
}

// reservations reports what is not reserved any longer, and what is now.
func (d *diff) reservations() {
	for _, r := range d.old.Reserved {
		for i, word := range r.Words() {
			what := "the name " + word
			if r.Code != "" && i <= len(r.Aliases) {
				if what = "the code " + word; !d.canHave(word) {
					continue
				}
			}
			d.unreserved(r, word, word, what)
		}
		for _, codes := range r.Codes {
			if code, found := d.current.Unreserved(codes); found && d.canHave(code) {
				d.unreserved(r, code, codes.String(), "the code "+code+", of the range "+codes.String()+",")
			}
		}
	}
	for _, r := range d.current.Reserved {
		what := strings.Join(r.Words(), ", ")
		for _, codes := range r.Codes {
			what = strings.TrimPrefix(what+", "+codes.String(), ", ")
		}
		isNew := slices.ContainsFunc(r.Words(), func(word string) bool {
			return !d.used[word] && !d.reservedBefore[word] && !inRange(d.old, word)
		}) ||
			slices.ContainsFunc(r.Codes, func(codes catalog.Range) bool { _, found := d.old.Unreserved(codes); return found })
		if isNew {
			d.add(diag.RuleReservationAdded, 0, "", what, r.Pos, diag.Position{}, "", "no error can get %s, which is reserved now", what)
		}
	}
}

// unreserved reports a word that the new version does not reserve, unless the error
// that it was reserved for is back. The value is that of the change.
func (d *diff) unreserved(r catalog.Reserved, word, value, what string) {
	if d.reserved[word] || inRange(d.current, word) {
		return
	}
	at, now := d.file(), ", so that another error can get it"
	for _, e := range []*catalog.Error{d.byCode[word], d.byName[word]} {
		if e == nil {
			continue
		}
		if restores(r, e) {
			return // restored, which has been reported
		}
		at, now = e.Pos, fmt.Sprintf(", and the error %s (%s) has it", e.Name, e.Code)
		break
	}
	d.add(diag.RuleReservationRemoved, Wire, word, value, at, r.Pos, "reserve it again: who knows what it meant would confuse the two", "%s is no longer reserved%s", what, now)
}
