package recipes

import (
	"errors"

	"github.com/labstack/echo/v4"

	"example.com/shop/shop"
)

// handleEchoError is for the field HTTPErrorHandler of an *echo.Echo.
func handleEchoError(err error, c echo.Context) {
	var own *echo.HTTPError // 404, 405 and other errors of echo
	if _, ok := shop.CodeOf(err); !ok && errors.As(err, &own) {
		c.Echo().DefaultHTTPErrorHandler(err, c)
	} else if !c.Response().Committed {
		shop.WriteProblem(c.Response(), c.Request(), err)
	}
}
