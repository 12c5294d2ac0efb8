package main

// isLost reports whether a client cannot read a problem: with open descriptions,
// each reads all.
func isLost(client string, body map[string]any) bool { return false }

// look has nothing to add: there is one type of problems.
func look(problem any, body map[string]any) error { return nil }
