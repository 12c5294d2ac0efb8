package main

import (
	"cmp"
	"errors"
	"fmt"
	"strings"

	"github.com/errcat/errcat/generator/baseline"
	"github.com/errcat/errcat/generator/edit"
	"github.com/errcat/errcat/generator/workspace"
)

// errNothingToReserve means that a catalog uses or reserves all that it ever had.
var errNothingToReserve = errors.New("nothing to reserve")

// past returns the reservations that the history of a catalog lacks.
func (cmd *reserveCommand) past(b *baseline.Finder, m *workspace.Member) (edit.Change, error) {
	h, _, err := b.Past(m)
	if err != nil {
		return nil, fmt.Errorf("--history: %w", err)
	}
	var r edit.Reserve
	for _, f := range h.Unreserved(m.Catalog) {
		reason := "Used by " + f.Error + "."
		switch {
		case f.Until == "":
		case f.IsRemoved:
			reason = "Removed in " + f.Until + "."
		default:
			reason = "Used by " + f.Error + " until " + f.Until + "."
		}
		r.Rows = append(r.Rows, edit.Row{
			Code: f.Code, Aliases: f.Aliases, Name: f.Name, FormerNames: f.FormerNames, Reason: cmp.Or(strings.TrimSpace(cmd.Reason), reason),
		})
	}
	if len(r.Rows) == 0 {
		return nil, errNothingToReserve
	}
	return r, nil
}
