package diag

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/errcat/errcat/generator/catalogtest"
)

func TestPositionString(t *testing.T) {
	for _, test := range []struct {
		pos  Position
		want string
	}{
		{Position{}, ""},
		{Position{File: "a.yaml"}, "a.yaml"},
		{Position{File: "a.yaml", Line: 3}, "a.yaml:3"},
		{Position{File: "a.yaml", Line: 3, Col: 7, Width: 4}, "a.yaml:3:7"},
	} {
		if got := test.pos.String(); got != test.want {
			t.Errorf("%+v: %q, want %q", test.pos, got, test.want)
		}
	}
}

func TestSeverity(t *testing.T) {
	if Warning.String() != "warning" || Error.String() != "error" || Severity(9).String() != "Severity(9)" {
		t.Errorf("severities %s, %s, %s", Warning, Error, Severity(9))
	}
	if (Diagnostics{{Severity: Warning}}).HasErrors() || Diagnostics(nil).HasErrors() || !(Diagnostics{{Severity: Warning}, {Severity: Error}}).HasErrors() {
		t.Error("only an error is an error")
	}
}

func TestSort(t *testing.T) {
	at := func(file string, line, col int, message string) Diagnostic {
		return Diagnostic{Pos: Position{File: file, Line: line, Col: col}, Message: message}
	}
	ds := Diagnostics{
		at("b", 1, 1, "7"), at("a", 10, 2, "5"), at("a", 10, 2, "6"), at("a", 2, 3, "4"), at("a", 2, 1, "3"), at("a", 0, 0, "2"), at("", 0, 0, "1"),
	}
	ds.Sort()
	var got strings.Builder
	for _, d := range ds {
		got.WriteString(d.Message)
	}
	if got.String() != "1234567" {
		t.Errorf("order %s", got.String())
	}
}

const source = "version: 1\n" +
	"\ttab:\there\r\n" +
	"日本: {a b} 😀 e\u0301 x\n" +
	"bad \xff \x1b[31m\u202e\n" +
	"\n" +
	"long: 0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789 HERE 0123456789012345678901234567890123456789012345678901234567890123456789\r" +
	"last"

