package golang

import (
	"fmt"

	"github.com/dave/jennifer/jen"
)

// problemFile builds problem.go: errors as they travel over HTTP.
func (p *pkg) problemFile() *source {
	s := &source{path: "problem.go"}
	s.add(p.problemType, fieldErrorType, p.problemOfFunc, marshalProblem, unmarshalProblem, problemMethods, withMembersFuncs)
	return s
}

// problemType adds the type of an error that travels over HTTP.
func (p *pkg) problemType(g *jen.Group) {
	// type Problem struct {
	// 	Type     string
	// 	Title    string
	// 	Status   int
	// 	Detail   string
	// 	Instance string
	// 	Code     Code
	// 	Errors   []FieldError
	// 	// Extensions are all other members: the params, and what this package does
	// 	// not know.
	// 	Extensions map[string]json.RawMessage
	// 	// RetryAfter is the header Retry-After. It does not stand in the body.
	// 	RetryAfter time.Duration
	// }
	readers := "[ReadProblem] or [ParseProblem]"
	if p.noHTTP {
		readers = "[ParseProblem]"
	}
	docf(g, "A Problem is an error as it travels over HTTP: the problem details of RFC 9457. [ProblemOf] makes it of an error for "+
		"a client, which gets it from %s. It is an error too: errors.Is compares it with a "+
		"[Code], and errors.As makes the struct of the Code, with the params that arrived.", readers)
	g.Type().Id("Problem").StructFunc(func(g *jen.Group) {
		g.Id("Type").String()
		g.Id("Title").String()
		g.Id("Status").Int()
		g.Id("Detail").String()
		g.Id("Instance").String()
		g.Id("Code").Id("Code")
		g.Id("Errors").Index().Id("FieldError")
		docf(g, "Extensions are all other members: the params, and what this package does not know.")
		g.Id("Extensions").Map(jen.String()).Qual("encoding/json", "RawMessage")
		docf(g, "RetryAfter is the header Retry-After. It does not stand in the body.")
		g.Id("RetryAfter").Qual("time", "Duration")
	})
}

// fieldErrorType adds the type of what is wrong in the body of a request, and
// that of its place.
func fieldErrorType(g *jen.Group) {
	// type FieldError struct {
	// 	Pointer Pointer `json:"pointer"`
	// 	Detail  string  `json:"detail"`
	// }
	docf(g, "A FieldError says what is wrong at one place in the body of a request.")
	g.Type().Id("FieldError").Struct(
		jen.Id("Pointer").Id("Pointer").Tag(map[string]string{"json": "pointer"}),
		jen.Id("Detail").String().Tag(map[string]string{"json": "detail"}),
	)

	// type Pointer string
	docf(g, "A Pointer is a JSON Pointer (RFC 6901) to a place in the body of a request. The empty Pointer is the whole body.")
	g.Type().Id("Pointer").String()

	// func (p Pointer) Key(name string) Pointer {
	// 	name = strings.ReplaceAll(name, "~", "~0")
	// 	name = strings.ReplaceAll(name, "/", "~1")
	// 	return p + "/" + Pointer(name)
	// }
	docf(g, "Key returns the Pointer to a member of the object that p points to.")
	g.Func().Params(jen.Id("p").Id("Pointer")).Id("Key").Params(jen.Id("name").String()).Id("Pointer").Block(
		jen.Id("name").Op("=").Qual("strings", "ReplaceAll").Call(jen.Id("name"), jen.Lit("~"), jen.Lit("~0")),
		jen.Id("name").Op("=").Qual("strings", "ReplaceAll").Call(jen.Id("name"), jen.Lit("/"), jen.Lit("~1")),
		jen.Return(jen.Id("p").Op("+").Lit("/").Op("+").Id("Pointer").Call(jen.Id("name"))),
	)

	// func (p Pointer) Index(i int) Pointer {
	// 	return p + "/" + Pointer(strconv.Itoa(i))
	// }
	docf(g, "Index returns the Pointer to an element of the array that p points to, counted from 0.")
	g.Func().Params(jen.Id("p").Id("Pointer")).Id("Index").Params(jen.Id("i").Int()).Id("Pointer").Block(
		jen.Return(jen.Id("p").Op("+").Lit("/").Op("+").Id("Pointer").Call(jen.Qual("strconv", "Itoa").Call(jen.Id("i")))),
	)
}

