package parent

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"hailong/export/card"
	"hailong/survey"
)

func TestPicturesAreBounded(t *testing.T) {
	x := newPictures(50_000)
	for i := range 12 {
		c := card.Card{School: fmt.Sprint("Trường số ", i)}
		if _, err := x.get(context.Background(), version(c), c); err != nil {
			t.Fatal(err)
		}
		sum := 0
		for _, data := range x.kept {
			sum += len(data)
		}
		if sum != x.size || sum > x.max {
			t.Fatalf("%d bytes kept, counted %d, allowed %d", sum, x.size, x.max)
		}
	}
	if len(x.kept) < 2 {
		t.Errorf("%d pictures kept", len(x.kept))
	}
}

func TestWhoeverWaitsTooLongIsToldSo(t *testing.T) {
	x := newPictures(1 << 20)
	c := card.Card{School: "Trường THCS Y Wang"}
	x.turn <- struct{}{} // somebody draws
	ctx, cancel := context.WithTimeout(context.Background(), time.Millisecond)
	defer cancel()
	var refused *survey.Error
	if _, err := x.get(ctx, version(c), c); !errors.As(err, &refused) || refused.Kind != survey.Busy {
		t.Errorf("%v", err)
	}
	<-x.turn
	if data, err := x.get(context.Background(), version(c), c); err != nil || len(data) == 0 {
		t.Errorf("after that: %v", err)
	}
}
