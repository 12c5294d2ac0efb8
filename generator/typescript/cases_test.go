package typescript

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/catalogtest/load"
	"github.com/errcat/errcat/generator/prose"
)

// testCase is a catalog and the package generated from it.
type testCase struct {
	name    string
	catalog *catalog.Catalog
	options Options
	// golden means that the modules are in testdata, for people to read.
	golden bool
}

func testCases(t testing.TB) []testCase {
	small := load.File(t, "testdata/small.yaml")
	db := load.File(t, "testdata/db.yaml")
	return []testCase{
		{name: "small", catalog: small, golden: true},
		{name: "internal", catalog: small, options: Options{Audience: catalog.Internal}},
		{name: "no_extension", catalog: small, options: Options{ImportExtension: "none"}},
		{name: "ts_extension", catalog: small, options: Options{ImportExtension: ".ts"}},
		{name: "single_file", catalog: small, options: Options{SingleFile: true}, golden: true},
		{name: "javascript", catalog: small, options: Options{Emit: "js"}, golden: true},
		{name: "package", catalog: small, options: Options{Package: "@acme/shop-errors@1.2.3", SingleFile: true}, golden: true},
		{name: "exact", catalog: small, options: Options{Package: "@acme/shop-errors", SingleFile: true, Integers: "exact"}},
		{name: "exact_typescript", catalog: load.File(t, "testdata/rpc.yaml"), options: Options{Integers: "exact"}},
		{name: "hostile_javascript", catalog: hostileTexts(t), options: Options{Emit: "js"}},
		{name: "icu", catalog: small, options: Options{Messages: "icu", Package: "@acme/shop-errors"}},
		{name: "icu_single_file", catalog: small, options: Options{Messages: "icu", SingleFile: true}},
		{name: "i18next", catalog: small, options: Options{Messages: "i18next", Emit: "js"}},
		{name: "icu_texts", catalog: hostileTexts(t), options: Options{Messages: "icu"}},
		{name: "i18next_names", catalog: load.File(t, "testdata/names.yaml"), options: Options{Messages: "i18next"}},
		{name: "icu_rpc", catalog: load.File(t, "testdata/rpc.yaml"), options: Options{Messages: "icu"}},
		{name: "icu_without_errors", catalog: withoutErrors(small), options: Options{Messages: "icu"}},
		{name: "empty", catalog: withoutErrors(small), golden: true},
		{name: "rpc", catalog: load.File(t, "testdata/rpc.yaml"), golden: true},
		{name: "rpc_javascript", catalog: load.File(t, "testdata/rpc.yaml"), options: Options{Emit: "js"}},
		{name: "db", catalog: db, golden: true},
		{name: "db_package", catalog: db, options: Options{Package: "@acme/db-errors", Emit: "js"}},
		{name: "db_icu", catalog: db, options: Options{Messages: "icu"}},
		{name: "db_single_file", catalog: db, options: Options{SingleFile: true}},
		{name: "db_without_errors", catalog: &catalog.Catalog{Name: "db", NoHTTP: true}},
		{name: "db_hostile", catalog: withoutHTTP(hostileTexts(t)), options: Options{Emit: "js"}},
		{name: "db_integers", catalog: withoutHTTP(load.File(t, "testdata/rpc.yaml"))},
		{name: "names", catalog: load.File(t, "testdata/names.yaml"), golden: true},
		{name: "names_single_file", catalog: load.File(t, "testdata/names.yaml"), options: Options{SingleFile: true}},
		{name: "names_javascript", catalog: load.File(t, "testdata/names.yaml"), options: Options{SingleFile: true, Emit: "js"}},
		{name: "grpc", catalog: overGRPC(load.File(t, "testdata/small.yaml"))},
		{name: "grpc_single_file", catalog: overGRPC(load.File(t, "testdata/names.yaml")), options: Options{SingleFile: true, Integers: "exact"}},
		{name: "grpc_javascript", catalog: overGRPC(load.File(t, "testdata/rpc.yaml")), options: Options{Emit: "js"}},
		{name: "texts", catalog: hostileTexts(t), golden: true},
		{name: "long", catalog: longCatalog(t)},
		{name: "large", catalog: largeCatalog(1000)}, // of which IsLarge is true
	}
}

// withoutErrors returns a catalog that has no errors for the public.
func withoutErrors(c *catalog.Catalog) *catalog.Catalog {
	return &catalog.Catalog{Name: c.Name}
}

// withoutHTTP makes a catalog one without HTTP.
func withoutHTTP(c *catalog.Catalog) *catalog.Catalog {
	c.NoHTTP, c.TypeURI = true, ""
	for _, e := range c.Errors {
		e.HTTPStatus = 0
	}
	return c
}

