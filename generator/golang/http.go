package golang

import "github.com/dave/jennifer/jen"

// httpFile builds http.go: what needs net/http.
func httpFile() *source {
	s := &source{path: "http.go"}
	s.add(writeProblemFunc, handlerFunc, responseType, readProblemFunc)
	return s
}

// writeProblemFunc adds the response to an error.
func writeProblemFunc(g *jen.Group) {
	// func WriteProblem(w http.ResponseWriter, r *http.Request, err error) {
	// 	if err == nil {
	// 		return
	// 	}
	// 	p := ProblemOf(err)
	// 	header := w.Header()
	// 	for _, stale := range [...]string{"Content-Length", "Content-Encoding", "Content-Range", "Content-Type", "Etag", "Last-Modified"} {
	// 		header.Del(stale)
	// 	}
	// 	header.Set("Cache-Control", "no-store")
	// 	if p.RetryAfter > 0 {
	// 		header.Set("Retry-After", strconv.Itoa(seconds(p.RetryAfter)))
	// 	}
	// 	switch p.Status {
	// 	case http.StatusNoContent, http.StatusResetContent, http.StatusNotModified:
	// 		w.WriteHeader(p.Status)
	// 		return
	// 	}
	// 	body, _ := p.MarshalJSON()
	// 	header.Set("Content-Type", "application/problem+json")
	// 	if r != nil && r.Method == http.MethodHead {
	// 		header.Set("Content-Length", strconv.Itoa(len(body)))
	// 		body = nil
	// 	}
	// 	w.WriteHeader(p.Status)
	// 	_, _ = w.Write(body)
	// }
	doc(g, paragraphs(
		"WriteProblem answers a request with the problem that [ProblemOf] makes of an error, and nothing for nil. The status "+
			"of the response is that of the body, and the response is not to be stored. Headers that describe another body are "+
			"removed.",
		"A request with HEAD gets the headers alone, and so does every request where the status allows no body: 204, 205 and "+
			"304. A status below 200 would not end the response and becomes 500. r may be nil where there is no request at hand.",
	))
	g.Func().Id("WriteProblem").Params(
		jen.Id("w").Qual("net/http", "ResponseWriter"),
		jen.Id("r").Op("*").Qual("net/http", "Request"),
		jen.Id("err").Error(),
	).Block(
		jen.If(jen.Id("err").Op("==").Nil()).Block(
			jen.Return(),
		),
		jen.Id("p").Op(":=").Id("ProblemOf").Call(jen.Id("err")),
		jen.Id("header").Op(":=").Id("w").Dot("Header").Call(),
		jen.For(jen.List(jen.Id("_"), jen.Id("stale")).Op(":=").Range().Index(jen.Op("...")).String().Values(
			jen.Lit("Content-Length"),
			jen.Lit("Content-Encoding"),
			jen.Lit("Content-Range"),
			jen.Lit("Content-Type"),
			jen.Lit("Etag"),
			jen.Lit("Last-Modified"),
		)).Block(
			jen.Id("header").Dot("Del").Call(jen.Id("stale")),
		),
		jen.Id("header").Dot("Set").Call(jen.Lit("Cache-Control"), jen.Lit("no-store")),
		jen.If(jen.Id("p").Dot("RetryAfter").Op(">").Lit(0)).Block(
			jen.Id("header").Dot("Set").Call(
				jen.Lit("Retry-After"),
				jen.Qual("strconv", "Itoa").Call(jen.Id("seconds").Call(jen.Id("p").Dot("RetryAfter"))),
			),
		),
		jen.Switch(jen.Id("p").Dot("Status")).Block(
			jen.Case(
				jen.Qual("net/http", "StatusNoContent"),
				jen.Qual("net/http", "StatusResetContent"),
				jen.Qual("net/http", "StatusNotModified"),
			).Block(
				jen.Id("w").Dot("WriteHeader").Call(jen.Id("p").Dot("Status")),
				jen.Return(),
			),
		),
		jen.List(jen.Id("body"), jen.Id("_")).Op(":=").Id("p").Dot("MarshalJSON").Call(),
		jen.Id("header").Dot("Set").Call(jen.Lit("Content-Type"), jen.Lit("application/problem+json")),
		jen.If(jen.Id("r").Op("!=").Nil().Op("&&").Id("r").Dot("Method").Op("==").Qual("net/http", "MethodHead")).Block(
			jen.Id("header").Dot("Set").Call(jen.Lit("Content-Length"), jen.Qual("strconv", "Itoa").Call(jen.Len(jen.Id("body")))),
			jen.Id("body").Op("=").Nil(),
		),
		jen.Id("w").Dot("WriteHeader").Call(jen.Id("p").Dot("Status")),
		jen.List(jen.Id("_"), jen.Id("_")).Op("=").Id("w").Dot("Write").Call(jen.Id("body")),
	)
}

