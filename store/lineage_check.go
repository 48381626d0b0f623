package store

import (
	"context"
	"database/sql"
	"fmt"

	"hailong/survey"
)

// checkLineage finds what contradicts itself in what became of schools and
// communes: the rules that Succeed and MergeArea hold everybody to.
func checkLineage(ctx context.Context, tx *sql.Tx, in *Inspection) error {
	lineage, err := readLineage(ctx, tx)
	if err != nil {
		return err
	}
	schools, err := readSchools(ctx, tx)
	if err != nil {
		return err
	}
	for _, fault := range lineage.Faults(schools) {
		in.find("Lịch sử trường mâu thuẫn: %[1]s", "What became of schools contradicts itself: %[2]s", fault.Message, fault.English)
	}
	return checkAreas(ctx, tx, in, schools)
}

func checkAreas(ctx context.Context, tx *sql.Tx, in *Inspection, schools []survey.School) error {
	list, err := readAreas(ctx, tx)
	if err != nil {
		return fmt.Errorf("check communes: %w", err)
	}
	gone := map[survey.AreaCode]survey.Area{}
	for _, a := range list {
		if a.Until != 0 || a.Into != "" {
			gone[a.Code] = a
		}
	}
	for _, a := range gone {
		if _, into := gone[a.Into]; a.Until == 0 || a.Into == "" || into {
			in.find("%s đã sáp nhập nhưng không rõ vào đâu", "%s was merged, but not into a commune that is there", a.Title())
		}
	}
	for _, s := range schools {
		if a, ended := gone[s.Area.Code]; ended {
			in.find("Trường %s còn thuộc %s đã sáp nhập", "School %s still lies in %s, which was merged", s.Code, a.Title())
		}
	}
	return nil
}