func TestWriteText(t *testing.T) {
	for _, test := range []struct {
		name string
		d    Diagnostic
		want string
	}{
		{"everything", Diagnostic{
			Severity: Error, Rule: Rule{id: "duplicate-code"}, Pos: Position{"c.yaml", 1, 10, 1}, Message: "twice", Help: "do this",
			Notes: []Note{{Position{"c.yaml", 7, 1, 4}, "the other"}, {Position{}, "nowhere"}},
		}, `c.yaml:1:10: error[duplicate-code]: twice
   |
 1 | version: 1
   |          ^
help: do this
note: c.yaml:7:1: the other
   |
 7 | last
   | ^^^^
note: nowhere
`},
		{"a warning about a file", Diagnostic{Severity: Warning, Rule: Rule{id: "r"}, Pos: Position{File: "c.yaml"}, Message: "m"}, "c.yaml: warning[r]: m\n"},
		{"no place", Diagnostic{Severity: Warning, Rule: Rule{id: "r"}, Message: "m"}, "warning[r]: m\n"},
		{"a line", Diagnostic{Severity: Error, Rule: Rule{id: "r"}, Pos: Position{File: "c.yaml", Line: 1}, Message: "m"}, `c.yaml:1: error[r]: m
   |
 1 | version: 1
`},
		{"tabs", Diagnostic{Severity: Error, Rule: Rule{id: "r"}, Pos: Position{"c.yaml", 2, 7, 4}, Message: "m"}, `c.yaml:2:7: error[r]: m
   |
 2 |     tab:    here
   |             ^^^^
`},
		{"a tab itself", Diagnostic{Severity: Error, Rule: Rule{id: "r"}, Pos: Position{"c.yaml", 2, 1, 1}, Message: "m"}, `c.yaml:2:1: error[r]: m
   |
 2 |     tab:    here
   | ^^^^
`},
		{"wide characters", Diagnostic{Severity: Error, Rule: Rule{id: "r"}, Pos: Position{"c.yaml", 3, 5, 5}, Message: "m"}, `c.yaml:3:5: error[r]: m
   |
 3 | 日本: {a b} 😀 e` + "\u0301" + ` x
   |       ^^^^^
`},
		{"after wide and combining characters", Diagnostic{Severity: Error, Rule: Rule{id: "r"}, Pos: Position{"c.yaml", 3, 11, 5}, Message: "m"}, `c.yaml:3:11: error[r]: m
   |
 3 | 日本: {a b} 😀 e` + "\u0301" + ` x
   |             ^^^^^
`},
		{"hostile text", Diagnostic{Severity: Error, Rule: Rule{id: "r"}, Pos: Position{"c\x1b.yaml", 4, 7, 1}, Message: "a\nb\x1b[0m", Help: "\u202e"}, `c\x1b.yaml:4:7: error[r]: a\nb\x1b[0m
   |
 4 | bad \xff \x1b[31m\u202e
   |          ^^^^
help: \u202e
`},
		{"an empty line", Diagnostic{Severity: Error, Rule: Rule{id: "r"}, Pos: Position{"c.yaml", 5, 1, 0}, Message: "m"}, `c.yaml:5:1: error[r]: m
   |
 5 |` + " " + `
   | ^
`},
		{"in a long line", Diagnostic{Severity: Error, Rule: Rule{id: "r"}, Pos: Position{"c.yaml", 6, 108, 4}, Message: "m"}, `c.yaml:6:108: error[r]: m
   |
 6 | ...678901234567890123456789 HERE 0123456789012345678901234567890123456789012345678901234567890123456789
   |                             ^^^^
`},
		{"at the beginning of a long line", Diagnostic{Severity: Error, Rule: Rule{id: "r"}, Pos: Position{"c.yaml", 6, 1, 4}, Message: "m"}, `c.yaml:6:1: error[r]: m
   |
 6 | long: 0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123...
   | ^^^^
`},
		{"at the end of a long line", Diagnostic{Severity: Error, Rule: Rule{id: "r"}, Pos: Position{"c.yaml", 6, 178, 5}, Message: "m"}, `c.yaml:6:178: error[r]: m
   |
 6 | ...678901234567890123456789 HERE 0123456789012345678901234567890123456789012345678901234567890123456789
   |                                                                                                   ^^^^^
`},
		{"a place wider than what is shown", Diagnostic{Severity: Error, Rule: Rule{id: "r"}, Pos: Position{"c.yaml", 6, 7, 500}, Message: "m"}, `c.yaml:6:7: error[r]: m
   |
 6 | long: 0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123...
   |       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
`},
		{"beyond the end of a line", Diagnostic{Severity: Error, Rule: Rule{id: "r"}, Pos: Position{"c.yaml", 1, 99, 3}, Message: "m"}, `c.yaml:1:99: error[r]: m
   |
 1 | version: 1
   |           ^
`},
		{"beyond the end of the file", Diagnostic{Severity: Error, Rule: Rule{id: "r"}, Pos: Position{"c.yaml", 99, 1, 1}, Message: "m"}, "c.yaml:99:1: error[r]: m\n"},
		{"a file that is not available", Diagnostic{Severity: Error, Rule: Rule{id: "r"}, Pos: Position{"other.yaml", 9, 1, 1}, Message: "m"}, "other.yaml:9:1: error[r]: m\n"},
	} {
		t.Run(test.name, func(t *testing.T) {
			var b bytes.Buffer
			err := WriteText(&b, Diagnostics{test.d}, TextOptions{Source: func(file string) []byte {
				if strings.HasPrefix(file, "c") {
					return []byte(source)
				}
				return nil
			}})
			if err != nil {
				t.Fatal(err)
			}
			if got := b.String(); got != test.want {
				t.Errorf("got\n%s\nwant\n%s", got, test.want)
			}
		})
	}
}

