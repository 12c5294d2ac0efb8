package catalog

import (
	"slices"

	"github.com/errcat/errcat/generator/diag"
	"github.com/errcat/errcat/generator/yamldoc"
)

// Format returns the text of a catalog in its canonical form, which is described at
// yamldoc.Document.Format. In addition, codes are in double quotes, or integers
// without quotes. The file name appears in findings. If the text is not YAML,
// Format returns the findings and no text. It returns an error for YAML that it
// cannot format. A catalog may have other mistakes, which stay in it.
func Format(file string, data []byte) ([]byte, diag.Diagnostics, error) {
	report := diag.NewReport(file)
	doc := yamldoc.New(file, data, report)
	root, ok := doc.Parse("errors")
	if ok && root == nil {
		report.Add(diag.RuleMissingKey, diag.Position{File: file}, "begin with version: 1", "the catalog is empty")
	}
	if ds := report.Findings(); !ok || ds.HasErrors() {
		return nil, ds, nil // Of two documents, Parse returns the first.
	}
	text, err := doc.Format(root, spellings(root))
	return text, nil, err
}

// spellings returns how the codes of a catalog are written that are written in
// another way now.
func spellings(root *yamldoc.Node) map[*yamldoc.Node]string {
	spelled := make(map[*yamldoc.Node]string)
	spell := func(n *yamldoc.Node) {
		if n != nil && n.ShortTag() == "!!str" && !yamldoc.IsTagged(n) && isCode(n.Value) && len(n.Value) <= maxName {
			spelled[n] = `"` + n.Value + `"`
		}
	}
	switch codeType := yamldoc.Child(yamldoc.Child(root, "catalog"), "code_type"); {
	case codeType != nil && codeType.Value == string(codesInteger):
		spell = func(n *yamldoc.Node) {
			// An anchored one may also take the place of a string.
			if _, ok := parseInteger(n.Value); ok && n.Anchor == "" && !yamldoc.IsTagged(n) {
				spelled[n] = n.Value
			}
		}
	case codeType != nil && codeType.Value != string(codesString):
		return nil
	}
	own := func(parent *yamldoc.Node) {
		codes := []*yamldoc.Node{yamldoc.Child(parent, "code")}
		if aliases := yamldoc.Child(parent, "aliases"); aliases != nil && yamldoc.IsList(aliases) {
			codes = append(codes, aliases.Content...)
		}
		for _, n := range codes {
			if n != nil && yamldoc.IsScalar(n) {
				spell(n)
			}
		}
	}
	if errors := yamldoc.Child(root, "errors"); errors != nil && yamldoc.IsMapping(errors) {
		for pair := range slices.Chunk(errors.Content, 2) {
			own(pair[1])
		}
	}
	if reserved := yamldoc.Child(root, "reserved"); reserved != nil && yamldoc.IsList(reserved) {
		for _, n := range reserved.Content {
			own(n)
		}
	}
	return spelled
}
