package main

import (
	"encoding/json"
	"fmt"
	"net/url"
	"strings"

	"hailong/survey"
)

// spoken is what simulated parents write: 120 characters.
const spoken = "Mong nhà trường sửa lại khu vệ sinh, thêm nước uống sạch, cây bóng mát ngoài sân và báo sớm các khoản thu cho phụ huynh."

// paper is one form with its requests ready but for the school, the id and the
// answers. Papers are shared by all senders and never change.
type paper struct {
	form *survey.Form
	look template
	fill [2][2]template // by way (page, JSON) and by whether there is a comment
}

// The ways in which a form is sent.
const (
	byPage = iota
	byJSON
)

// template is a request with the places that differ from one to the next.
type template struct {
	text    []byte
	link    int
	id      int
	marks   []int
	percent int // two digits
}

const (
	linkRoom = "########"
	idRoom   = "######################################"
)

func newPaper(form *survey.Form, host string) paper {
	p := paper{form: form, look: lookRequest(form, host)}
	for comment, text := range []string{"", survey.CleanText(spoken)} {
		p.fill[byPage][comment] = pageRequest(form, host, text)
		p.fill[byJSON][comment] = jsonRequest(form, host, text)
	}
	return p
}

func lookRequest(form *survey.Form, host string) template {
	head := fmt.Sprintf("GET /k/%s/%s HTTP/1.1\r\nHost: %s\r\nUser-Agent: hailong-rehearse\r\nAccept: text/html\r\nAccept-Encoding: gzip\r\n\r\n", linkRoom, form.Code, host)
	return template{text: []byte(head), link: strings.Index(head, linkRoom)}
}

func pageRequest(form *survey.Form, host, comment string) template {
	var b body
	b.add("id=")
	b.id = b.add(idRoom)
	for _, code := range itemCodes(form) {
		b.add("&" + url.QueryEscape(code) + "=")
		b.marks = append(b.marks, b.add("0"))
	}
	b.add("&" + url.QueryEscape(string(form.Expectation.Code)) + "=")
	b.percent = b.add("00")
	b.add("&" + url.QueryEscape(string(form.Comment.Code)) + "=" + url.QueryEscape(comment))
	return b.post("/k/", form, host, "application/x-www-form-urlencoded")
}

func jsonRequest(form *survey.Form, host, comment string) template {
	var b body
	b.add(`{"id":"`)
	b.id = b.add(idRoom)
	b.add(`","answers":{`)
	for _, code := range itemCodes(form) {
		b.add(quote(code) + ":")
		b.marks = append(b.marks, b.add("0"))
		b.add(",")
	}
	b.add(quote(string(form.Expectation.Code)) + ":")
	b.percent = b.add("00")
	b.add(`},"comment":` + quote(comment) + "}")
	return b.post("/api/v1/k/", form, host, "application/json")
}

func quote(text string) string {
	out, err := json.Marshal(text)
	if err != nil {
		return `""`
	}
	return string(out)
}

func itemCodes(form *survey.Form) []string {
	var codes []string
	for _, item := range form.Items {
		codes = append(codes, string(item.Code))
	}
	return append(codes, string(form.Overall.Code))
}

// body is a request's body as it is put together.
type body struct {
	template
}

// add appends text and gives where it begins.
func (b *body) add(text string) int {
	b.text = append(b.text, text...)
	return len(b.text) - len(text)
}

// post puts the head before the body.
func (b *body) post(path string, form *survey.Form, host, kind string) template {
	head := fmt.Sprintf("POST %s%s/%s HTTP/1.1\r\nHost: %s\r\nUser-Agent: hailong-rehearse\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n",
		path, linkRoom, form.Code, host, kind, len(b.text))
	t := template{text: append([]byte(head), b.text...), link: strings.Index(head, linkRoom), id: b.id + len(head), percent: b.percent + len(head)}
	for _, at := range b.marks {
		t.marks = append(t.marks, at+len(head))
	}
	return t
}

// write puts the request for a delivery into the buffer.
func (t *template) write(buffer []byte, link survey.LinkCode, d survey.Delivery) []byte {
	buffer = append(buffer[:0], t.text...)
	copy(buffer[t.link:], link)
	if t.id == 0 { // a request without answers
		return buffer
	}
	copy(buffer[t.id:], d.ID)
	for i, at := range t.marks {
		buffer[at] = '0' + byte(d.Response.Marks[i])
	}
	buffer[t.percent] = '0' + byte(d.Response.Expectation/10)
	buffer[t.percent+1] = '0' + byte(d.Response.Expectation%10)
	return buffer
}
