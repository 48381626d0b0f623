package page

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"mime"

	"github.com/gofiber/fiber/v2"
)

// TokenField is the hidden field with the token of a session; {{template
// "token" .Token}} writes it. ReadForm leaves it out.
const TokenField = "phien"

// Token ties a form to the session in which it was shown: no other site, and no
// page of another session, knows it. It tells nothing of the session's secret.
func Token(secret string) string {
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte("form"))
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil)[:16])
}

// HasToken says whether the form that was sent holds the token of the session.
// It reads URL-encoded forms and those with files.
func HasToken(c *fiber.Ctx, secret string) bool {
	return hmac.Equal([]byte(sentToken(c)), []byte(Token(secret)))
}

func sentToken(c *fiber.Ctx) string {
	kind, _, err := mime.ParseMediaType(c.Get(fiber.HeaderContentType))
	if err != nil {
		return ""
	}
	if kind == fiber.MIMEMultipartForm {
		if form, err := c.MultipartForm(); err == nil && len(form.Value[TokenField]) == 1 {
			return form.Value[TokenField][0]
		}
		return ""
	}
	form, err := readFields(c)
	if err != nil {
		return ""
	}
	return form.Get(TokenField)
}
