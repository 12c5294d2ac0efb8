package main

import (
	"fmt"

	"example.com/openapi/oapi"
	"example.com/openapi/ogenapi"
)

// isLost reports whether a client cannot read a problem: those of ogen check the
// code, if each error of the operation has a schema.
func isLost(client string, body map[string]any) bool {
	_, isNumber := body["code"].(float64)
	return client == "ogen" && !isNumber && (body["code"] == "9" || body["code"] == nil)
}

// look looks for the params of a problem and, with oapi-codegen, for the code of one
// that is not known.
func look(problem any, body map[string]any) error {
	switch p := problem.(type) {
	case *ogenapi.Status409:
		if e, ok := p.GetWrongUserIDProblem(); ok != (body["code"] == "2209") || ok && e.UserID != "user-42" {
			return fmt.Errorf("read as %v", e)
		}
	case *oapi.Status409:
		code, err := p.Discriminator()
		if err != nil || code != body["code"] {
			return fmt.Errorf("the code is %s (%v)", code, err)
		}
		value, err := p.ValueByDiscriminator()
		if (err != nil) != (code == "9") {
			return fmt.Errorf("got %T, %v", value, err)
		}
		if e, ok := value.(oapi.WrongUserIDProblem); ok != (code == "2209") || ok && e.UserId != "user-42" {
			return fmt.Errorf("read as %v", value)
		}
	}
	return nil
}
