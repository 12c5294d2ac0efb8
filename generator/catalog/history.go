package catalog

import (
	"encoding/json"
	"fmt"
	"slices"
)

// Release is what changed in the errors of a catalog in one release.
type Release struct {
	// Name is that of the release, such as v1.2.0.
	Name    string          `json:"name"`
	Changes []ReleaseChange `json:"changes"`
}

// ReleaseChange is a change of one error.
type ReleaseChange struct {
	// Error is the name of the error now.
	Error string `json:"error"`
	// Text says what changed, in plain text.
	Text string `json:"text"`
	// IsInternal means that the error was internal before or after the change, so that
	// only the backend may read the Text.
	IsInternal bool `json:"internal,omitempty"`
}

// Event is what changed in an error in one release.
type Event struct {
	Release string
	Changes []ReleaseChange
}

// ParseHistory reads a JSON array of releases, from the first to the last. It fails
// if it is anything else.
func ParseHistory(data []byte) ([]Release, error) {
	var history []Release
	if err := json.Unmarshal(data, &history); err != nil {
		return nil, fmt.Errorf("history: %w", err)
	}
	return history, nil
}

// WithHistory returns the catalog with what changed in each error, from the last
// release to the first.
func (c *Catalog) WithHistory(history []Release) *Catalog {
	events := make(map[string][]Event)
	for _, release := range slices.Backward(history) {
		byName := make(map[string][]ReleaseChange)
		for _, change := range release.Changes {
			byName[change.Error] = append(byName[change.Error], change)
		}
		for name, changes := range byName {
			events[name] = append(events[name], Event{release.Name, changes})
		}
	}
	return c.part(func(*Error) bool { return true }, func(e *Error) { e.History = events[e.Name] }, (*Lifecycle).withoutReplacement)
}

// publicHistory returns what everybody may know of a history.
func publicHistory(history []Event) []Event {
	var public []Event
	for _, event := range history {
		changes := slices.DeleteFunc(slices.Clone(event.Changes), func(c ReleaseChange) bool { return c.IsInternal })
		if len(changes) > 0 {
			public = append(public, Event{event.Release, changes})
		}
	}
	return public
}
