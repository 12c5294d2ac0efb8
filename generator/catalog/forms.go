package catalog

import (
	"slices"
	"strings"

	"github.com/errcat/errcat/generator/yamldoc"
)

// form returns the pair that a scalar in the place of a mapping, or of a list of
// mappings, probably means, for help; the key is empty if none is likely.
func form(what string, n *yamldoc.Node) (key, value string) {
	if _, ok := yamldoc.AsBool(n); ok {
		return "", ""
	}
	switch what {
	case "the catalog":
		return "name", yamldoc.Key(n)
	case "a category":
		return "title", yamldoc.Quoted(n)
	case "an error":
		if n.ShortTag() == "!!str" {
			return "message", yamldoc.Quoted(n)
		}
	case "a link", "links":
		return "url", yamldoc.Quoted(n)
	case "deprecated", "retired":
		if version := strings.TrimPrefix(n.Value, "v"); version != "" && isDigit(version[0]) {
			return "since", yamldoc.Quoted(n)
		}
		return "reason", yamldoc.Quoted(n)
	case "identifiers":
		return "go", yamldoc.Key(n)
	case "a param":
		if slices.Contains(paramTypes[:], ParamType(n.Value)) {
			return "type", yamldoc.Key(n)
		}
	case "a metadata key":
		if slices.Contains(metadataTypes[:], MetadataType(n.Value)) {
			return "type", yamldoc.Key(n)
		}
	case "a reservation", "reserved":
		return "code", yamldoc.Quoted(n)
	case "an output", "outputs":
		if n.ShortTag() == "!!str" {
			return "target", yamldoc.Key(n) + ", path: errors"
		}
	case "categories":
		return yamldoc.Key(n), "{}"
	case "params":
		return yamldoc.Key(n), "string"
	case "errors":
		return yamldoc.Key(n), "{message: ...}"
	}
	return "", ""
}
