// Package catalogtest makes catalogs of any size and hostile texts for tests, fuzz
// targets and benchmarks, checks how the cost of work on catalogs grows, and says
// where texts differ. No command that users run imports it.
package catalogtest

import (
	"bytes"
	"fmt"
	"math"
	"strings"
)

// YAML returns the source of a valid catalog with the given number of errors (at
// least one), which loads without findings. The same number gives the same bytes.
//
// It resembles real catalogs: the number of categories grows with the square root
// of the number of errors, up to 40 at 10,000; codes are numbers from the range of
// their category; descriptions have one to three sentences; every other error has
// a resolution and every fifth has params, of all types; a few have an alias, a
// former name, a link, a deprecation or a retirement. It has no outputs.
func YAML(codes int) []byte {
	codes = max(codes, 1)
	w := writer{codes: codes}
	w.categories = min(max(2, int(math.Sqrt(float64(codes))*2/5)), codes)
	perCategory := (codes + w.categories - 1) / w.categories
	w.rangeSize = (perCategory + 99) / 100 * 100
	for w.firstCode = 1000; w.firstCode < w.categories*w.rangeSize; {
		w.firstCode *= 10
	}
	w.header()
	w.categoryList()
	w.WriteString("\nerrors:\n")
	for i := range codes {
		w.error(i)
	}
	return w.Bytes()
}

// writer writes one catalog.
type writer struct {
	bytes.Buffer
	codes, categories    int
	rangeSize, firstCode int
}

// The words and sentences that names and texts are made of.
var (
	objects = strings.Fields(`account address api_key archive batch booking card catalog certificate charge claim
		comment contract coupon customer delivery device discount document domain export file group identity import
		invoice job ledger license message order partner password payment payout plan policy price product profile
		quota refund report role session shipment subscription template token user webhook`)
	conditions = strings.Fields(`not_found already_exists expired disabled locked too_large too_small malformed
		incomplete conflicting not_supported not_allowed unverified rejected cancelled timed_out out_of_range
		limit_exceeded in_use read_only unreachable unreadable corrupted duplicated outdated suspended pending
		unassigned mismatched revoked blocked throttled empty encrypted unsigned unpaid overdue closed deleted hidden`)
	qualifiers = []string{"", "for_partner", "in_sandbox", "during_import", "after_close"}
	areas      = strings.Fields(`access billing catalog compliance delivery identity integration limits messaging
		orders payments platform pricing reporting storage support`)
	sentences = []string{
		"The service looked it up with the data of the request, and what it found does not allow the action.",
		"It is checked before anything is written, so nothing has changed.",
		"This happens most often when two clients work on the same record, or when one of them works from an old copy.",
		"The header `Idempotency-Key` keeps its meaning: sending the same request again gives the same answer.",
		"See the [overview of limits](https://docs.example.com/limits) for what each plan includes.",
		"A record in this state can be read, but neither changed nor deleted.",
		"Only an administrator of the account sees the details; everybody else sees the code alone.",
		"The check runs in the region of the account, *not* in the one that took the request.",
		"What the partner answered is kept for 30 days.",
	}
	resolutions = []string{
		"Check the identifiers of the request, and send it again.",
		"Ask an administrator of the account to change its state.",
		"Read the record, apply the change to what was read, and send it again.",
		"Wait until the job that holds the record has ended; its progress is in the dashboard.",
	}
	statuses   = []int{400, 401, 403, 404, 409, 410, 412, 422, 423, 429, 500, 502, 503, 504}
	severities = strings.Fields("debug info warning critical")
	// paramLines has a param of each type, in the long or the short form.
	paramLines = []string{
		"limit: {type: integer, description: The most that the plan includes., example: 42}",
		"ratio: {type: number, example: 0.75}",
		"is_final: boolean",
		`closed_at: {type: datetime, description: When it was closed., example: "2026-01-31T12:00:00Z"}`,
		"wait: {type: duration, example: 1m30s}",
		"fields: {type: \"string[]\", description: The fields that were not accepted., example: [name, email]}",
		"positions: integer[]",
		"secret: {type: string, description: What the caller sent., sensitive: true}",
	}
)

// pick returns a pseudorandom number below n that depends only on i and salt.
func pick(i, salt, n int) int {
	x := uint64(i)*0x9E3779B97F4A7C15 + uint64(salt)*0xBF58476D1CE4E5B9
	x = (x ^ x>>30) * 0xBF58476D1CE4E5B9
	x = (x ^ x>>27) * 0x94D049BB133111EB
	return int((x ^ x>>31) % uint64(n))
}

func (w *writer) header() {
	fmt.Fprintf(w, `# The errors of the example platform.
version: 1

catalog:
  name: platform
  title: Platform error codes
  description: >-
    What the platform answers when it could not do what a request asked for.
  domain: example.com
  type_uri: https://docs.example.com/errors#{code}

categories:
`)
}