// overGRPC makes a catalog one whose errors travel over gRPC.
func overGRPC(c *catalog.Catalog) *catalog.Catalog {
	c.GRPC, c.Domain = true, "errors.example.com"
	return c
}

// hostile are texts with a meaning in TypeScript, its tools, HTML, Markdown or a
// terminal.
var hostile = []string{
	`"`, `'`, "`", `\`, `'"`, `"'"`, `\n`, `*/`, `/*`, `**/`, `*\/`, `//`, `///`, `%s`, `%!`, `{`, `}`, `{{`, `}}`, `${x}`, "`${x}`",
	`|`, `<script>`, `</script>`, `</SCRIPT >`, `<!-- -->`, `-->`, `](x)`, `[x](javascript:alert(1))`, `#`, `# x`, `1. x`, "```", "```\n*/\n```", "    */",
	"\n", "\r", "\t", "\n\n", "\u2028", "\u2029", "\u200f", "\u202e", "\u200b", "\ufeff", "\u00a0", "\u00ad", "\x1b[31m", "\x00", "\x7f", "\u0085", "\U000e0041", "\ufffd", "\ue000",
	"🚫", "⚠️", "👩‍👩‍👧", "👍🏽", "🇩🇪", "1️⃣", "日本語の説明", "ｆｕｌｌ", "한국어", "ไทย", "e\u0301", "שלום", "مرحبا", "𝒳",
	`//go:build ignore`, `//go:embed x`, `@deprecated`, `* @deprecated`, `*/@deprecated`, `**@deprecated**`, "`@deprecated`", `{@link x}`, `{@link`, `{@inheritDoc x}`,
	`@ts-ignore`, `@ts-expect-error`, `@ts-nocheck`, `/ <reference path="x" />`, `prettier-ignore`, `eslint-enable`, `# sourceMappingURL=x`, `@license`, `#__PURE__`, `@type {x}`,
	`a@b.example`, `<https://x.example/@a>`, `'use strict'`, `import("x")`, `export {}`, "\\u0041", "\\", `\\`, `\"`, `\u{}`,
}

// hostileTexts returns a catalog with an error for each hostile text, which all of
// its texts contain.
func hostileTexts(t testing.TB) *catalog.Catalog {
	t.Helper()
	var b strings.Builder
	b.WriteString("version: 1\ncatalog: {name: texts}\ncategories:\n")
	for i := range hostile {
		fmt.Fprintf(&b, "  group_%d: {http_status: 400}\n", i)
	}
	b.WriteString("errors:\n")
	for i := range hostile {
		fmt.Fprintf(&b, "  TEXT_%d: {category: group_%d, params: {p: string}, deprecated: {}, retired: {replaced_by: GOOD}}\n", i, i)
		fmt.Fprintf(&b, "  OLD_%d: {category: group_%d, deprecated: {replaced_by: GOOD}}\n", i, i)
	}
	b.WriteString("  GOOD: {category: group_0}\n")
	c := load.Source(t, []byte(b.String()))
	for i, text := range hostile {
		enum := &catalog.MetadataField{Name: fmt.Sprintf("enum_%d", i), Type: catalog.MetadataEnum}
		list := &catalog.MetadataField{Name: fmt.Sprintf("list_%d", i), Type: catalog.MetadataStringList}
		c.Metadata = append(c.Metadata, enum, list)
		setTexts(c.Errors[2*i], text, enum, list)
		setTexts(c.Errors[2*i+1], "x "+text+text+" x")
	}
	return c
}

// setTexts sets all texts of an error, of its category and of metadata keys to the
// text, and gives the error values for the keys.
func setTexts(e *catalog.Error, text string, fields ...*catalog.MetadataField) {
	e.Category.Title, e.Category.Description = text, prose.Parse(text)
	e.Title = text
	e.Message.Segments = []catalog.Segment{{Text: text}}
	for _, p := range e.Params {
		e.Message.Segments = append(e.Message.Segments, catalog.Segment{Param: p}, catalog.Segment{Text: text})
		p.Description = prose.Parse(text)
	}
	e.Description = prose.Parse(text)
	e.Resolution = prose.Parse("The first line.\n" + text + "\n\n" + text + "\n\n- " + text)
	e.Tags = []string{text, "x" + text}
	e.Owner, e.Since = text, text
	e.Links = []catalog.Link{{Title: text, URL: text}}
	e.Metadata = []catalog.Metadatum{{Key: text, Value: text}}
	for _, f := range fields {
		f.Title, f.Description, f.Audience = text, prose.Parse(text), catalog.Public
		m := catalog.Metadatum{Key: f.Name, Field: f, Value: text}
		switch f.Type {
		case catalog.MetadataEnum:
			f.Values = []string{text, "x" + text}
		case catalog.MetadataStringList:
			m.Value = []string{text, "x" + text}
		}
		e.Metadata = append(e.Metadata, m)
	}
	for _, l := range []*catalog.Lifecycle{e.Deprecated, e.Retired} {
		if l != nil {
			l.Since, l.Reason = text, prose.Parse(text)
		}
	}
}