// problemOfFunc adds what makes a Problem of an error.
func (p *pkg) problemOfFunc(g *jen.Group) {
	// func ProblemOf(err error) *Problem {
	// 	if err == nil {
	// 		return nil
	// 	}
	// 	f := served(err)
	// 	code, uri, title, retryAfter := f.code.ProblemFields()
	// 	p := &Problem{
	// 		Type:       uri,
	// 		Title:      title,
	// 		Status:     f.status,
	// 		Detail:     strings.TrimPrefix(f.text(), code+": "),
	// 		Code:       Code(code),
	// 		RetryAfter: time.Duration(retryAfter) * time.Second,
	// 	}
	// 	values := params(f.code, f.around)
	// 	for i := 0; i+1 < len(values); i += 2 {
	// 		p.extend(values[i].(string), values[i+1])
	// 	}
	// 	if f.members != nil {
	// 		p.addMembers(f.members, f.hidden)
	// 	}
	// 	return p
	// }
	hidden := "An error that is not in the catalog or is internal is shown as the status 500 alone"
	if p.Fallback != nil {
		hidden = fmt.Sprintf("An error that is not in the catalog or is internal is shown as [%s]", p.Fallback.GoName)
	}
	hidden += ", with no more of its own than the URI of [WithInstance]."
	doc(g, paragraphs(
		"ProblemOf returns what a client may see of an error, and nil for nil. It shows the outermost error of a catalog among "+
			"err and what it wraps; the causes that [Wrap] added do not count. Errors of other packages that errcat made keep "+
			"their codes. "+hidden,
		"Params are Extensions: a datetime as RFC 3339 has it, a duration as a text for time.ParseDuration, a list never as "+
			"null. NaN, infinities and years outside of 0 to 9999 are left out, since JSON cannot hold them; bytes that are not "+
			"UTF-8 become U+FFFD.",
	))
	g.Func().Id("ProblemOf").Params(jen.Id("err").Error()).Op("*").Id("Problem").Block(
		jen.If(jen.Id("err").Op("==").Nil()).Block(
			jen.Return(jen.Nil()),
		),
		jen.Id("f").Op(":=").Id("served").Call(jen.Id("err")),
		jen.List(jen.Id("code"), jen.Id("uri"), jen.Id("title"), jen.Id("retryAfter")).Op(":=").Id("f").Dot("code").Dot("ProblemFields").Call(),
		jen.Id("p").Op(":=").Op("&").Id("Problem").Custom(rows,
			jen.Id("Type").Op(":").Id("uri"),
			jen.Id("Title").Op(":").Id("title"),
			jen.Id("Status").Op(":").Id("f").Dot("status"),
			jen.Id("Detail").Op(":").Qual("strings", "TrimPrefix").Call(jen.Id("f").Dot("text").Call(), jen.Id("code").Op("+").Lit(": ")),
			jen.Id("Code").Op(":").Id("Code").Call(jen.Id("code")),
			jen.Id("RetryAfter").Op(":").Qual("time", "Duration").Call(jen.Id("retryAfter")).Op("*").Qual("time", "Second"),
		),
		jen.Id("values").Op(":=").Id("params").Call(jen.Id("f").Dot("code"), jen.Id("f").Dot("around")),
		jen.For(jen.Id("i").Op(":=").Lit(0), jen.Id("i").Op("+").Lit(1).Op("<").Len(jen.Id("values")), jen.Id("i").Op("+=").Lit(2)).Block(
			jen.Id("p").Dot("extend").Call(jen.Id("values").Index(jen.Id("i")).Assert(jen.String()), jen.Id("values").Index(jen.Id("i").Op("+").Lit(1))),
		),
		jen.If(jen.Id("f").Dot("members").Op("!=").Nil()).Block(
			jen.Id("p").Dot("addMembers").Call(jen.Id("f").Dot("members"), jen.Id("f").Dot("hidden")),
		),
		jen.Return(jen.Id("p")),
	)

	// func (p *Problem) extend(name string, value any) {
	// 	switch v := value.(type) {
	// 	case time.Duration:
	// 		value = v.String()
	// 	case time.Time:
	// 		if _, offset := v.Zone(); offset%60 != 0 {
	// 			value = v.UTC() // RFC 3339 has no seconds in an offset
	// 		}
	// 	case []string:
	// 		if v == nil {
	// 			value = []string{}
	// 		}
	// 	case []int64:
	// 		if v == nil {
	// 			value = []int64{}
	// 		}
	// 	}
	// 	raw, err := json.Marshal(value)
	// 	if err != nil {
	// 		return
	// 	}
	// 	if p.Extensions == nil {
	// 		p.Extensions = make(map[string]json.RawMessage)
	// 	}
	// 	p.Extensions[name] = raw
	// }
	docf(g, "extend adds a param. A duration becomes a text that time.ParseDuration reads; what JSON cannot hold is left out.")
	g.Func().Params(jen.Id("p").Op("*").Id("Problem")).Id("extend").Params(jen.Id("name").String(), jen.Id("value").Any()).Block(
		jen.Switch(jen.Id("v").Op(":=").Id("value").Assert(jen.Type())).Block(
			jen.Case(jen.Qual("time", "Duration")).Block(
				jen.Id("value").Op("=").Id("v").Dot("String").Call(),
			),
			jen.Case(jen.Qual("time", "Time")).Block(
				jen.If(
					jen.List(jen.Id("_"), jen.Id("offset")).Op(":=").Id("v").Dot("Zone").Call(),
					jen.Id("offset").Op("%").Lit(60).Op("!=").Lit(0),
				).Block(
					jen.Id("value").Op("=").Id("v").Dot("UTC").Call().Comment("RFC 3339 has no seconds in an offset"),
				),
			),
			jen.Case(jen.Index().String()).Block(
				jen.If(jen.Id("v").Op("==").Nil()).Block(
					jen.Id("value").Op("=").Index().String().Values(),
				),
			),
			jen.Case(jen.Index().Int64()).Block(
				jen.If(jen.Id("v").Op("==").Nil()).Block(
					jen.Id("value").Op("=").Index().Int64().Values(),
				),
			),
		),
		jen.List(jen.Id("raw"), jen.Id("err")).Op(":=").Qual("encoding/json", "Marshal").Call(jen.Id("value")),
		jen.If(jen.Id("err").Op("!=").Nil()).Block(
			jen.Return(),
		),
		jen.If(jen.Id("p").Dot("Extensions").Op("==").Nil()).Block(
			jen.Id("p").Dot("Extensions").Op("=").Make(jen.Map(jen.String()).Qual("encoding/json", "RawMessage")),
		),
		jen.Id("p").Dot("Extensions").Index(jen.Id("name")).Op("=").Id("raw"),
	)

	// func (p *Problem) addMembers(m problemMembers, hidden bool) {
	// 	instance, retryAfter, errs := m.ProblemMembers()
	// 	p.Instance = instance
	// 	if hidden {
	// 		return
	// 	}
	// 	if retryAfter > 0 {
	// 		p.RetryAfter = time.Duration(retryAfter) * time.Second
	// 	}
	// 	p.Errors = fieldErrors(errs)
	// }
	docf(g, "addMembers adds what [WithInstance] and [WithErrors] gave. Of an error that the client must not see, only the "+
		"instance is shown.")
	g.Func().Params(jen.Id("p").Op("*").Id("Problem")).Id("addMembers").Params(jen.Id("m").Id("problemMembers"), jen.Id("hidden").Bool()).Block(
		jen.List(jen.Id("instance"), jen.Id("retryAfter"), jen.Id("errs")).Op(":=").Id("m").Dot("ProblemMembers").Call(),
		jen.Id("p").Dot("Instance").Op("=").Id("instance"),
		jen.If(jen.Id("hidden")).Block(
			jen.Return(),
		),
		jen.If(jen.Id("retryAfter").Op(">").Lit(0)).Block(
			jen.Id("p").Dot("RetryAfter").Op("=").Qual("time", "Duration").Call(jen.Id("retryAfter")).Op("*").Qual("time", "Second"),
		),
		jen.Id("p").Dot("Errors").Op("=").Id("fieldErrors").Call(jen.Id("errs")),
	)
}

