package golang

import (
	"fmt"
	"testing"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/catalogtest"
	"github.com/errcat/errcat/generator/catalogtest/load"
	"github.com/errcat/errcat/generator/prose"
)

// large returns a catalog of n errors in ten categories; every fifth error has
// two params.
func large(n int) *catalog.Catalog {
	c := &catalog.Catalog{Name: "large", GoPackage: "large", Title: "A large catalog"}
	field := &catalog.MetadataField{Name: "state", Type: catalog.MetadataString, Title: "State", GoField: "State"}
	list := &catalog.MetadataField{Name: "teams", Type: catalog.MetadataStringList, Title: "Teams", GoField: "Teams"}
	c.Metadata = []*catalog.MetadataField{field, list}
	for i := range 10 {
		c.Categories = append(c.Categories, &catalog.Category{Name: fmt.Sprintf("group_%d", i), Title: fmt.Sprintf("Group %d", i), GoName: fmt.Sprintf("CategoryGroup%d", i)})
	}
	for i := range n {
		e := &catalog.Error{
			Name:        fmt.Sprintf("REQUEST_FAILED_%05d", i),
			Code:        fmt.Sprintf("E%05d", i),
			Category:    c.Categories[i*10/n],
			HTTPStatus:  400 + i%30,
			Title:       fmt.Sprintf("Request failed in way %d", i),
			Message:     catalog.Message{Segments: []catalog.Segment{{Text: fmt.Sprintf("The request failed in way %d of many", i)}}},
			Description: prose.Parse("The service could not do what was asked, because a part of the request did not hold what the service needs."),
			Resolution:  prose.Parse("Look at the request and send it again with all that is needed."),
			Severity:    catalog.SeverityError,
			GoName:      fmt.Sprintf("RequestFailed%05d", i),
			Metadata:    []catalog.Metadatum{{Key: "state", Field: field, Value: fmt.Sprintf("%05d", i)}, {Key: "teams", Field: list, Value: []string{"a", "b"}}},
		}
		if i%5 == 0 {
			user := &catalog.Param{Name: "user_id", Type: catalog.String, Description: prose.Parse("The user of the request."), GoField: "UserID", GoArg: "userID"}
			count := &catalog.Param{Name: "count", Type: catalog.Integer, Description: prose.Parse("How often it was tried."), GoField: "Count", GoArg: "count"}
			e.Params = []*catalog.Param{user, count}
			e.Message.Segments = append(e.Message.Segments, catalog.Segment{Text: ": "}, catalog.Segment{Param: user}, catalog.Segment{Text: " tried "}, catalog.Segment{Param: count})
		}
		e.Category.Errors = append(e.Category.Errors, e)
		c.Errors = append(c.Errors, e)
	}
	return c
}

func BenchmarkGenerate(b *testing.B) {
	for _, n := range []int{20, 1_000, 10_000} {
		b.Run(fmt.Sprintf("codes=%d", n), func(b *testing.B) {
			c := load.Source(b, catalogtest.YAML(n))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := Generate(c, Options{}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func TestGrowsLinearly(t *testing.T) {
	catalogtest.GrowsLinearly(t, func(source []byte) func() {
		c := load.Source(t, source)
		return func() {
			if _, err := Generate(c, Options{}); err != nil {
				t.Error(err)
			}
		}
	})
}
