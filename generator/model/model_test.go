package model_test

import (
	"encoding/json"
	"flag"
	"os"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/catalogtest"
	"github.com/errcat/errcat/generator/catalogtest/load"
	"github.com/errcat/errcat/generator/model"
	"github.com/errcat/errcat/generator/prose"
)

var update = flag.Bool("update", false, "write the golden file")

func TestNew(t *testing.T) {
	for _, name := range []string{"shop", "rpc"} {
		source, err := os.ReadFile("testdata/" + name + ".yaml")
		if err != nil {
			t.Fatal(err)
		}
		got, err := json.MarshalIndent(model.New(load.Source(t, source)), "", "  ")
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, '\n')
		if *update {
			write(t, "testdata/"+name+".json", got)
		}
		want, err := os.ReadFile("testdata/" + name + ".json")
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), string(got)); diff != "" {
			t.Errorf("testdata/%s.yaml gives something else than %[1]s.json (-want +got):\n%s", name, diff)
		}
	}
}

// Codes are text in Go, also those that are numbers in JSON.
func TestIntegerCodes(t *testing.T) {
	source, err := os.ReadFile("testdata/rpc.yaml")
	if err != nil {
		t.Fatal(err)
	}
	m := model.New(load.Source(t, source))
	e, last := m.Errors[0], m.Errors[3]
	got := []any{m.Fallback, e.Code, e.CodeInt, e.Aliases[0], e.Deprecated.ReplacedBy, last.CodeInt, m.Reserved[0].Code, m.Reserved[1].Codes[0].First, m.Reserved[1].Codes[0].String()}
	want := []any{"9007199254740991", "-32700", int64(-32700), "-32701", "0", int64(-9007199254740991), "-5", "-9", "-9..-8"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("want -, got +\n%s", diff)
	}
	if source, err = os.ReadFile("testdata/shop.yaml"); err != nil {
		t.Fatal(err)
	}
	if e := model.New(load.Source(t, source)).Errors[0]; e.Code != "1001" || e.CodeInt != 0 {
		t.Errorf("the string code %s has the value %d", e.Code, e.CodeInt)
	}
}

// A catalog without HTTP has nothing about HTTP, as data and in words.
func TestNoHTTP(t *testing.T) {
	c := load.Source(t, []byte("version: 1\ncatalog: {name: db, http: false, fallback: LOCKED}\nerrors: {LOCKED: {code: \"5\"}}\n"))
	m := model.New(c)
	e := m.Errors[0]
	if m.HTTP || m.TypeURI != "" || e.HTTPStatus != 0 || e.HTTPReason != "" || e.Type != "" || e.Example != "" || m.Fallback != "5" {
		t.Errorf("the catalog is %+v, the error %+v", m, e)
	}
	for f := range model.Facts(c, c.Errors[0]) {
		if f.Kind == model.FactStatus {
			t.Errorf("there is the fact %+v", f)
		}
	}
}

// TestNewLists checks that an empty list is not null.
func TestNewLists(t *testing.T) {
	const source = "version: 1\ncatalog: {name: shop}\nerrors: {A: {http_status: 409, params: {p: string}}}\n"
	for _, c := range []*catalog.Catalog{{Name: "empty"}, load.Source(t, []byte(source))} {
		got, err := json.Marshal(model.New(c))
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(got), "null") {
			t.Errorf("a list is null: %s", got)
		}
	}
}

// TestNewForPublic checks that the public catalog omits internal errors.
func TestNewForPublic(t *testing.T) {
	source, err := os.ReadFile("testdata/shop.yaml")
	if err != nil {
		t.Fatal(err)
	}
	got, err := json.Marshal(model.New(load.Source(t, source).ForAudience(catalog.Public)))
	if err != nil {
		t.Fatal(err)
	}
	for _, secret := range []string{"DATABASE_DOWN", "5000", "Database"} {
		if strings.Contains(string(got), secret) {
			t.Errorf("the public catalog contains %s", secret)
		}
	}
}

func TestCategoriesHaveTheirErrors(t *testing.T) {
	source, err := os.ReadFile("testdata/shop.yaml")
	if err != nil {
		t.Fatal(err)
	}
	m := model.New(load.Source(t, source))
	var inCategories []*model.Error
	for _, category := range m.Categories {
		for _, e := range category.Errors {
			if e.Category != category.Name {
				t.Errorf("%s is in the category %s", e.Name, category.Name)
			}
			inCategories = append(inCategories, e)
		}
	}
	if len(inCategories) != len(m.Errors) {
		t.Errorf("%d errors in categories, %d in the catalog", len(inCategories), len(m.Errors))
	}
}

func TestMetadata(t *testing.T) {
	m := model.Metadata{{Key: "b", Value: "1"}, {Key: "a", Value: ""}, {Key: "<\u2028", Value: "\""}, {Key: "n", Value: int64(-1 << 53)}, {Key: "t", Value: true}, {Key: "l", Value: []string{"<"}}}
	got, err := json.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	if want := `{"b":"1","a":"","\u003c\u2028":"\"","n":-9007199254740992,"t":true,"l":["\u003c"]}`; string(got) != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if m.Get("b") != "1" || m.Get("n") != int64(-1<<53) || m.Get("a") != "" || m.Get("c") != "" {
		t.Error("Get returns the wrong value")
	}
}

