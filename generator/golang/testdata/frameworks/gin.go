package recipes

import (
	"errors"
	"net/http"

	"github.com/gin-gonic/gin"

	"example.com/shop/shop"
)

// ginHandler returns a handler of gin that answers with the error of f.
func ginHandler(f func(*gin.Context) error) gin.HandlerFunc {
	return func(c *gin.Context) {
		err := f(c)
		if err == nil {
			return
		}
		_ = c.Error(err) // for middlewares that log
		c.Abort()
		if !c.Writer.Written() {
			shop.WriteProblem(c.Writer, c.Request, err)
		}
	}
}

// passOnAbort comes before gin.Recovery, and gives the server what that takes.
func passOnAbort(c *gin.Context) {
	c.Next()
	if last := c.Errors.Last(); last != nil && errors.Is(last, http.ErrAbortHandler) {
		panic(http.ErrAbortHandler)
	}
}