// longCatalog returns a catalog with names, codes and texts of many lengths, so
// that lines of every kind end around the last column.
func longCatalog(t testing.TB) *catalog.Catalog {
	t.Helper()
	var b strings.Builder
	b.WriteString("version: 1\ncatalog: {name: long}\ncategories:\n  all: {http_status: 400}\nerrors:\n")
	lengths := []int{270, 300}
	for n := 4; n < 100; n++ {
		lengths = append(lengths, n)
	}
	for i, n := range lengths {
		fmt.Fprintf(&b, "  %s:\n    category: all\n    title: %s\n", pad(fmt.Sprintf("N%d", i), n), pad("title", n))
		fmt.Fprintf(&b, "    description: %q\n", strings.Repeat("- word ", n))
		fmt.Fprintf(&b, "    aliases: [%s, %s]\n", pad(fmt.Sprintf("A%d", i), n), pad(fmt.Sprintf("a%d.", i), n))
		fmt.Fprintf(&b, "    tags: [%s]\n", pad("tag", n))
		fmt.Fprintf(&b, "    params: {%s: 'string[]', s%d: string}\n", pad("p", min(n, 64)), i)
		if i%2 == 0 {
			fmt.Fprintf(&b, "    code: c/%s\n", pad(fmt.Sprint(i), n-2))
		}
		fmt.Fprintf(&b, "    deprecated: {since: %q, reason: %s}\n", pad("1.", n), pad("reason", n))
	}
	c := load.Source(t, []byte(b.String()))
	for i, e := range c.Errors {
		if i >= 2 {
			// Wide and narrow characters, with quotes among them.
			e.Category.Title = strings.Repeat(`"`, 80)
			e.Message.Segments = []catalog.Segment{{Text: strings.Repeat(`"'"é`, i/3) + strings.Repeat("日", i%15)}}
		}
	}
	c.Errors[0].Message.Segments[0].Text = strings.Repeat("0123456789 \"*/\\\n", 1<<16)
	return c
}

func pad(s string, n int) string { return s + strings.Repeat("x", max(0, n-len(s))) }

// largeCatalog returns a catalog of n errors, as a large service has them.
func largeCatalog(n int) *catalog.Catalog {
	c := &catalog.Catalog{Name: "large"}
	for i := range max(1, n/100) {
		c.Categories = append(c.Categories, &catalog.Category{
			Name: fmt.Sprintf("group_%d", i), Title: fmt.Sprintf("Group %d", i),
			Description: prose.Parse("What belongs together, and what a reader has to know about all of it."),
		})
	}
	for i := range n {
		category := c.Categories[min(i/100, len(c.Categories)-1)]
		e := largeError(i, category)
		c.Errors = append(c.Errors, e)
		category.Errors = append(category.Errors, e)
	}
	return c
}

func largeError(i int, category *catalog.Category) *catalog.Error {
	e := &catalog.Error{
		Name: fmt.Sprintf("SOMETHING_WENT_WRONG_%d", i), TypeScriptName: fmt.Sprintf("SOMETHING_WENT_WRONG_%d", i),
		Code: fmt.Sprintf("%05d", i), Category: category, HTTPStatus: 400 + i%30,
		Title:       "Something went wrong",
		Message:     catalog.Message{Segments: []catalog.Segment{{Text: "Something went wrong while the request was carried out"}}},
		Description: prose.Parse("An invalid signature was used to sign the request, or the key that it was made with is not known."),
		Resolution:  prose.Parse("Sign the request again with the key of the account."),
		Retry:       catalog.RetryNever, Severity: catalog.SeverityError, Audience: catalog.Public,
	}
	switch i % 5 {
	case 0:
		p := &catalog.Param{Name: "user_id", Type: catalog.String, Description: prose.Parse("The user of the request.")}
		q := &catalog.Param{Name: "attempts", Type: catalog.Integer}
		e.Params = []*catalog.Param{p, q}
		e.Message.Segments = append(e.Message.Segments, catalog.Segment{Text: " of "}, catalog.Segment{Param: p})
	case 1:
		e.Retry, e.RetryAfter = catalog.RetryAfter, 1500*time.Millisecond
		e.Description = prose.Parse("The `key` is *not* known, see [the guide](https://example.com/guide).")
	case 2:
		e.Aliases = []catalog.Alias{{Code: fmt.Sprintf("A%05d", i)}}
	}
	return e
}

