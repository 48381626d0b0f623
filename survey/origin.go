package survey

import (
	"net/url"
	"strings"
)

// Origin is the address under which the service is seen: scheme and host, and
// nothing behind. It is printed on posters and is in every QR code.
type Origin struct {
	Scheme string // http or https
	Host   string // with its port, in small letters
}

// ParseOrigin reads an address as https://khaosat.example.vn; slashes at its
// end do not matter. Anything behind the host is refused: nobody corrects a
// poster that has been printed.
func ParseOrigin(s string) (Origin, error) {
	u, err := url.Parse(strings.TrimRight(strings.TrimSpace(s), "/"))
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Hostname() == "" || strings.ContainsAny(u.Host, " @") ||
		u.Path != "" || u.RawQuery != "" || u.ForceQuery || u.Fragment != "" || u.User != nil || u.Opaque != "" {
		return Origin{}, Refuse(Invalid, "Địa chỉ «%s» không đúng. Ghi như https://khaosat.example.vn, không có phần phía sau",
			"Address %q is not valid; write it like https://survey.example.vn, with nothing behind", cut(s))
	}
	return Origin{Scheme: u.Scheme, Host: strings.ToLower(u.Host)}, nil
}

// String is the address without a slash at its end.
func (o Origin) String() string { return o.Scheme + "://" + o.Host }
