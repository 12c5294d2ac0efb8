package golang

import "testing"

// TestOptions checks which field each option sets.
func TestOptions(t *testing.T) {
	var got Options
	for name, value := range map[string]string{"http": "false", "package": "apierrors"} {
		o, _ := got.Describe().Lookup(name)
		if err := o.Set(value); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	if want := (Options{Package: "apierrors", HTTP: Off}); got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
}