// marshalProblem adds what writes the body of a Problem.
func marshalProblem(g *jen.Group) {
	// func (p Problem) MarshalJSON() ([]byte, error) {
	// 	b, err := json.Marshal(struct {
	// 		Type     string `json:"type,omitempty"`
	// 		Title    string `json:"title,omitempty"`
	// 		Status   int    `json:"status,omitempty"`
	// 		Detail   string `json:"detail,omitempty"`
	// 		Instance string `json:"instance,omitempty"`
	// 		Code     Code   `json:"code,omitempty"`
	// 	}{p.Type, p.Title, p.Status, p.Detail, p.Instance, p.Code})
	// 	if err != nil {
	// 		return nil, err
	// 	}
	// 	b = b[:len(b)-1]
	// 	for _, name := range p.extensionNames() {
	// 		b = appendMember(b, name, p.Extensions[name])
	// 	}
	// 	if len(p.Errors) > 0 {
	// 		errs, err := json.Marshal(p.Errors)
	// 		if err != nil {
	// 			return nil, err
	// 		}
	// 		b = appendMember(b, "errors", errs)
	// 	}
	// 	return append(b, '}'), nil
	// }
	docf(g, "MarshalJSON returns the body of a response: the members of RFC 9457, the code, the other members by name, and the "+
		"errors.")
	g.Func().Params(jen.Id("p").Id("Problem")).Id("MarshalJSON").Params().Params(jen.Index().Byte(), jen.Error()).Block(
		jen.List(jen.Id("b"), jen.Id("err")).Op(":=").Qual("encoding/json", "Marshal").Call(jen.Struct(
			jen.Id("Type").String().Tag(map[string]string{"json": "type,omitempty"}),
			jen.Id("Title").String().Tag(map[string]string{"json": "title,omitempty"}),
			jen.Id("Status").Int().Tag(map[string]string{"json": "status,omitempty"}),
			jen.Id("Detail").String().Tag(map[string]string{"json": "detail,omitempty"}),
			jen.Id("Instance").String().Tag(map[string]string{"json": "instance,omitempty"}),
			jen.Id("Code").Id("Code").Tag(map[string]string{"json": "code,omitempty"}),
		).Values(
			jen.Id("p").Dot("Type"),
			jen.Id("p").Dot("Title"),
			jen.Id("p").Dot("Status"),
			jen.Id("p").Dot("Detail"),
			jen.Id("p").Dot("Instance"),
			jen.Id("p").Dot("Code"),
		)),
		jen.If(jen.Id("err").Op("!=").Nil()).Block(
			jen.Return(jen.Nil(), jen.Id("err")),
		),
		jen.Id("b").Op("=").Id("b").Index(jen.Empty(), jen.Len(jen.Id("b")).Op("-").Lit(1)),
		jen.For(jen.List(jen.Id("_"), jen.Id("name")).Op(":=").Range().Id("p").Dot("extensionNames").Call()).Block(
			jen.Id("b").Op("=").Id("appendMember").Call(jen.Id("b"), jen.Id("name"), jen.Id("p").Dot("Extensions").Index(jen.Id("name"))),
		),
		jen.If(jen.Len(jen.Id("p").Dot("Errors")).Op(">").Lit(0)).Block(
			jen.List(jen.Id("errs"), jen.Id("err")).Op(":=").Qual("encoding/json", "Marshal").Call(jen.Id("p").Dot("Errors")),
			jen.If(jen.Id("err").Op("!=").Nil()).Block(
				jen.Return(jen.Nil(), jen.Id("err")),
			),
			jen.Id("b").Op("=").Id("appendMember").Call(jen.Id("b"), jen.Lit("errors"), jen.Id("errs")),
		),
		jen.Return(jen.Append(jen.Id("b"), jen.LitRune('}')), jen.Nil()),
	)

	// func (p *Problem) extensionNames() []string {
	// 	names := make([]string, 0, len(p.Extensions))
	// 	for name, raw := range p.Extensions {
	// 		if !isField(name) && json.Valid(raw) {
	// 			names = append(names, name)
	// 		}
	// 	}
	// 	sort.Strings(names)
	// 	return names
	// }
	docf(g, "extensionNames returns the sorted names of the members that are none of the fields of a Problem.")
	g.Func().Params(jen.Id("p").Op("*").Id("Problem")).Id("extensionNames").Params().Index().String().Block(
		jen.Id("names").Op(":=").Make(jen.Index().String(), jen.Lit(0), jen.Len(jen.Id("p").Dot("Extensions"))),
		jen.For(jen.List(jen.Id("name"), jen.Id("raw")).Op(":=").Range().Id("p").Dot("Extensions")).Block(
			jen.If(jen.Op("!").Id("isField").Call(jen.Id("name")).Op("&&").Qual("encoding/json", "Valid").Call(jen.Id("raw"))).Block(
				jen.Id("names").Op("=").Append(jen.Id("names"), jen.Id("name")),
			),
		),
		jen.Qual("sort", "Strings").Call(jen.Id("names")),
		jen.Return(jen.Id("names")),
	)

	// func isField(name string) bool {
	// 	switch name {
	// 	case "type", "title", "status", "detail", "instance", "code", "errors":
	// 		return true
	// 	}
	// 	return false
	// }
	docf(g, "isField reports whether a member has a field of its own in a Problem.")
	g.Func().Id("isField").Params(jen.Id("name").String()).Bool().Block(
		jen.Switch(jen.Id("name")).Block(
			jen.Case(
				jen.Lit("type"),
				jen.Lit("title"),
				jen.Lit("status"),
				jen.Lit("detail"),
				jen.Lit("instance"),
				jen.Lit("code"),
				jen.Lit("errors"),
			).Block(
				jen.Return(jen.True()),
			),
		),
		jen.Return(jen.False()),
	)

	// func appendMember(object []byte, name string, raw json.RawMessage) []byte {
	// 	if len(object) > 1 {
	// 		object = append(object, ',')
	// 	}
	// 	key, err := json.Marshal(name)
	// 	if err != nil {
	// 		return object
	// 	}
	// 	object = append(object, key...)
	// 	object = append(object, ':')
	// 	return append(object, raw...)
	// }
	docf(g, "appendMember appends a member to an object that is not closed yet.")
	g.Func().Id("appendMember").Params(jen.Id("object").Index().Byte(), jen.Id("name").String(), jen.Id("raw").Qual("encoding/json", "RawMessage")).Index().Byte().Block(
		jen.If(jen.Len(jen.Id("object")).Op(">").Lit(1)).Block(
			jen.Id("object").Op("=").Append(jen.Id("object"), jen.LitRune(',')),
		),
		jen.List(jen.Id("key"), jen.Id("err")).Op(":=").Qual("encoding/json", "Marshal").Call(jen.Id("name")),
		jen.If(jen.Id("err").Op("!=").Nil()).Block(
			jen.Return(jen.Id("object")),
		),
		jen.Id("object").Op("=").Append(jen.Id("object"), jen.Id("key").Op("...")),
		jen.Id("object").Op("=").Append(jen.Id("object"), jen.LitRune(':')),
		jen.Return(jen.Append(jen.Id("object"), jen.Id("raw").Op("..."))),
	)
}