func (w *writer) categoryList() {
	for c := range w.categories {
		first := w.firstCode + c*w.rangeSize
		fmt.Fprintf(w, "  %s:\n    title: %s\n    description: What can go wrong with the %s of an account.\n    http_status: %d\n    codes: \"%d-%d\"\n",
			w.category(c), sentence(w.category(c)), words(w.category(c)), statuses[pick(c, 1, len(statuses))], first, first+w.rangeSize-1)
	}
}

func (w *writer) category(c int) string {
	area := areas[c%len(areas)]
	if n := c / len(areas); n > 0 {
		return fmt.Sprintf("%s_%d", area, n+1)
	}
	return area
}

// name returns the object of an error and its name, lowercase words joined by
// "_".
func (w *writer) name(i int) (object, name string) {
	perObject := (w.codes + len(objects) - 1) / len(objects)
	o, n := i/perObject, i%perObject
	object = objects[o]
	name = object + "_" + conditions[(n+7*o)%len(conditions)]
	n /= len(conditions)
	if q := qualifiers[n%len(qualifiers)]; q != "" {
		name += "_" + q
	}
	if n /= len(qualifiers); n > 0 {
		name += fmt.Sprintf("_%d", n+1)
	}
	return object, name
}

func (w *writer) error(i int) {
	perCategory := (w.codes + w.categories - 1) / w.categories
	c := i / perCategory
	code := w.firstCode + c*w.rangeSize + i%perCategory
	object, name := w.name(i)
	fmt.Fprintf(w, "  %s:\n    code: \"%d\"\n", strings.ToUpper(name), code)
	if pick(i, 2, 25) == 0 {
		fmt.Fprintf(w, "    aliases: [\"X%d\"]\n", code)
	}
	if pick(i, 3, 50) == 0 {
		fmt.Fprintf(w, "    former_names: [OLD_%s]\n", strings.ToUpper(name))
	}
	fmt.Fprintf(w, "    category: %s\n", w.category(c))
	if pick(i, 4, 3) == 0 {
		fmt.Fprintf(w, "    http_status: %d\n", statuses[pick(i, 5, len(statuses))])
	}
	fmt.Fprintf(w, "    title: %s\n", sentence(name))
	w.message(i, object, name)
	w.description(i)
	if pick(i, 8, 2) == 0 {
		fmt.Fprintf(w, "    resolution: %s\n", resolutions[pick(i, 9, len(resolutions))])
	}
	if pick(i, 10, 20) == 0 {
		fmt.Fprintf(w, "    links: [{title: Background, url: \"https://docs.example.com/%s#%d\"}]\n", object, code)
	}
	switch pick(i, 11, 10) {
	case 0:
		w.WriteString("    retry: safe\n")
	case 1:
		fmt.Fprintf(w, "    retry: after\n    retry_after: %ds\n", 5+pick(i, 12, 60))
	}
	if pick(i, 13, 8) == 0 {
		fmt.Fprintf(w, "    severity: %s\n", severities[pick(i, 14, len(severities))])
	}
	if pick(i, 15, 50) == 0 {
		w.WriteString("    audience: internal\n")
	}
	if pick(i, 16, 10) == 0 {
		fmt.Fprintf(w, "    tags: [%s, %s]\n    owner: team-%s\n", areas[pick(i, 17, 8)], areas[8+pick(i, 18, 8)], object)
	}
	if pick(i, 19, 4) == 0 {
		fmt.Fprintf(w, "    since: \"%d.%d\"\n", 1+pick(i, 20, 3), pick(i, 21, 10))
	}
	switch pick(i, 22, 60) {
	case 0, 1:
		w.WriteString("    deprecated: {since: \"3.0\", reason: The check moved to another service.}\n")
	case 2:
		w.WriteString("    retired: {since: \"3.2\", reason: The action does not exist any more.}\n")
	}
	w.WriteByte('\n')
}

// message writes the message of an error, and the params of every fifth error.
func (w *writer) message(i int, object, name string) {
	condition := words(strings.TrimPrefix(name, object+"_"))
	if pick(i, 6, 5) != 0 {
		fmt.Fprintf(w, "    message: The %s is %s.\n", words(object), condition)
		return
	}
	id := object + "_id"
	fmt.Fprintf(w, "    message: \"The %s {%s} is %s.\"\n    params:\n", words(object), id, condition)
	fmt.Fprintf(w, "      %s:\n        type: string\n        description: The `%s` of the request.\n        example: %s-42\n", id, id, object[:1])
	for n := range pick(i, 7, 4) {
		// Consecutive lines are different params.
		fmt.Fprintf(w, "      %s\n", paramLines[(pick(i, 23, len(paramLines))+n)%len(paramLines)])
	}
}

// description writes one to three sentences.
func (w *writer) description(i int) {
	w.WriteString("    description: >-\n")
	for n := range 1 + pick(i, 24, 3) {
		fmt.Fprintf(w, "      %s\n", sentences[(pick(i, 25, len(sentences))+n)%len(sentences)])
	}
}

// words returns the words of a name, separated by spaces.
func words(name string) string { return strings.ReplaceAll(name, "_", " ") }

// sentence returns the words of a name with a capital at the beginning.
func sentence(name string) string { return strings.ToUpper(name[:1]) + words(name[1:]) }