// constants returns the constants of an error in a package.
func constants(e *catalog.Error) []string {
	names := []string{e.TypeScriptName}
	for _, s := range e.Synonyms {
		names = append(names, s.TypeScriptName)
	}
	for _, f := range e.FormerNames {
		names = append(names, f.TypeScriptName)
	}
	return slices.DeleteFunc(names, func(name string) bool { return name == "" })
}

// expectation returns what the compiled package of a case must export.
func expectation(tc testCase) map[string]any {
	audience := tc.options.Audience
	if audience == "" {
		audience = catalog.Public
	}
	c := tc.catalog.ForAudience(audience)
	code := func(text string) any {
		if c.IntegerCodes {
			return json.Number(text)
		}
		return text
	}
	consts := make(map[string]any)
	messages := make(map[string]string)
	infos, categories, deprecated := []any{}, []any{}, []string{}
	for _, e := range c.Errors {
		for _, name := range constants(e) {
			consts[name] = code(e.Code)
		}
		if e.Deprecated != nil || e.Retired != nil {
			deprecated = append(deprecated, e.TypeScriptName)
		}
		for _, f := range e.FormerNames {
			if f.TypeScriptName != "" {
				deprecated = append(deprecated, f.TypeScriptName)
			}
		}
		info := expectedInfo(e, code)
		if len(c.Metadata) > 0 {
			values := make(map[string]any)
			for _, m := range e.Metadata {
				values[m.Key] = m.Value
			}
			info["metadata"] = values
		}
		infos = append(infos, info)
		messages[e.Code] = messageText(e.Message)
	}
	for _, category := range c.Categories {
		categories = append(categories, []string{category.Name, category.Title})
	}
	expected := map[string]any{"http": !c.NoHTTP, "grpc": c.GRPC, "translations": tc.options.library() != "", "metadata": len(c.Metadata) > 0, "constants": consts, "catalog": infos, "messages": messages, "categories": categories, "deprecated": deprecated}
	details := make(map[string]any)
	expected["details"] = details
	if c.Fallback != nil {
		expected["fallback"] = code(c.Fallback.Code)
	}
	for _, e := range c.Errors {
		links := []map[string]string{}
		for _, l := range e.Links {
			links = append(links, map[string]string{"title": l.Title, "url": l.URL})
		}
		details[e.Code] = map[string]any{"resolution": e.Resolution.Source(), "links": links}
	}
	return expected
}

func expectedInfo(e *catalog.Error, code func(string) any) map[string]any {
	info := map[string]any{
		"code": code(e.Code), "name": e.Name, "title": e.Title, "category": e.Category.Name,
		"retry": e.Retry, "severity": e.Severity,
	}
	if e.HTTPStatus != 0 {
		info["httpStatus"] = e.HTTPStatus
	}
	if e.RetryAfter > 0 {
		info["retryAfter"] = float64(e.RetryAfter) / float64(time.Second)
	}
	if e.Since != "" {
		info["since"] = e.Since
	}
	if e.Tags != nil {
		info["tags"] = slices.Clone(e.Tags)
	}
	for i, a := range e.Aliases {
		if i == 0 {
			info["aliases"] = []any{}
		}
		info["aliases"] = append(info["aliases"].([]any), code(a.Code))
	}
	for key, l := range map[string]*catalog.Lifecycle{"deprecated": e.Deprecated, "retired": e.Retired} {
		if l == nil {
			continue
		}
		life := map[string]any{}
		if l.Since != "" {
			life["since"] = l.Since
		}
		if !l.Reason.IsEmpty() {
			life["reason"] = l.Reason.Source()
		}
		if l.ReplacedBy != nil {
			life["replacedBy"] = code(l.ReplacedBy.Code)
		}
		info[key] = life
	}
	return info
}

// messageText returns a message as written in a catalog.
func messageText(m catalog.Message) string {
	message := ""
	for _, s := range m.Segments {
		if s.Param != nil {
			message += "{" + s.Param.Name + "}"
		} else {
			message += strings.ReplaceAll(strings.ReplaceAll(s.Text, "{", "{{"), "}", "}}")
		}
	}
	return message
}