// handlerFunc adds the handler of a function that returns an error.
func handlerFunc(g *jen.Group) {
	// func Handler(f func(http.ResponseWriter, *http.Request) error, observers ...func(*http.Request, error)) http.HandlerFunc {
	// 	return func(w http.ResponseWriter, r *http.Request) {
	// 		res := &response{ResponseWriter: w}
	// 		err := f(res.writer(), r)
	// 		if err == nil {
	// 			return
	// 		}
	// 		for _, observe := range observers {
	// 			observe(r, err)
	// 		}
	// 		if !res.begun {
	// 			WriteProblem(w, r, err)
	// 		}
	// 	}
	// }
	docf(g, "Handler returns the handler that calls f and answers with [WriteProblem] where f returns an error, unless f has begun "+
		"to answer: then nothing is added to what the client got. Each observer sees each error, before the answer goes out; "+
		"observers are for logs.")
	g.Func().Id("Handler").Params(
		jen.Id("f").Func().Params(jen.Qual("net/http", "ResponseWriter"), jen.Op("*").Qual("net/http", "Request")).Error(),
		jen.Id("observers").Op("...").Func().Params(jen.Op("*").Qual("net/http", "Request"), jen.Error()),
	).Qual("net/http", "HandlerFunc").Block(
		jen.Return(jen.Func().Params(jen.Id("w").Qual("net/http", "ResponseWriter"), jen.Id("r").Op("*").Qual("net/http", "Request")).Block(
			jen.Id("res").Op(":=").Op("&").Id("response").Values(jen.Id("ResponseWriter").Op(":").Id("w")),
			jen.Id("err").Op(":=").Id("f").Call(jen.Id("res").Dot("writer").Call(), jen.Id("r")),
			jen.If(jen.Id("err").Op("==").Nil()).Block(
				jen.Return(),
			),
			jen.For(jen.List(jen.Id("_"), jen.Id("observe")).Op(":=").Range().Id("observers")).Block(
				jen.Id("observe").Call(jen.Id("r"), jen.Id("err")),
			),
			jen.If(jen.Op("!").Id("res").Dot("begun")).Block(
				jen.Id("WriteProblem").Call(jen.Id("w"), jen.Id("r"), jen.Id("err")),
			),
		)),
	)
}

