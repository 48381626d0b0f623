package store_test

import (
	"bytes"
	"context"
	"testing"

	"hailong/survey"
)

// spoken is the built-in questionnaire, with a recording of its first question.
func spoken(t *testing.T, version survey.Version, sound string) survey.QuestionnaireUpload {
	t.Helper()
	content := []byte("\x00\x00\x00\x20ftypM4A ....mp4a...." + sound)
	recording, err := survey.NewRecording("A1.m4a", content)
	if err != nil {
		t.Fatal(err)
	}
	q := survey.BuiltInQuestionnaire()
	q.Version = version
	for _, f := range q.Forms {
		if f.Items[0].Code == "A1" {
			f.Items[0].Recording = "A1.m4a"
		}
	}
	q.Recordings = []survey.Recording{recording}
	return survey.QuestionnaireUpload{Questionnaire: q, Sounds: map[survey.RecordingID][]byte{recording.ID: content}}
}

func TestRecordingsComeWithTheirQuestionnaire(t *testing.T) {
	ctx := context.Background()
	s, _ := openAt(t, "2026-09-01 08:00")
	first, second := spoken(t, "v1", "one"), spoken(t, "v1", "two")
	heard := func(up survey.QuestionnaireUpload) bool {
		t.Helper()
		content, kind, err := s.Sound(ctx, up.Recordings[0].ID)
		if err != nil && survey.KindOf(err) != survey.NotFound {
			t.Fatal(err)
		}
		return kind == "audio/mp4" && bytes.Equal(content, up.Sounds[up.Recordings[0].ID])
	}
	if _, err := s.ImportQuestionnaire(ctx, "test", first, true); err != nil || heard(first) {
		t.Errorf("a trial stores recordings: %v", err)
	}
	for _, up := range []survey.QuestionnaireUpload{first, first, second} {
		changes, err := s.ImportQuestionnaire(ctx, "test", up, false)
		if err != nil || !heard(up) {
			t.Fatalf("%+v, %v", changes, err)
		}
	}
	if heard(first) {
		t.Error("a recording that nothing plays is kept")
	}
	// Another version that names it need not bring it along.
	kept, err := s.StoredRecordings(ctx)
	if err != nil || len(kept) != 1 || kept[0] != second.Recordings[0] {
		t.Fatalf("%v, %v", kept, err)
	}
	later := spoken(t, "v2", "two")
	later.Sounds = nil
	changes, err := s.ImportQuestionnaire(ctx, "test", later, false)
	if err != nil || len(changes.Recordings) != 0 || !heard(second) {
		t.Errorf("%+v, %v", changes, err)
	}
	// One that is nowhere cannot be played, so its questionnaire is not stored.
	gone := spoken(t, "v3", "three")
	gone.Sounds = nil
	if _, err := s.ImportQuestionnaire(ctx, "test", gone, false); err == nil {
		t.Error("stored without its recording")
	}
	if _, err := s.Questionnaire(ctx, "v3"); survey.KindOf(err) != survey.NotFound {
		t.Errorf("half of it is stored: %v", err)
	}
}
