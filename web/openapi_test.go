package web_test

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hailong/survey"
)

// description is openapi.json, for holding answers against it.
type description struct {
	*testing.T
	root map[string]any
}

func describe(s *site) description {
	d := description{T: s.T}
	decode(s.T, s.get("/api/v1/openapi.json").body, &d.root)
	return d
}

func TestEveryRouteIsDescribed(t *testing.T) {
	s := newSite(t)
	described, routed := map[string]bool{}, map[string]bool{}
	for path, operations := range describe(s).root["paths"].(map[string]any) {
		for method := range operations.(map[string]any) {
			described[strings.ToUpper(method)+" "+path] = true
		}
	}
	parameter := regexp.MustCompile(`:(\w+)`)
	for _, r := range s.app.GetRoutes(true) {
		if strings.HasPrefix(r.Path, "/api/") && r.Method != "HEAD" {
			routed[r.Method+" "+parameter.ReplaceAllString(r.Path, "{$1}")] = true
		}
	}
	if diff := cmp.Diff(described, routed); diff != "" {
		t.Errorf("described (-) and routed (+):\n%s", diff)
	}
}

func TestAnswersAreAsDescribed(t *testing.T) {
	s := newSite(t)
	d := describe(s)
	good := `{"id":"0123456789abcdef","answers":{"A1":5}}`
	wrong, other := strings.Replace(good, "5}", "9}", 1), strings.Replace(good, "5}", "1}", 1)
	const offer, hand = "/api/v1/k/{code}", "/api/v1/k/{code}/{form}"
	for _, code := range []string{allForms, unknown, revoked} {
		d.check("get", offer, s.get("/api/v1/k/"+code))
	}
	for _, body := range []string{good, good, other, wrong} { // 201, 200, 409, 422
		d.check("post", hand, s.post(apiForm, jsonMIME, body))
	}
	d.check("post", hand, s.post(apiForm, formMIME, good))
	d.check("post", hand, s.post("/api/v1/k/"+unknown+"/TH", jsonMIME, good))
	for _, fault := range []error{os.ErrPermission, survey.Refuse(survey.Busy, "Đang bận", "Busy")} {
		s.shelf.fail = fault
		d.check("post", hand, s.post(apiForm, jsonMIME, strings.Replace(good, "0123", "abcd", 1)))
	}
}

// check holds an answer against what the description says of its status.
func (d description) check(method, path string, got answer) {
	d.Helper()
	operation := d.root["paths"].(map[string]any)[path].(map[string]any)[method].(map[string]any)
	response, ok := operation["responses"].(map[string]any)[got.Status[:3]].(map[string]any)
	if !ok {
		d.Errorf("%s %s answers %s, which is not described", method, path, got.Status)
		return
	}
	var value any
	decode(d.T, got.body, &value)
	schema := d.follow(response)["content"].(map[string]any)["application/json"].(map[string]any)["schema"]
	d.conform(schema.(map[string]any), value, path)
}

// follow resolves a reference within the description.
func (d description) follow(node map[string]any) map[string]any {
	ref, ok := node["$ref"].(string)
	if !ok {
		return node
	}
	var at any = d.root
	for step := range strings.SplitSeq(strings.TrimPrefix(ref, "#/"), "/") {
		at = at.(map[string]any)[step]
	}
	return at.(map[string]any)
}

// conform checks a value against the parts of JSON Schema that the description
// uses for answers.
func (d description) conform(schema map[string]any, value any, at string) {
	d.Helper()
	schema = d.follow(schema)
	kind := ""
	switch v := value.(type) {
	case map[string]any:
		kind = "object"
		d.members(schema, v, at)
	case []any:
		kind = "array"
		for _, inner := range v {
			d.conform(schema["items"].(map[string]any), inner, at+"[]")
		}
	case string:
		kind = "string"
		if allowed, ok := schema["enum"].([]any); ok && !slices.Contains(allowed, value) {
			d.Errorf("%s is %q, want one of %v", at, v, allowed)
		}
	case float64:
		kind = "integer"
	}
	if schema["type"] != kind {
		d.Errorf("%s is %T, described as %v", at, value, schema["type"])
	}
}

// members: all that are required are there, and no others than are described.
func (d description) members(schema, object map[string]any, at string) {
	d.Helper()
	properties, _ := schema["properties"].(map[string]any)
	for _, name := range schema["required"].([]any) {
		if _, there := object[name.(string)]; !there {
			d.Errorf("%s lacks %s", at, name)
		}
	}
	for name, inner := range object {
		if p, ok := properties[name].(map[string]any); ok {
			d.conform(p, inner, at+"."+name)
		} else {
			d.Errorf("%s.%s is not described", at, name)
		}
	}
}
