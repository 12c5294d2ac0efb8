package recipes

import (
	"github.com/labstack/echo/v5"

	"example.com/shop/shop"
)

// handleEcho5Error is for the field HTTPErrorHandler of an *echo.Echo.
func handleEcho5Error(c *echo.Context, err error) {
	if _, ok := shop.CodeOf(err); !ok && echo.StatusCode(err) != 0 {
		echo.DefaultHTTPErrorHandler(false)(c, err) // 404, 405 and other errors of echo
	} else if r, _ := echo.UnwrapResponse(c.Response()); r == nil || !r.Committed {
		shop.WriteProblem(c.Response(), c.Request(), err)
	}
}
