package analyzers

import (
	"fmt"
	"go/ast"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ast/inspector"

	"github.com/errcat/errcat/cmd/errcatvet/codes"
)

// Switch reports switches that lack codes.
var Switch = newAnalyzer("codeswitch", `report switches over codes that lack some

A switch over the codes of a catalog has no default, and lacks codes of the catalog.
Retired errors may be missing. Add the cases, or a default: newer servers may send
codes that this program does not know.`, inTests,
	func(p *pass) {
		p.each(func(c inspector.Cursor) {
			s := c.Node().(*ast.SwitchStmt)
			if s.Tag == nil {
				return
			}
			of := p.OfCode(p.typeOf(s.Tag))
			if of == nil {
				return
			}
			has := make(map[string]bool)
			for _, clause := range s.Body.List {
				clause := clause.(*ast.CaseClause)
				if clause.List == nil {
					return // default
				}
				for _, e := range clause.List {
					code, ok := p.value(e)
					if !ok {
						return
					}
					has[code] = true
				}
			}
			missing := missingCodes(of, has)
			if len(missing) == 0 {
				return
			}
			const most = 5
			names := make([]string, 0, most+1)
			for _, name := range missing[:min(len(missing), most)] {
				names = append(names, p.shownConstant(of, name))
			}
			if more := len(missing) - most; more > 0 {
				names = append(names, fmt.Sprintf("and %d more", more))
			}
			p.Reportf(s.Pos(), "the switch has no default and lacks %s", strings.Join(names, ", "))
		}, (*ast.SwitchStmt)(nil))
	})

// missingCodes returns the names of the constants of all errors that are not retired
// and whose codes are not among the given ones, sorted.
func missingCodes(of *codes.Package, has map[string]bool) []string {
	var missing []string
	for code, name := range of.Codes() {
		if has[code] {
			continue
		}
		if c, ok := of.Types.Scope().Lookup(name).(*types.Const); ok && of.Lifecycle(c).Retired {
			continue
		}
		missing = append(missing, name)
	}
	slices.Sort(missing)
	return missing
}
