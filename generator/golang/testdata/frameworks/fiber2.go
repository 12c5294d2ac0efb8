package recipes

import (
	"errors"
	"math"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"example.com/shop/shop"
)

// handleFiber2Error is handleFiberError for fiber v2.
func handleFiber2Error(c *fiber.Ctx, err error) error {
	var own *fiber.Error // 404, 405 and other errors of fiber
	if _, ok := shop.CodeOf(err); !ok && errors.As(err, &own) {
		return fiber.DefaultErrorHandler(c, err)
	}
	p := shop.ProblemOf(err)
	c.Set("Cache-Control", "no-store")
	if p.RetryAfter > 0 && c.GetRespHeader("Retry-After") == "" {
		c.Set("Retry-After", strconv.Itoa(int(math.Ceil(p.RetryAfter.Seconds()))))
	}
	return c.Status(p.Status).JSON(p, "application/problem+json")
}
