package prose

import "reflect"

// ParseAll is Parse without its shortcuts.
func ParseAll(src string) Text {
	t := Text{src: src, tree: new(tree)}
	t.tree.once.Do(func() { t.tree.blocks = parse(src, nil) })
	return t
}

// SameTree reports whether two texts have the same tree.
func SameTree(a, b Text) bool { return reflect.DeepEqual(a.blocks(), b.blocks()) }

// IsSimple reports whether a text is read without the parser.
func IsSimple(src string) bool {
	_, ok := simpleInlines(src, nil)
	return ok || isPlain(src)
}

// IsTooDense reports whether a paragraph of the text may be read as words.
func IsTooDense(text string) bool { return isTooDense(countSpecial([]byte(text)), len(text)) }
