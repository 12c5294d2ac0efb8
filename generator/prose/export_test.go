package prose

// ParseAll is Parse without its way around texts of plain words.
func ParseAll(src string) Text { return Text{src: src, tree: new(tree)} }