func TestWriteTextColor(t *testing.T) {
	ds := Diagnostics{
		{Severity: Error, Rule: Rule{id: "r"}, Pos: Position{"c.yaml", 1, 1, 7}, Message: "m", Help: "h", Notes: []Note{{Position{"c.yaml", 1, 10, 1}, "n"}}},
		{Severity: Warning, Rule: Rule{id: "w"}, Message: "m"},
	}
	for _, color := range []bool{true, false} {
		var b bytes.Buffer
		if err := WriteText(&b, ds, TextOptions{Source: func(string) []byte { return []byte(source) }, Color: color}); err != nil {
			t.Fatal(err)
		}
		want := "^<bold>c.yaml:1:1^: ^<red>error[r]^: m\n" +
			"   ^<blue>|^\n ^<blue>1^ ^<blue>|^ version: 1\n   ^<blue>|^ ^<red>~^\n" +
			"^<cyan>help:^ h\n" +
			"^<cyan>note:^ c.yaml:1:10: n\n" +
			"   ^<blue>|^\n ^<blue>1^ ^<blue>|^ version: 1\n   ^<blue>|^          ^<blue>#^\n" +
			"\n" +
			"^<yellow>warning[w]^: m\n"
		codes := []string{"^<bold>", "\x1b[1m", "^<red>", "\x1b[1;31m", "^<yellow>", "\x1b[1;33m", "^<blue>", "\x1b[1;34m", "^<cyan>", "\x1b[1;36m", "^", "\x1b[0m", "~", "^^^^^^^", "#", "^"}
		if !color {
			for i := 1; i < 12; i += 2 {
				codes[i] = ""
			}
		}
		if got, want := b.String(), strings.NewReplacer(codes...).Replace(want); got != want {
			t.Errorf("got\n%q\nwant\n%q", got, want)
		}
	}
}

// TestWriteTextLong checks places all over a line that is much longer than
// what is shown.
func TestWriteTextLong(t *testing.T) {
	line := strings.Repeat("é日x\t", 20_000)
	for col := 1; col < 80_000; col += 997 {
		var b bytes.Buffer
		ds := Diagnostics{{Severity: Error, Rule: Rule{id: "r"}, Pos: Position{"c.yaml", 1, col, 1}}}
		if err := WriteText(&b, ds, TextOptions{Source: func(string) []byte { return []byte(line) }}); err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(b.String(), "\n")
		text, carets := lines[2], lines[3]
		// The character above the first caret.
		want := []string{"é", "日", "x", " "}[(col-1)%4]
		at, columns := 0, strings.IndexByte(carets, '^')
		for _, r := range text {
			if at == columns {
				if string(r) != want {
					t.Fatalf("column %d: the caret is below %q, not %q:\n%s\n%s", col, r, want, text, carets)
				}
				break
			}
			if at++; r == '日' {
				at++
			}
		}
		if width := utf8.RuneCountInString(text) + strings.Count(text, "日"); width > len(" 1 | ")+excerptColumns+len("......") {
			t.Fatalf("column %d: %d columns are shown", col, width)
		}
	}
}

func TestWriteTextError(t *testing.T) {
	if err := WriteText(failing{}, Diagnostics{{Rule: Rule{id: "r"}, Message: "m"}}, TextOptions{}); err == nil {
		t.Error("a failing writer gives no error")
	}
	if err := WriteJSON(failing{}, nil); err == nil {
		t.Error("a failing writer gives no error")
	}
}

type failing struct{}

func (failing) Write([]byte) (int, error) { return 0, errors.New("no space left") }

