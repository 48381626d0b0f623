package store

import (
	"cmp"
	"context"
	"crypto/sha256"
	"database/sql"
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
		results, err := s.written(ctx, id)
		if err != nil {
			return nil, fmt.Errorf("read results of %s: %w", id, err)
		}
		all[id] = digest(results)
	}
	return all, nil
}

// written gives a round's results with its comments as they were written.
func (s *Store) written(ctx context.Context, id survey.RoundID) (results survey.Results, err error) {
	err = s.read(ctx, func(ctx context.Context, tx *sql.Tx) error {
		if results, err = s.readResults(ctx, tx, id); err != nil {
			return err
		}
		opinions, err := readOpinions(ctx, tx, id)
		for _, o := range opinions {
			results.Opinions = append(results.Opinions, survey.Opinion{Stratum: o.stratum, Text: o.text})
		}
		return err
	})
	return results, err
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