// responseType adds the writer that knows whether the response has begun.
func responseType(g *jen.Group) {
	// type response struct {
	// 	http.ResponseWriter
	// 	begun bool
	// }
	docf(g, "response is an http.ResponseWriter that knows whether the answer has begun.")
	g.Type().Id("response").Struct(
		jen.Qual("net/http", "ResponseWriter"),
		jen.Id("begun").Bool(),
	)

	// func (w *response) writer() http.ResponseWriter {
	// 	_, flushes := w.ResponseWriter.(http.Flusher)
	// 	_, hijacks := w.ResponseWriter.(http.Hijacker)
	// 	switch {
	// 	case flushes && hijacks:
	// 		return struct {
	// 			*response
	// 			http.Flusher
	// 			http.Hijacker
	// 		}{w, flusher{w}, hijacker{w}}
	// 	case flushes:
	// 		return struct {
	// 			*response
	// 			http.Flusher
	// 		}{w, flusher{w}}
	// 	case hijacks:
	// 		return struct {
	// 			*response
	// 			http.Hijacker
	// 		}{w, hijacker{w}}
	// 	}
	// 	return w
	// }
	docf(g, "writer returns the response with the optional methods that the writer below has.")
	g.Func().Params(jen.Id("w").Op("*").Id("response")).Id("writer").Params().Qual("net/http", "ResponseWriter").Block(
		jen.List(jen.Id("_"), jen.Id("flushes")).Op(":=").Id("w").Dot("ResponseWriter").Assert(jen.Qual("net/http", "Flusher")),
		jen.List(jen.Id("_"), jen.Id("hijacks")).Op(":=").Id("w").Dot("ResponseWriter").Assert(jen.Qual("net/http", "Hijacker")),
		jen.Switch().Block(
			jen.Case(jen.Id("flushes").Op("&&").Id("hijacks")).Block(
				jen.Return(jen.Struct(
					jen.Op("*").Id("response"),
					jen.Qual("net/http", "Flusher"),
					jen.Qual("net/http", "Hijacker"),
				).Values(jen.Id("w"), jen.Id("flusher").Values(jen.Id("w")), jen.Id("hijacker").Values(jen.Id("w")))),
			),
			jen.Case(jen.Id("flushes")).Block(
				jen.Return(jen.Struct(
					jen.Op("*").Id("response"),
					jen.Qual("net/http", "Flusher"),
				).Values(jen.Id("w"), jen.Id("flusher").Values(jen.Id("w")))),
			),
			jen.Case(jen.Id("hijacks")).Block(
				jen.Return(jen.Struct(
					jen.Op("*").Id("response"),
					jen.Qual("net/http", "Hijacker"),
				).Values(jen.Id("w"), jen.Id("hijacker").Values(jen.Id("w")))),
			),
		),
		jen.Return(jen.Id("w")),
	)

	// func (w *response) Unwrap() http.ResponseWriter {
	// 	return w.ResponseWriter
	// }
	docf(g, "Unwrap returns the writer below, for http.ResponseController.")
	g.Func().Params(jen.Id("w").Op("*").Id("response")).Id("Unwrap").Params().Qual("net/http", "ResponseWriter").Block(
		jen.Return(jen.Id("w").Dot("ResponseWriter")),
	)

	// func (w *response) WriteHeader(status int) {
	// 	if status >= 200 || status == http.StatusSwitchingProtocols {
	// 		w.begun = true
	// 	}
	// 	w.ResponseWriter.WriteHeader(status)
	// }
	docf(g, "WriteHeader begins the answer, unless the status is informational.")
	g.Func().Params(jen.Id("w").Op("*").Id("response")).Id("WriteHeader").Params(jen.Id("status").Int()).Block(
		jen.If(jen.Id("status").Op(">=").Lit(200).Op("||").Id("status").Op("==").Qual("net/http", "StatusSwitchingProtocols")).Block(
			jen.Id("w").Dot("begun").Op("=").True(),
		),
		jen.Id("w").Dot("ResponseWriter").Dot("WriteHeader").Call(jen.Id("status")),
	)

	// func (w *response) Write(b []byte) (int, error) {
	// 	w.begun = true
	// 	return w.ResponseWriter.Write(b)
	// }
	docf(g, "Write begins the answer.")
	g.Func().Params(jen.Id("w").Op("*").Id("response")).Id("Write").Params(jen.Id("b").Index().Byte()).Params(jen.Int(), jen.Error()).Block(
		jen.Id("w").Dot("begun").Op("=").True(),
		jen.Return(jen.Id("w").Dot("ResponseWriter").Dot("Write").Call(jen.Id("b"))),
	)

	// func (w *response) ReadFrom(src io.Reader) (int64, error) {
	// 	first := make([]byte, 512)
	// 	n, err := io.ReadAtLeast(src, first, 1)
	// 	if err == io.EOF {
	// 		return 0, nil
	// 	}
	// 	if err != nil {
	// 		return 0, err
	// 	}
	// 	n, err = w.Write(first[:n])
	// 	if err != nil {
	// 		return int64(n), err
	// 	}
	// 	rest, err := io.Copy(w.ResponseWriter, src)
	// 	return int64(n) + rest, err
	// }
	docf(g, "ReadFrom begins the answer as soon as there is something to read. What follows is left to the writer below, which may "+
		"have a fast way to copy.")
	g.Func().Params(jen.Id("w").Op("*").Id("response")).Id("ReadFrom").Params(jen.Id("src").Qual("io", "Reader")).Params(jen.Int64(), jen.Error()).Block(
		jen.Id("first").Op(":=").Make(jen.Index().Byte(), jen.Lit(512)),
		jen.List(jen.Id("n"), jen.Id("err")).Op(":=").Qual("io", "ReadAtLeast").Call(jen.Id("src"), jen.Id("first"), jen.Lit(1)),
		jen.If(jen.Id("err").Op("==").Qual("io", "EOF")).Block(
			jen.Return(jen.Lit(0), jen.Nil()),
		),
		jen.If(jen.Id("err").Op("!=").Nil()).Block(
			jen.Return(jen.Lit(0), jen.Id("err")),
		),
		jen.List(jen.Id("n"), jen.Id("err")).Op("=").Id("w").Dot("Write").Call(jen.Id("first").Index(jen.Empty(), jen.Id("n"))),
		jen.If(jen.Id("err").Op("!=").Nil()).Block(
			jen.Return(jen.Int64().Call(jen.Id("n")), jen.Id("err")),
		),
		jen.List(jen.Id("rest"), jen.Id("err")).Op(":=").Qual("io", "Copy").Call(jen.Id("w").Dot("ResponseWriter"), jen.Id("src")),
		jen.Return(jen.Int64().Call(jen.Id("n")).Op("+").Id("rest"), jen.Id("err")),
	)

	// func (w *response) FlushError() error {
	// 	err := http.NewResponseController(w.ResponseWriter).Flush()
	// 	if !errors.Is(err, http.ErrNotSupported) {
	// 		w.begun = true
	// 	}
	// 	return err
	// }
	docf(g, "FlushError begins the answer, for http.ResponseController.")
	g.Func().Params(jen.Id("w").Op("*").Id("response")).Id("FlushError").Params().Error().Block(
		jen.Id("err").Op(":=").Qual("net/http", "NewResponseController").Call(jen.Id("w").Dot("ResponseWriter")).Dot("Flush").Call(),
		jen.If(jen.Op("!").Qual("errors", "Is").Call(jen.Id("err"), jen.Qual("net/http", "ErrNotSupported"))).Block(
			jen.Id("w").Dot("begun").Op("=").True(),
		),
		jen.Return(jen.Id("err")),
	)

	// type flusher struct {
	// 	*response
	// }
	docf(g, "flusher is a response that can be flushed.")
	g.Type().Id("flusher").Struct(jen.Op("*").Id("response"))

	// func (w flusher) Flush() {
	// 	_ = w.FlushError()
	// }
	docf(g, "Flush begins the answer.")
	g.Func().Params(jen.Id("w").Id("flusher")).Id("Flush").Params().Block(
		jen.Id("_").Op("=").Id("w").Dot("FlushError").Call(),
	)

	// type hijacker struct {
	// 	*response
	// }
	docf(g, "hijacker is a response whose connection can be taken over.")
	g.Type().Id("hijacker").Struct(jen.Op("*").Id("response"))

	// func (w hijacker) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	// 	conn, buffer, err := http.NewResponseController(w.ResponseWriter).Hijack()
	// 	if err == nil {
	// 		w.begun = true
	// 	}
	// 	return conn, buffer, err
	// }
	docf(g, "Hijack hands the connection over; nothing is answered any more.")
	g.Func().Params(jen.Id("w").Id("hijacker")).Id("Hijack").Params().Params(jen.Qual("net", "Conn"), jen.Op("*").Qual("bufio", "ReadWriter"), jen.Error()).Block(
		jen.List(jen.Id("conn"), jen.Id("buffer"), jen.Id("err")).Op(":=").Qual("net/http", "NewResponseController").Call(jen.Id("w").Dot("ResponseWriter")).Dot("Hijack").Call(),
		jen.If(jen.Id("err").Op("==").Nil()).Block(
			jen.Id("w").Dot("begun").Op("=").True(),
		),
		jen.Return(jen.Id("conn"), jen.Id("buffer"), jen.Id("err")),
	)
}

