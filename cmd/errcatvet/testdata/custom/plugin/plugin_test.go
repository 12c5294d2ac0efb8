package plugin

import (
	"testing"

	"github.com/golangci/plugin-module-register/register"
)

func TestPlugin(t *testing.T) {
	newPlugin, err := register.GetPlugin("errcat")
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		settings  any
		analyzers int
	}{
		{nil, 8},
		{map[string]any{"all": true}, 10},
		{map[string]any{"disable": []string{"codestatus"}}, 7},
		{map[string]any{"disable": []string{"codestat"}}, 0},
	} {
		p, err := newPlugin(test.settings)
		if err != nil {
			t.Fatal(err)
		}
		all, err := p.BuildAnalyzers()
		if len(all) != test.analyzers || (err == nil) != (test.analyzers > 0) || p.GetLoadMode() != register.LoadModeTypesInfo {
			t.Errorf("%v: %d analyzers, error %v", test.settings, len(all), err)
		}
	}
}