// unmarshalProblem adds what reads the body of a Problem.
func unmarshalProblem(g *jen.Group) {
	// func ParseProblem(body []byte) error {
	// 	p := new(Problem)
	// 	_ = p.UnmarshalJSON(body)
	// 	return p
	// }
	docf(g, "ParseProblem returns the *[Problem] that a body holds. It is never nil: a body that is no problem gives one without a "+
		"Code, in which nothing is known, and one that breaks off gives what stood before. The caller compares it by errors.Is "+
		"and errors.As.")
	g.Func().Id("ParseProblem").Params(jen.Id("body").Index().Byte()).Error().Block(
		jen.Id("p").Op(":=").New(jen.Id("Problem")),
		jen.Id("_").Op("=").Id("p").Dot("UnmarshalJSON").Call(jen.Id("body")),
		jen.Return(jen.Id("p")),
	)

	// func (p *Problem) UnmarshalJSON(data []byte) error {
	// 	members, err := readMembers(data)
	// 	*p = Problem{
	// 		Type:     readString(members["type"]),
	// 		Title:    readString(members["title"]),
	// 		Detail:   readString(members["detail"]),
	// 		Instance: readString(members["instance"]),
	// 		Errors:   readErrors(members["errors"]),
	// 	}
	// 	if p.Type == "" {
	// 		p.Type = "about:blank"
	// 	}
	// 	if status := 0; json.Unmarshal(members["status"], &status) == nil && status >= 100 && status <= 999 {
	// 		p.Status = status
	// 	}
	// 	p.Code, _ = ParseCode(readString(members["code"]))
	// 	for name := range members {
	// 		if isField(name) {
	// 			delete(members, name)
	// 		}
	// 	}
	// 	if len(members) > 0 {
	// 		p.Extensions = members
	// 	}
	// 	return err
	// }
	docf(g, "UnmarshalJSON reads a body. As RFC 9457 demands, it ignores members of the wrong type. It fails where data is not an "+
		"object as a whole; members that stand before the place where it breaks off are read all the same.")
	g.Func().Params(jen.Id("p").Op("*").Id("Problem")).Id("UnmarshalJSON").Params(jen.Id("data").Index().Byte()).Error().Block(
		jen.List(jen.Id("members"), jen.Id("err")).Op(":=").Id("readMembers").Call(jen.Id("data")),
		jen.Op("*").Id("p").Op("=").Id("Problem").Custom(rows,
			jen.Id("Type").Op(":").Id("readString").Call(jen.Id("members").Index(jen.Lit("type"))),
			jen.Id("Title").Op(":").Id("readString").Call(jen.Id("members").Index(jen.Lit("title"))),
			jen.Id("Detail").Op(":").Id("readString").Call(jen.Id("members").Index(jen.Lit("detail"))),
			jen.Id("Instance").Op(":").Id("readString").Call(jen.Id("members").Index(jen.Lit("instance"))),
			jen.Id("Errors").Op(":").Id("readErrors").Call(jen.Id("members").Index(jen.Lit("errors"))),
		),
		jen.If(jen.Id("p").Dot("Type").Op("==").Lit("")).Block(
			jen.Id("p").Dot("Type").Op("=").Lit("about:blank"),
		),
		jen.If(
			jen.Id("status").Op(":=").Lit(0),
			jen.Qual("encoding/json", "Unmarshal").Call(jen.Id("members").Index(jen.Lit("status")), jen.Op("&").Id("status")).Op("==").Nil().Op("&&").Id("status").Op(">=").Lit(100).Op("&&").Id("status").Op("<=").Lit(999),
		).Block(
			jen.Id("p").Dot("Status").Op("=").Id("status"),
		),
		jen.List(jen.Id("p").Dot("Code"), jen.Id("_")).Op("=").Id("ParseCode").Call(jen.Id("readString").Call(jen.Id("members").Index(jen.Lit("code")))),
		jen.For(jen.Id("name").Op(":=").Range().Id("members")).Block(
			jen.If(jen.Id("isField").Call(jen.Id("name"))).Block(
				jen.Delete(jen.Id("members"), jen.Id("name")),
			),
		),
		jen.If(jen.Len(jen.Id("members")).Op(">").Lit(0)).Block(
			jen.Id("p").Dot("Extensions").Op("=").Id("members"),
		),
		jen.Return(jen.Id("err")),
	)

	// func readMembers(data []byte) (map[string]json.RawMessage, error) {
	// 	members := make(map[string]json.RawMessage)
	// 	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	// 	data = bytes.ToValidUTF8(data, []byte("\uFFFD"))
	// 	if json.Unmarshal(data, &members) == nil && members != nil {
	// 		return members, nil
	// 	}
	// 	members = make(map[string]json.RawMessage)
	// 	d := json.NewDecoder(bytes.NewReader(data))
	// 	if start, err := d.Token(); err != nil || start != json.Delim('{') {
	// 		return members, errors.New("a problem is a JSON object")
	// 	}
	// 	for d.More() {
	// 		name, err := d.Token()
	// 		if err != nil {
	// 			return members, err
	// 		}
	// 		var raw json.RawMessage
	// 		if err := d.Decode(&raw); err != nil {
	// 			return members, err
	// 		}
	// 		members[name.(string)] = raw
	// 	}
	// 	return members, errors.New("a problem is a JSON object that ends")
	// }
	docf(g, "readMembers returns the members of an object, up to where it breaks off.")
	g.Func().Id("readMembers").Params(jen.Id("data").Index().Byte()).Params(jen.Map(jen.String()).Qual("encoding/json", "RawMessage"), jen.Error()).Block(
		jen.Id("members").Op(":=").Make(jen.Map(jen.String()).Qual("encoding/json", "RawMessage")),
		jen.Id("data").Op("=").Qual("bytes", "TrimPrefix").Call(jen.Id("data"), jen.Index().Byte().Call(jen.Lit("\ufeff"))),
		jen.Id("data").Op("=").Qual("bytes", "ToValidUTF8").Call(jen.Id("data"), jen.Index().Byte().Call(jen.Lit("\uFFFD"))),
		jen.If(jen.Qual("encoding/json", "Unmarshal").Call(jen.Id("data"), jen.Op("&").Id("members")).Op("==").Nil().Op("&&").Id("members").Op("!=").Nil()).Block(
			jen.Return(jen.Id("members"), jen.Nil()),
		),
		jen.Id("members").Op("=").Make(jen.Map(jen.String()).Qual("encoding/json", "RawMessage")),
		jen.Id("d").Op(":=").Qual("encoding/json", "NewDecoder").Call(jen.Qual("bytes", "NewReader").Call(jen.Id("data"))),
		jen.If(
			jen.List(jen.Id("start"), jen.Id("err")).Op(":=").Id("d").Dot("Token").Call(),
			jen.Id("err").Op("!=").Nil().Op("||").Id("start").Op("!=").Qual("encoding/json", "Delim").Call(jen.LitRune('{')),
		).Block(
			jen.Return(jen.Id("members"), jen.Qual("errors", "New").Call(jen.Lit("a problem is a JSON object"))),
		),
		jen.For(jen.Id("d").Dot("More").Call()).Block(
			jen.List(jen.Id("name"), jen.Id("err")).Op(":=").Id("d").Dot("Token").Call(),
			jen.If(jen.Id("err").Op("!=").Nil()).Block(
				jen.Return(jen.Id("members"), jen.Id("err")),
			),
			jen.Var().Id("raw").Qual("encoding/json", "RawMessage"),
			jen.If(jen.Id("err").Op(":=").Id("d").Dot("Decode").Call(jen.Op("&").Id("raw")), jen.Id("err").Op("!=").Nil()).Block(
				jen.Return(jen.Id("members"), jen.Id("err")),
			),
			jen.Id("members").Index(jen.Id("name").Assert(jen.String())).Op("=").Id("raw"),
		),
		jen.Return(jen.Id("members"), jen.Qual("errors", "New").Call(jen.Lit("a problem is a JSON object that ends"))),
	)

	// func readString(raw json.RawMessage) string {
	// 	var s string
	// 	if len(raw) == 0 || json.Unmarshal(raw, &s) != nil {
	// 		return ""
	// 	}
	// 	return s
	// }
	docf(g, "readString returns a text, and \"\" where the member is none.")
	g.Func().Id("readString").Params(jen.Id("raw").Qual("encoding/json", "RawMessage")).String().Block(
		jen.Var().Id("s").String(),
		jen.If(jen.Len(jen.Id("raw")).Op("==").Lit(0).Op("||").Qual("encoding/json", "Unmarshal").Call(jen.Id("raw"), jen.Op("&").Id("s")).Op("!=").Nil()).Block(
			jen.Return(jen.Lit("")),
		),
		jen.Return(jen.Id("s")),
	)

	// func readErrors(raw json.RawMessage) []FieldError {
	// 	var elements []json.RawMessage
	// 	if len(raw) == 0 || json.Unmarshal(raw, &elements) != nil {
	// 		return nil
	// 	}
	// 	var errs []FieldError
	// 	for _, element := range elements {
	// 		members, err := readMembers(element)
	// 		e := FieldError{Pointer: Pointer(readString(members["pointer"])), Detail: readString(members["detail"])}
	// 		if err == nil && e != (FieldError{}) {
	// 			errs = append(errs, e)
	// 		}
	// 	}
	// 	return errs
	// }
	docf(g, "readErrors returns the field errors among the elements of an array.")
	g.Func().Id("readErrors").Params(jen.Id("raw").Qual("encoding/json", "RawMessage")).Index().Id("FieldError").Block(
		jen.Var().Id("elements").Index().Qual("encoding/json", "RawMessage"),
		jen.If(jen.Len(jen.Id("raw")).Op("==").Lit(0).Op("||").Qual("encoding/json", "Unmarshal").Call(jen.Id("raw"), jen.Op("&").Id("elements")).Op("!=").Nil()).Block(
			jen.Return(jen.Nil()),
		),
		jen.Var().Id("errs").Index().Id("FieldError"),
		jen.For(jen.List(jen.Id("_"), jen.Id("element")).Op(":=").Range().Id("elements")).Block(
			jen.List(jen.Id("members"), jen.Id("err")).Op(":=").Id("readMembers").Call(jen.Id("element")),
			jen.Id("e").Op(":=").Id("FieldError").Values(
				jen.Id("Pointer").Op(":").Id("Pointer").Call(jen.Id("readString").Call(jen.Id("members").Index(jen.Lit("pointer")))),
				jen.Id("Detail").Op(":").Id("readString").Call(jen.Id("members").Index(jen.Lit("detail"))),
			),
			jen.If(jen.Id("err").Op("==").Nil().Op("&&").Id("e").Op("!=").Parens(jen.Id("FieldError").Values())).Block(
				jen.Id("errs").Op("=").Append(jen.Id("errs"), jen.Id("e")),
			),
		),
		jen.Return(jen.Id("errs")),
	)
}