// readProblemFunc adds what reads a response.
func readProblemFunc(g *jen.Group) {
	// const maxBody = 1 << 20
	docf(g, "maxBody is how much of a body is read.")
	g.Const().Id("maxBody").Op("=").Lit(1).Op("<<").Lit(20)

	// func ReadProblem(resp *http.Response) error {
	// 	mediaType, _, _ := mime.ParseMediaType(resp.Header.Get("Content-Type"))
	// 	if resp.StatusCode < 400 && mediaType != "application/problem+json" {
	// 		return nil
	// 	}
	// 	p := new(Problem)
	// 	if resp.Body != nil {
	// 		body, _ := io.ReadAll(io.LimitReader(resp.Body, maxBody))
	// 		_ = p.UnmarshalJSON(body)
	// 	}
	// 	p.Status = resp.StatusCode
	// 	if p.Title == "" {
	// 		p.Title = http.StatusText(p.Status)
	// 	}
	// 	p.RetryAfter = readRetryAfter(resp.Header)
	// 	return p
	// }
	doc(g, paragraphs(
		"ReadProblem returns the *[Problem] that a server answered with, and nil where the status is below 400, unless the "+
			"Content-Type is application/problem+json.",
		"Whatever the body is, empty, cut off or a page of a proxy, the error has the status of the response, its Retry-After, "+
			"and what could be read. At most 1 MiB is read; the caller closes the body.",
	))
	g.Func().Id("ReadProblem").Params(jen.Id("resp").Op("*").Qual("net/http", "Response")).Error().Block(
		jen.List(jen.Id("mediaType"), jen.Id("_"), jen.Id("_")).Op(":=").Qual("mime", "ParseMediaType").Call(jen.Id("resp").Dot("Header").Dot("Get").Call(jen.Lit("Content-Type"))),
		jen.If(jen.Id("resp").Dot("StatusCode").Op("<").Lit(400).Op("&&").Id("mediaType").Op("!=").Lit("application/problem+json")).Block(
			jen.Return(jen.Nil()),
		),
		jen.Id("p").Op(":=").New(jen.Id("Problem")),
		jen.If(jen.Id("resp").Dot("Body").Op("!=").Nil()).Block(
			jen.List(jen.Id("body"), jen.Id("_")).Op(":=").Qual("io", "ReadAll").Call(jen.Qual("io", "LimitReader").Call(jen.Id("resp").Dot("Body"), jen.Id("maxBody"))),
			jen.Id("_").Op("=").Id("p").Dot("UnmarshalJSON").Call(jen.Id("body")),
		),
		jen.Id("p").Dot("Status").Op("=").Id("resp").Dot("StatusCode"),
		jen.If(jen.Id("p").Dot("Title").Op("==").Lit("")).Block(
			jen.Id("p").Dot("Title").Op("=").Qual("net/http", "StatusText").Call(jen.Id("p").Dot("Status")),
		),
		jen.Id("p").Dot("RetryAfter").Op("=").Id("readRetryAfter").Call(jen.Id("resp").Dot("Header")),
		jen.Return(jen.Id("p")),
	)

	// func readRetryAfter(header http.Header) time.Duration {
	// 	value := header.Get("Retry-After")
	// 	if n, err := strconv.ParseUint(value, 10, 31); err == nil {
	// 		return time.Duration(n) * time.Second
	// 	}
	// 	until, err := http.ParseTime(value)
	// 	if err != nil {
	// 		return 0
	// 	}
	// 	now, err := http.ParseTime(header.Get("Date"))
	// 	if err != nil {
	// 		now = time.Now()
	// 	}
	// 	return max(0, until.Sub(now))
	// }
	docf(g, "readRetryAfter returns how long to wait: a number of seconds, or until a date.")
	g.Func().Id("readRetryAfter").Params(jen.Id("header").Qual("net/http", "Header")).Qual("time", "Duration").Block(
		jen.Id("value").Op(":=").Id("header").Dot("Get").Call(jen.Lit("Retry-After")),
		jen.If(
			jen.List(jen.Id("n"), jen.Id("err")).Op(":=").Qual("strconv", "ParseUint").Call(jen.Id("value"), jen.Lit(10), jen.Lit(31)),
			jen.Id("err").Op("==").Nil(),
		).Block(
			jen.Return(jen.Qual("time", "Duration").Call(jen.Id("n")).Op("*").Qual("time", "Second")),
		),
		jen.List(jen.Id("until"), jen.Id("err")).Op(":=").Qual("net/http", "ParseTime").Call(jen.Id("value")),
		jen.If(jen.Id("err").Op("!=").Nil()).Block(
			jen.Return(jen.Lit(0)),
		),
		jen.List(jen.Id("now"), jen.Id("err")).Op(":=").Qual("net/http", "ParseTime").Call(jen.Id("header").Dot("Get").Call(jen.Lit("Date"))),
		jen.If(jen.Id("err").Op("!=").Nil()).Block(
			jen.Id("now").Op("=").Qual("time", "Now").Call(),
		),
		jen.Return(jen.Max(jen.Lit(0), jen.Id("until").Dot("Sub").Call(jen.Id("now")))),
	)
}
