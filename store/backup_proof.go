package store

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"slices"

	"hailong/survey"
)

// digests gives, for each round, the SHA-256 of everything that its files are
// made from.
func (s *Store) digests(ctx context.Context, rounds []survey.RoundID) (map[survey.RoundID]string, error) {
	all := make(map[survey.RoundID]string, len(rounds))
	for _, id := range rounds {
		results, err := s.Results(ctx, id)
		if err != nil {
			return nil, fmt.Errorf("read results of %s: %w", id, err)
		}
		all[id] = digest(results)
	}
	return all, nil
}

// digest is SHA-256 over a text of the results that stays the same from one
// version of the program to the next, and from one reading to the next.
func digest(r survey.Results) string {
	h := sha256.New()
	fmt.Fprintf(h, "%q %d %d %q %q\n", r.Round.ID, r.Round.Opens, r.Round.Closes, r.Round.State, r.Questionnaire.Version)
	names := make(map[int64]string, len(r.Strata))
	for _, st := range r.Strata {
		names[st.ID] = fmt.Sprintf("%q %q", st.School.Code, st.Form.Code)
		fmt.Fprintf(h, "%s %q %q %q %d ", names[st.ID], st.School.Name, st.School.Kind, st.School.Area.Code, st.Enrolment)
		digestTally(h, st.Tally)
	}
	opinions := make([]string, len(r.Opinions))
	for i, o := range r.Opinions {
		opinions[i] = fmt.Sprintf("%s %q\n", names[o.Stratum], o.Text)
	}
	slices.SortFunc(opinions, cmp.Compare)
	for _, line := range opinions {
		io.WriteString(h, line)
	}
	return hex.EncodeToString(h.Sum(nil))
}

func digestTally(w io.Writer, t survey.Tally) {
	fmt.Fprintf(w, "%d %v %v %v %v\n", t.Responses, t.Items, t.Groups, t.All, t.Expectation)
	if t.Helped > 0 { // nothing more of rounds in which nobody was asked for it
		fmt.Fprintf(w, "helped %d\n", t.Helped)
	}
}