// problemMethods adds the methods by which a Problem is an error.
func problemMethods(g *jen.Group) {
	// func (p *Problem) Error() string {
	// 	name, text := string(p.Code), p.Detail
	// 	if name == "" && p.Status != 0 {
	// 		name = strconv.Itoa(p.Status)
	// 	}
	// 	if text == "" {
	// 		text = p.Title
	// 	}
	// 	switch {
	// 	case name == "" && text == "":
	// 		return "unknown problem"
	// 	case name == "":
	// 		return text
	// 	case text == "":
	// 		return name
	// 	}
	// 	return name + ": " + text
	// }
	docf(g, "Error returns the code, or the status where there is none, and the detail.")
	g.Func().Params(jen.Id("p").Op("*").Id("Problem")).Id("Error").Params().String().Block(
		jen.List(jen.Id("name"), jen.Id("text")).Op(":=").List(jen.String().Call(jen.Id("p").Dot("Code")), jen.Id("p").Dot("Detail")),
		jen.If(jen.Id("name").Op("==").Lit("").Op("&&").Id("p").Dot("Status").Op("!=").Lit(0)).Block(
			jen.Id("name").Op("=").Qual("strconv", "Itoa").Call(jen.Id("p").Dot("Status")),
		),
		jen.If(jen.Id("text").Op("==").Lit("")).Block(
			jen.Id("text").Op("=").Id("p").Dot("Title"),
		),
		jen.Switch().Block(
			jen.Case(jen.Id("name").Op("==").Lit("").Op("&&").Id("text").Op("==").Lit("")).Block(
				jen.Return(jen.Lit("unknown problem")),
			),
			jen.Case(jen.Id("name").Op("==").Lit("")).Block(
				jen.Return(jen.Id("text")),
			),
			jen.Case(jen.Id("text").Op("==").Lit("")).Block(
				jen.Return(jen.Id("name")),
			),
		),
		jen.Return(jen.Id("name").Op("+").Lit(": ").Op("+").Id("text")),
	)

	// func (p *Problem) Unwrap() error {
	// 	if p.Code == "" {
	// 		return nil
	// 	}
	// 	return p.Code
	// }
	docf(g, "Unwrap returns the Code, and nil where there is none.")
	g.Func().Params(jen.Id("p").Op("*").Id("Problem")).Id("Unwrap").Params().Error().Block(
		jen.If(jen.Id("p").Dot("Code").Op("==").Lit("")).Block(
			jen.Return(jen.Nil()),
		),
		jen.Return(jen.Id("p").Dot("Code")),
	)

	// func (p *Problem) As(target any) bool {
	// 	v := reflect.ValueOf(target)
	// 	if v.Kind() != reflect.Pointer || v.IsNil() {
	// 		return false
	// 	}
	// 	t := v.Elem().Type()
	// 	if t.Kind() != reflect.Pointer {
	// 		return false
	// 	}
	// 	made := reflect.New(t.Elem())
	// 	err, ok := made.Interface().(interface {
	// 		error
	// 		Unwrap() error
	// 	})
	// 	if !ok {
	// 		return false
	// 	}
	// 	s := structOf(p.Code, err)
	// 	if !s.IsValid() || err.Unwrap() != p.Code {
	// 		return false
	// 	}
	// 	for i := 0; i < s.NumField(); i++ {
	// 		name := paramName(s.Type().Field(i))
	// 		if raw, ok := p.Extensions[name]; ok && name != "" {
	// 			readParam(raw, s.Field(i))
	// 		}
	// 	}
	// 	v.Elem().Set(made)
	// 	return true
	// }
	docf(g, "As makes the struct of the Code for errors.As, and fills its fields with the params that arrived. It reports false "+
		"for every other target.")
	g.Func().Params(jen.Id("p").Op("*").Id("Problem")).Id("As").Params(jen.Id("target").Any()).Bool().Block(
		jen.Id("v").Op(":=").Qual("reflect", "ValueOf").Call(jen.Id("target")),
		jen.If(jen.Id("v").Dot("Kind").Call().Op("!=").Qual("reflect", "Pointer").Op("||").Id("v").Dot("IsNil").Call()).Block(
			jen.Return(jen.False()),
		),
		jen.Id("t").Op(":=").Id("v").Dot("Elem").Call().Dot("Type").Call(),
		jen.If(jen.Id("t").Dot("Kind").Call().Op("!=").Qual("reflect", "Pointer")).Block(
			jen.Return(jen.False()),
		),
		jen.Id("made").Op(":=").Qual("reflect", "New").Call(jen.Id("t").Dot("Elem").Call()),
		jen.List(jen.Id("err"), jen.Id("ok")).Op(":=").Id("made").Dot("Interface").Call().Assert(jen.Interface(
			jen.Error(),
			jen.Id("Unwrap").Params().Error(),
		)),
		jen.If(jen.Op("!").Id("ok")).Block(
			jen.Return(jen.False()),
		),
		jen.Id("s").Op(":=").Id("structOf").Call(jen.Id("p").Dot("Code"), jen.Id("err")),
		jen.If(jen.Op("!").Id("s").Dot("IsValid").Call().Op("||").Id("err").Dot("Unwrap").Call().Op("!=").Id("p").Dot("Code")).Block(
			jen.Return(jen.False()),
		),
		jen.For(jen.Id("i").Op(":=").Lit(0), jen.Id("i").Op("<").Id("s").Dot("NumField").Call(), jen.Id("i").Op("++")).Block(
			jen.Id("name").Op(":=").Id("paramName").Call(jen.Id("s").Dot("Type").Call().Dot("Field").Call(jen.Id("i"))),
			jen.If(
				jen.List(jen.Id("raw"), jen.Id("ok")).Op(":=").Id("p").Dot("Extensions").Index(jen.Id("name")),
				jen.Id("ok").Op("&&").Id("name").Op("!=").Lit(""),
			).Block(
				jen.Id("readParam").Call(jen.Id("raw"), jen.Id("s").Dot("Field").Call(jen.Id("i"))),
			),
		),
		jen.Id("v").Dot("Elem").Call().Dot("Set").Call(jen.Id("made")),
		jen.Return(jen.True()),
	)

	// func readParam(raw json.RawMessage, field reflect.Value) {
	// 	value := reflect.New(field.Type())
	// 	var err error
	// 	switch v := value.Interface().(type) {
	// 	case *time.Duration:
	// 		*v, err = time.ParseDuration(readString(raw))
	// 	case *time.Time:
	// 		err = v.UnmarshalText([]byte(readString(raw))) // UnmarshalJSON knows no escapes
	// 	default:
	// 		err = json.Unmarshal(raw, v)
	// 	}
	// 	if err == nil {
	// 		field.Set(value.Elem())
	// 	}
	// }
	text := func() *jen.Statement { return jen.Id("readString").Call(jen.Id("raw")) }
	docf(g, "readParam fills a field with a param, and leaves it alone where that has another type.")
	g.Func().Id("readParam").Params(jen.Id("raw").Qual("encoding/json", "RawMessage"), jen.Id("field").Qual("reflect", "Value")).Block(
		jen.Id("value").Op(":=").Qual("reflect", "New").Call(jen.Id("field").Dot("Type").Call()),
		jen.Var().Id("err").Error(),
		jen.Switch(jen.Id("v").Op(":=").Id("value").Dot("Interface").Call().Assert(jen.Type())).Block(
			jen.Case(jen.Op("*").Qual("time", "Duration")).Block(
				jen.List(jen.Op("*").Id("v"), jen.Id("err")).Op("=").Qual("time", "ParseDuration").Call(text()),
			),
			jen.Case(jen.Op("*").Qual("time", "Time")).Block(
				jen.Id("err").Op("=").Id("v").Dot("UnmarshalText").Call(jen.Index().Byte().Call(text())).Comment("UnmarshalJSON knows no escapes"),
			),
			jen.Default().Block(
				jen.Id("err").Op("=").Qual("encoding/json", "Unmarshal").Call(jen.Id("raw"), jen.Id("v")),
			),
		),
		jen.If(jen.Id("err").Op("==").Nil()).Block(
			jen.Id("field").Dot("Set").Call(jen.Id("value").Dot("Elem").Call()),
		),
	)

	// func (p *Problem) Params() []any {
	// 	var params []any
	// 	for _, name := range p.extensionNames() {
	// 		var value any
	// 		d := json.NewDecoder(bytes.NewReader(p.Extensions[name]))
	// 		d.UseNumber()
	// 		if d.Decode(&value) == nil {
	// 			params = append(params, name, value)
	// 		}
	// 	}
	// 	return params
	// }
	docf(g, "Params returns the names and the values of the members in Extensions, in turn. A number is a json.Number, which keeps "+
		"all digits.")
	g.Func().Params(jen.Id("p").Op("*").Id("Problem")).Id("Params").Params().Index().Any().Block(
		jen.Var().Id("params").Index().Any(),
		jen.For(jen.List(jen.Id("_"), jen.Id("name")).Op(":=").Range().Id("p").Dot("extensionNames").Call()).Block(
			jen.Var().Id("value").Any(),
			jen.Id("d").Op(":=").Qual("encoding/json", "NewDecoder").Call(jen.Qual("bytes", "NewReader").Call(jen.Id("p").Dot("Extensions").Index(jen.Id("name")))),
			jen.Id("d").Dot("UseNumber").Call(),
			jen.If(jen.Id("d").Dot("Decode").Call(jen.Op("&").Id("value")).Op("==").Nil()).Block(
				jen.Id("params").Op("=").Append(jen.Id("params"), jen.Id("name"), jen.Id("value")),
			),
		),
		jen.Return(jen.Id("params")),
	)

	// func (p *Problem) ProblemMembers() (instance string, retryAfter int, errs [][2]string) {
	// 	if p.Code.ProblemStatus() == 0 {
	// 		return "", 0, nil
	// 	}
	// 	return p.Instance, seconds(p.RetryAfter), fieldPairs(p.Errors)
	// }
	docf(g, "ProblemMembers returns what stands beside the Code and its params when the Problem is passed on to a client. Other "+
		"generated packages ask for it.")
	g.Func().Params(jen.Id("p").Op("*").Id("Problem")).Id("ProblemMembers").Params().Params(jen.Id("instance").String(), jen.Id("retryAfter").Int(), jen.Id("errs").Index().Index(jen.Lit(2)).String()).Block(
		jen.If(jen.Id("p").Dot("Code").Dot("ProblemStatus").Call().Op("==").Lit(0)).Block(
			jen.Return(jen.Lit(""), jen.Lit(0), jen.Nil()),
		),
		jen.Return(
			jen.Id("p").Dot("Instance"),
			jen.Id("seconds").Call(jen.Id("p").Dot("RetryAfter")),
			jen.Id("fieldPairs").Call(jen.Id("p").Dot("Errors")),
		),
	)

	// func fieldPairs(errs []FieldError) [][2]string {
	// 	pairs := make([][2]string, len(errs))
	// 	for i, e := range errs {
	// 		pairs[i] = [2]string{string(e.Pointer), e.Detail}
	// 	}
	// 	return pairs
	// }
	docf(g, "fieldPairs returns field errors as pairs of pointer and detail, the form in which they go from one generated package "+
		"to another.")
	g.Func().Id("fieldPairs").Params(jen.Id("errs").Index().Id("FieldError")).Index().Index(jen.Lit(2)).String().Block(
		jen.Id("pairs").Op(":=").Make(jen.Index().Index(jen.Lit(2)).String(), jen.Len(jen.Id("errs"))),
		jen.For(jen.List(jen.Id("i"), jen.Id("e")).Op(":=").Range().Id("errs")).Block(
			jen.Id("pairs").Index(jen.Id("i")).Op("=").Index(jen.Lit(2)).String().Values(jen.String().Call(jen.Id("e").Dot("Pointer")), jen.Id("e").Dot("Detail")),
		),
		jen.Return(jen.Id("pairs")),
	)

	// func fieldErrors(pairs [][2]string) []FieldError {
	// 	var errs []FieldError
	// 	for _, pair := range pairs {
	// 		errs = append(errs, FieldError{Pointer: Pointer(pair[0]), Detail: pair[1]})
	// 	}
	// 	return errs
	// }
	docf(g, "fieldErrors returns pairs of pointer and detail as field errors.")
	g.Func().Id("fieldErrors").Params(jen.Id("pairs").Index().Index(jen.Lit(2)).String()).Index().Id("FieldError").Block(
		jen.Var().Id("errs").Index().Id("FieldError"),
		jen.For(jen.List(jen.Id("_"), jen.Id("pair")).Op(":=").Range().Id("pairs")).Block(
			jen.Id("errs").Op("=").Append(
				jen.Id("errs"),
				jen.Id("FieldError").Values(
					jen.Id("Pointer").Op(":").Id("Pointer").Call(jen.Id("pair").Index(jen.Lit(0))),
					jen.Id("Detail").Op(":").Id("pair").Index(jen.Lit(1)),
				),
			),
		),
		jen.Return(jen.Id("errs")),
	)

	// func (p *Problem) LogValue() slog.Value {
	// 	return logValue(p)
	// }
	docf(g, "LogValue returns the code, the category, the message and the other members.")
	g.Func().Params(jen.Id("p").Op("*").Id("Problem")).Id("LogValue").Params().Qual("log/slog", "Value").Block(
		jen.Return(jen.Id("logValue").Call(jen.Id("p"))),
	)
}