// hostile are texts with special meanings somewhere.
var hostile = []string{
	"plain", `"`, `'`, "`", `\`, `\u0041`, `*/`, `<!--`, `-->`, `</script>`, `{{.}}`, `{x}`, `${x}`, `%s`, "a\nb", "\r\n", "\t", "\x00", "\x1b[31m", "\x7f",
	"\u0085", "\u2028", "\u2029", "\u202e", "\ufeff", "\ufffd", "\ud7ff", "\U0010ffff", "日本語", "👍🏽", "e\u0301", "\xff", "\xed\xa0\x80", "null", "true", "__proto__", "", " ",
}

// hostileCatalog has an error with the texts wherever a text is allowed.
func hostileCatalog(t testing.TB, a, b string) *catalog.Catalog {
	t.Helper()
	category := &catalog.Category{Name: "all", Title: a, Description: prose.Parse(b), Anchor: "category-all"}
	s := &catalog.Param{Name: "s", Type: catalog.String, Description: prose.Parse(a), Example: b}
	e := &catalog.Error{
		Name: "A", Code: "1", Anchor: "1", Category: category, HTTPStatus: 400, Title: "T" + a,
		Message:     catalog.Message{Segments: []catalog.Segment{{Text: a}, {Param: s}, {Text: ", " + a}}},
		Description: prose.Parse(a), Resolution: prose.Parse(b), Links: []catalog.Link{{Title: a, URL: b}},
		Params: []*catalog.Param{s, {Name: "l", Type: catalog.StringList, Example: []string{a, b}}, {Name: "secret", Type: catalog.String, Sensitive: true, Example: a}},
		Retry:  catalog.RetryAfter, RetryAfter: 1500 * time.Millisecond, Severity: catalog.SeverityError, Audience: catalog.Public,
		Tags: []string{a, b}, Owner: a, Since: b, Deprecated: &catalog.Lifecycle{Since: a, Reason: prose.Parse(b)}, Metadata: []catalog.Metadatum{{Key: a, Value: b}},
		GoName: "A", TypeScriptName: "A",
	}
	category.Errors = []*catalog.Error{e}
	return &catalog.Catalog{
		Name: "hostile", Title: a, Description: prose.Parse(b), Categories: []*catalog.Category{category}, Errors: category.Errors,
		Reserved: []catalog.Reserved{{Name: "B", Reason: prose.Parse(a)}},
	}
}

func hasBadBytes(texts ...string) bool {
	for _, s := range texts {
		if !utf8.ValidString(s) {
			return true
		}
	}
	return false
}

// FuzzNew puts arbitrary texts everywhere: the JSON form contains each of them.
func FuzzNew(f *testing.F) {
	for i, s := range hostile {
		f.Add(s, hostile[(i+7)%len(hostile)])
	}
	for _, s := range catalogtest.Seeds(20) {
		f.Add(s, "x"+s)
	}
	f.Fuzz(func(t *testing.T, a, b string) {
		a, b = catalogtest.Pieces(a), catalogtest.Pieces(b)
		m := model.New(hostileCatalog(t, a, b))
		data, err := json.Marshal(m)
		if err != nil {
			t.Fatal(err)
		}
		var got struct {
			Title, Description string
			Categories         []struct{ Title, Description string }
			Errors             []struct {
				Title, Message, Description, Resolution, Owner, Since string
				Tags                                                  []string
				Links                                                 []model.Link
				Params                                                []struct {
					Description string
					Example     any
				}
				Deprecated model.Lifecycle
				Metadata   map[string]string
			}
			Reserved []model.Reserved
		}
		if err := json.Unmarshal(data, &got); err != nil {
			t.Fatal(err)
		}
		if hasBadBytes(a, b) {
			return // they become U+FFFD
		}
		e := got.Errors[0]
		doubled := strings.NewReplacer("{", "{{", "}", "}}")
		for i, pair := range [][2]string{
			{got.Title, a}, {got.Description, b}, {got.Categories[0].Title, a}, {got.Categories[0].Description, b},
			{e.Title, "T" + a}, {e.Message, doubled.Replace(a) + "{s}" + doubled.Replace(", "+a)}, {e.Description, a}, {e.Resolution, b},
			{e.Owner, a}, {e.Since, b}, {e.Tags[0], a}, {e.Tags[1], b}, {e.Links[0].Title, a}, {e.Links[0].URL, b},
			{e.Params[0].Description, a}, {e.Params[0].Example.(string), b}, {e.Deprecated.Since, a}, {e.Deprecated.Reason, b},
			{e.Metadata[a], b}, {got.Reserved[0].Reason, a},
		} {
			if pair[0] != pair[1] {
				t.Errorf("text %d is %q, want %q", i, pair[0], pair[1])
			}
		}
	})
}
