package diag

import (
	"io"
	"net/url"
	"path/filepath"
	"strings"
)

// The parts of SARIF 2.1.0 that errcat writes.
type (
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool struct {
			Driver sarifDriver `json:"driver"`
		} `json:"tool"`
		ColumnKind string        `json:"columnKind"`
		Results    []sarifResult `json:"results"`
	}
	sarifDriver struct {
		Name           string      `json:"name"`
		Version        string      `json:"version,omitempty"`
		InformationURI string      `json:"informationUri"`
		Rules          []sarifRule `json:"rules"`
	}
	sarifRule struct {
		ID               string     `json:"id"`
		ShortDescription *sarifText `json:"shortDescription,omitempty"`
		FullDescription  *sarifText `json:"fullDescription,omitempty"`
		HelpURI          string     `json:"helpUri"`
		Help             *sarifText `json:"help,omitempty"`
		Default          struct {
			Level string `json:"level"`
		} `json:"defaultConfiguration"`
	}
	sarifResult struct {
		RuleID       string            `json:"ruleId"`
		RuleIndex    int               `json:"ruleIndex"`
		Level        string            `json:"level"`
		Message      sarifText         `json:"message"`
		Locations    []sarifLocation   `json:"locations,omitempty"`
		Related      []sarifLocation   `json:"relatedLocations,omitempty"`
		Fingerprints map[string]string `json:"partialFingerprints"`
	}
	sarifText struct {
		Text     string `json:"text"`
		Markdown string `json:"markdown,omitempty"`
	}
	sarifLocation struct {
		Physical struct {
			Artifact sarifArtifact `json:"artifactLocation"`
			Region   sarifRegion   `json:"region"`
		} `json:"physicalLocation"`
		Message *sarifText `json:"message,omitempty"`
	}
	sarifArtifact struct {
		URI  string `json:"uri"`
		Base string `json:"uriBaseId,omitempty"`
	}
	sarifRegion struct {
		StartLine   int `json:"startLine"`
		StartColumn int `json:"startColumn,omitempty"`
		EndLine     int `json:"endLine,omitempty"`
		EndColumn   int `json:"endColumn,omitempty"`
	}
)

// writeSARIF writes the findings as a SARIF log.
func writeSARIF(w io.Writer, ds Diagnostics, opt Options) error {
	run := sarifRun{ColumnKind: "unicodeCodePoints", Results: make([]sarifResult, len(ds))}
	run.Tool.Driver = sarifDriver{Name: "errcat", Version: opt.Version, InformationURI: homepage, Rules: []sarifRule{}}
	index := make(map[Rule]int)
	fingerprint := fingerprints()
	for i, d := range ds {
		at, known := index[d.Rule]
		if !known {
			at = len(index)
			index[d.Rule] = at
			run.Tool.Driver.Rules = append(run.Tool.Driver.Rules, newSARIFRule(d.Rule, opt))
		}
		r := sarifResult{RuleID: d.Rule.ID(), RuleIndex: at, Level: sarifLevels[d.Severity]}
		r.Message.Text = sarifMessage(d, opt)
		uri := ""
		if d.Pos.File != "" {
			r.Locations = []sarifLocation{newSARIFLocation(d.Pos, opt)}
			uri = r.Locations[0].Physical.Artifact.URI
		}
		r.Fingerprints = map[string]string{"errcat/v1": fingerprint(uri, d)}
		for _, n := range d.Notes {
			if !isLocation(n.Pos, opt) {
				continue
			}
			location := newSARIFLocation(n.Pos, opt)
			location.Message = &sarifText{Text: sarifEscape(Printable(n.Message))}
			r.Related = append(r.Related, location)
		}
		run.Results[i] = r
	}
	return writeIndented(w, sarifLog{
		Schema:  "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
		Version: "2.1.0",
		Runs:    []sarifRun{run},
	})
}

// sarifLevels are the levels of results.
var sarifLevels = map[Severity]string{Info: "note", Warning: "warning", Error: "error"}

func newSARIFRule(rule Rule, opt Options) sarifRule {
	r := sarifRule{ID: rule.ID(), HelpURI: rule.URL()}
	r.Default.Level = sarifLevels[rule.Severity()]
	if opt.About != nil {
		title, markdown := opt.About(rule)
		r.ShortDescription = &sarifText{Text: title}
		r.FullDescription = &sarifText{Text: title}
		// Links between rules lead from one page to the same page.
		markdown = strings.ReplaceAll(markdown, "](#", "]("+rulesPage+"#")
		r.Help = &sarifText{Text: title + ": " + rule.URL(), Markdown: markdown}
	}
	return r
}

// isLocation reports whether a viewer can show a place: not one in an earlier
// revision of a file, REVISION:PATH.
func isLocation(p Position, opt Options) bool {
	if p.File == "" || opt.Path(p.File) != "" || filepath.IsAbs(p.File) {
		return p.File != ""
	}
	return strings.HasPrefix(p.File, "mod:") || !strings.Contains(p.File, ":")
}

// sarifMessage returns the message and the help. The notes have places of their
// own, except those that are no locations.
func sarifMessage(d Diagnostic, opt Options) string {
	notes := d.Notes
	d.Notes = nil
	for _, n := range notes {
		if !isLocation(n.Pos, opt) {
			d.Notes = append(d.Notes, n)
		}
	}
	return sarifEscape(strings.Join(d.lines(), "\n"))
}

// sarifEscape keeps a text from having a link, which is [words](place) also in
// plain text.
func sarifEscape(s string) string { return strings.ReplaceAll(s, "](", `\](`) }

func newSARIFLocation(p Position, opt Options) sarifLocation {
	var l sarifLocation
	if path := opt.Path(p.File); path != "" {
		l.Physical.Artifact = sarifArtifact{URI: (&url.URL{Path: path}).String(), Base: "%SRCROOT%"}
	} else {
		l.Physical.Artifact.URI = sarifURI(p.File)
	}
	// A viewer needs a line, also for a file as a whole.
	region := &l.Physical.Region
	region.StartLine = max(p.Line, 1)
	if p.Line > 0 && p.Col > 0 {
		region.StartColumn, region.EndLine, region.EndColumn = p.Col, p.Line, p.Col+max(p.Width, 1)
	}
	return l
}

// sarifURI returns the URI of what is not a file of the repository.
func sarifURI(name string) string {
	if filepath.IsAbs(name) {
		path := filepath.ToSlash(name)
		return (&url.URL{Scheme: "file", Path: "/" + strings.TrimPrefix(path, "/")}).String()
	}
	if path, ok := strings.CutPrefix(name, "mod:"); ok {
		return "mod:" + (&url.URL{Path: path}).EscapedPath()
	}
	return (&url.URL{Path: filepath.ToSlash(name)}).String()
}