// withMembersFuncs adds the error with further members.
func withMembersFuncs(g *jen.Group) {
	// func WithInstance(err error, uri string) error {
	// 	if err == nil {
	// 		return nil
	// 	}
	// 	e := newWithMembers(err)
	// 	e.instance = uri
	// 	return e
	// }
	docf(g, "WithInstance returns the error with the URI of what happened, for the member \"instance\" of its problem. errors.Is and "+
		"errors.As find the error. It returns nil for nil.")
	g.Func().Id("WithInstance").Params(jen.Id("err").Error(), jen.Id("uri").String()).Error().Block(
		jen.If(jen.Id("err").Op("==").Nil()).Block(
			jen.Return(jen.Nil()),
		),
		jen.Id("e").Op(":=").Id("newWithMembers").Call(jen.Id("err")),
		jen.Id("e").Dot("instance").Op("=").Id("uri"),
		jen.Return(jen.Id("e")),
	)

	// func WithErrors(err error, errs ...FieldError) error {
	// 	if err == nil {
	// 		return nil
	// 	}
	// 	e := newWithMembers(err)
	// 	e.errs = append(e.errs, errs...)
	// 	return e
	// }
	docf(g, "WithErrors returns the error with what is wrong in the body of the request, for the member \"errors\" of its problem; "+
		"what err had comes first. errors.Is and errors.As find the error. It returns nil for nil.")
	g.Func().Id("WithErrors").Params(jen.Id("err").Error(), jen.Id("errs").Op("...").Id("FieldError")).Error().Block(
		jen.If(jen.Id("err").Op("==").Nil()).Block(
			jen.Return(jen.Nil()),
		),
		jen.Id("e").Op(":=").Id("newWithMembers").Call(jen.Id("err")),
		jen.Id("e").Dot("errs").Op("=").Append(jen.Id("e").Dot("errs"), jen.Id("errs").Op("...")),
		jen.Return(jen.Id("e")),
	)

	// type withMembers struct {
	// 	error
	// 	instance   string
	// 	retryAfter int
	// 	errs       []FieldError
	// }
	docf(g, "withMembers is what [WithInstance] and [WithErrors] return.")
	g.Type().Id("withMembers").Struct(
		jen.Error(),
		jen.Id("instance").String(),
		jen.Id("retryAfter").Int(),
		jen.Id("errs").Index().Id("FieldError"),
	)

	// func newWithMembers(err error) *withMembers {
	// 	e := &withMembers{error: err}
	// 	if m := find(err).members; m != nil {
	// 		instance, retryAfter, pairs := m.ProblemMembers()
	// 		e.instance, e.retryAfter, e.errs = instance, retryAfter, fieldErrors(pairs)
	// 	}
	// 	return e
	// }
	docf(g, "newWithMembers returns the error with the members that it has already.")
	g.Func().Id("newWithMembers").Params(jen.Id("err").Error()).Op("*").Id("withMembers").Block(
		jen.Id("e").Op(":=").Op("&").Id("withMembers").Values(jen.Error().Op(":").Id("err")),
		jen.If(jen.Id("m").Op(":=").Id("find").Call(jen.Id("err")).Dot("members"), jen.Id("m").Op("!=").Nil()).Block(
			jen.List(jen.Id("instance"), jen.Id("retryAfter"), jen.Id("pairs")).Op(":=").Id("m").Dot("ProblemMembers").Call(),
			jen.List(jen.Id("e").Dot("instance"), jen.Id("e").Dot("retryAfter"), jen.Id("e").Dot("errs")).Op("=").List(jen.Id("instance"), jen.Id("retryAfter"), jen.Id("fieldErrors").Call(jen.Id("pairs"))),
		),
		jen.Return(jen.Id("e")),
	)

	// func (e *withMembers) Unwrap() error {
	// 	return e.error
	// }
	docf(g, "Unwrap returns the error alone.")
	g.Func().Params(jen.Id("e").Op("*").Id("withMembers")).Id("Unwrap").Params().Error().Block(
		jen.Return(jen.Id("e").Dot("error")),
	)

	// func (e *withMembers) ProblemMembers() (instance string, retryAfter int, errs [][2]string) {
	// 	return e.instance, e.retryAfter, fieldPairs(e.errs)
	// }
	docf(g, "ProblemMembers returns the members. Other generated packages ask for it.")
	g.Func().Params(jen.Id("e").Op("*").Id("withMembers")).Id("ProblemMembers").Params().Params(jen.Id("instance").String(), jen.Id("retryAfter").Int(), jen.Id("errs").Index().Index(jen.Lit(2)).String()).Block(
		jen.Return(jen.Id("e").Dot("instance"), jen.Id("e").Dot("retryAfter"), jen.Id("fieldPairs").Call(jen.Id("e").Dot("errs"))),
	)

	// func (e *withMembers) LogValue() slog.Value {
	// 	// What the error has of them is among the members already.
	// 	attrs := slices.DeleteFunc(slices.Clone(logAttrs(e.error)), func(a slog.Attr) bool {
	// 		return a.Key == "instance" || a.Key == "errors"
	// 	})
	// 	if e.instance != "" {
	// 		attrs = append(attrs, slog.String("instance", e.instance))
	// 	}
	// 	if len(e.errs) > 0 {
	// 		attrs = append(attrs, slog.Any("errors", e.errs))
	// 	}
	// 	return slog.GroupValue(attrs...)
	// }
	docf(g, "LogValue returns what is logged of the error, and the members.")
	g.Func().Params(jen.Id("e").Op("*").Id("withMembers")).Id("LogValue").Params().Qual("log/slog", "Value").Block(
		jen.Id("attrs").Op(":=").Qual("slices", "DeleteFunc").Call(jen.Qual("slices", "Clone").Call(jen.Id("logAttrs").Call(jen.Id("e").Dot("error"))), jen.Func().Params(jen.Id("a").Qual("log/slog", "Attr")).Bool().Block(
			jen.Return(jen.Id("a").Dot("Key").Op("==").Lit("instance").Op("||").Id("a").Dot("Key").Op("==").Lit("errors")),
		)),
		jen.If(jen.Id("e").Dot("instance").Op("!=").Lit("")).Block(
			jen.Id("attrs").Op("=").Append(jen.Id("attrs"), jen.Qual("log/slog", "String").Call(jen.Lit("instance"), jen.Id("e").Dot("instance"))),
		),
		jen.If(jen.Len(jen.Id("e").Dot("errs")).Op(">").Lit(0)).Block(
			jen.Id("attrs").Op("=").Append(jen.Id("attrs"), jen.Qual("log/slog", "Any").Call(jen.Lit("errors"), jen.Id("e").Dot("errs"))),
		),
		jen.Return(jen.Qual("log/slog", "GroupValue").Call(jen.Id("attrs").Op("..."))),
	)
}