func TestPrintable(t *testing.T) {
	for s, want := range map[string]string{
		"":                       "",
		"plain 日本 é 😀 ~":         "plain 日本 é 😀 ~",
		"e\u0301":                "e\u0301",
		"a\tb\nc\rd":             `a\tb\nc\rd`,
		"\x1b[31mred\x1b[0m":     `\x1b[31mred\x1b[0m`,
		"\x00\x07\x7f":           `\x00\a\x7f`,
		"\u0085\u009b\u00a0":     `\u0085\u009b\u00a0`,
		"\u200f\u202e\u2028":     `\u200f\u202e\u2028`,
		"\u200b\ufeff\U000e0041": `\u200b\ufeff\U000e0041`,
		"a\xffb\xe2\x82":         `a\xffb\xe2\x82`,
		"\ufffd":                 "\ufffd",
		`"quotes" and \n`:        `"quotes" and \n`,
	} {
		if got := Printable(s); got != want {
			t.Errorf("Printable(%q) = %q, want %q", s, got, want)
		}
	}
}

func TestWriteJSON(t *testing.T) {
	for _, test := range []struct {
		ds   Diagnostics
		want string
	}{
		{nil, "[]\n"},
		{Diagnostics{{Severity: Warning, Rule: Rule{id: "r"}, Message: "m"}}, `[
  {
    "severity": "warning",
    "rule": "r",
    "position": {},
    "message": "m"
  }
]
`},
		{Diagnostics{
			{
				Severity: Error, Rule: Rule{id: "duplicate-code"}, Pos: Position{"c.yaml", 3, 7, 4}, Message: "the code <\"1\"> & \x1b\u2028", Help: "choose",
				Notes: []Note{{Position{File: "c.yaml", Line: 1, Col: 2}, "here"}, {Position{File: "c.yaml"}, "there"}},
			},
		}, `[
  {
    "severity": "error",
    "rule": "duplicate-code",
    "position": {
      "file": "c.yaml",
      "line": 3,
      "column": 7,
      "width": 4
    },
    "message": "the code <\"1\"> & \u001b\u2028",
    "help": "choose",
    "notes": [
      {
        "position": {
          "file": "c.yaml",
          "line": 1,
          "column": 2
        },
        "message": "here"
      },
      {
        "position": {
          "file": "c.yaml"
        },
        "message": "there"
      }
    ]
  }
]
`},
	} {
		var b bytes.Buffer
		if err := WriteJSON(&b, test.ds); err != nil {
			t.Fatal(err)
		}
		if got := b.String(); got != test.want {
			t.Errorf("got\n%s\nwant\n%s", got, test.want)
		}
	}
}

// FuzzWriteText checks that no source and no message can put anything but
// plain characters on a terminal, whatever the place.
func FuzzWriteText(f *testing.F) {
	f.Add([]byte(source), "message", "help", 3, 5, 5)
	f.Add([]byte("\uFEFFa\r\n\tb\rc\xff"), "\x1b", "\u202e", 2, 2, 1)
	f.Add([]byte(strings.Repeat("日\xff\x1b", 1000)), "", "", 1, 1500, 300)
	f.Fuzz(func(t *testing.T, source []byte, message, help string, line, col, width int) {
		message, help = catalogtest.Pieces(message), catalogtest.Pieces(help)
		ds := Diagnostics{{Severity: Error, Rule: Rule{id: "r"}, Message: message, Help: help, Pos: Position{message, line, col, width}, Notes: []Note{{Position{help, line, col + 1, width}, message}}}}
		var b bytes.Buffer
		if err := WriteText(&b, ds, TextOptions{Source: func(string) []byte { return source }}); err != nil {
			t.Fatal(err)
		}
		for line := range strings.SplitSeq(b.String(), "\n") {
			if i := strings.IndexFunc(line, func(r rune) bool { return !unicode.IsPrint(r) }); i >= 0 || !utf8.ValidString(line) {
				t.Errorf("the line %q has something other than printable characters at %d", line, i)
			}
		}
	})
}
