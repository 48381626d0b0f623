package store

import (
	"context"
	"database/sql"
	"fmt"

	"hailong/survey"
)

// Directory reads what parents' requests need, to be kept in memory until the
// revision changes.
func (s *Store) Directory(ctx context.Context) (d *survey.Directory, err error) {
	err = s.read(ctx, func(ctx context.Context, tx *sql.Tx) error {
		d, err = s.readDirectory(ctx, tx)
		return err
	})
	return d, err
}

func (s *Store) readDirectory(ctx context.Context, tx *sql.Tx) (*survey.Directory, error) {
	revision, err := readRevision(ctx, tx)
	if err != nil {
		return nil, fmt.Errorf("read revision: %w", err)
	}
	naming, err := readNaming(ctx, tx)
	if err != nil {
		return nil, err
	}
	sc, err := s.schedule(ctx, tx)
	if err != nil {
		return nil, err
	}
	d := &survey.Directory{Revision: revision, Read: s.now(), Province: naming.Province, Office: naming.Office, Helpline: naming.Helpline, Calendar: sc.Calendar}
	d.Round, _ = sc.Calendar.Current(sc.Rounds, s.now())
	d.RoundTitle = sc.Title(d.Round)
	version := d.Round.Questionnaire
	if version == "" {
		if version, err = nextVersion(ctx, tx); err != nil {
			return nil, err
		}
	}
	if d.Questionnaire, err = s.readQuestionnaire(ctx, tx, version); err != nil {
		return nil, err
	}
	if d.Lineage, err = readLineage(ctx, tx); err != nil {
		return nil, err
	}
	steps, err := readSteps(ctx, tx, d.Round.ID)
	if err != nil {
		return nil, err
	}
	d.Stage = survey.StageOf(steps)
	if d.Formerly, err = readFormerNames(ctx, tx); err != nil {
		return nil, err
	}
	d.Links, err = s.readLinks(ctx, tx, d)
	return d, err
}

type stratumKey struct {
	school survey.SchoolCode
	form   survey.FormCode
}

func (s *Store) readLinks(ctx context.Context, tx *sql.Tx, d *survey.Directory) (map[survey.LinkCode]survey.Link, error) {
	schools, err := readSchools(ctx, tx)
	if err != nil {
		return nil, err
	}
	asked, err := readAsked(ctx, tx, d.Round.ID)
	if err != nil {
		return nil, err
	}
	pledges, err := readShownPledges(ctx, tx, d)
	if err != nil {
		return nil, err
	}
	links := make(map[survey.LinkCode]survey.Link, len(schools))
	bySchool := make(map[survey.SchoolCode]survey.School, len(schools))
	for _, school := range schools {
		bySchool[school.Code] = school
		links[school.Link] = survey.Link{School: school, Forms: formsAsked(d, school, asked), Pledges: pledges[school.Code]}
	}
	type revoked struct {
		code   survey.LinkCode
		school survey.SchoolCode
	}
	old, err := collect(ctx, tx, func(rows *sql.Rows) (r revoked, err error) { return r, rows.Scan(&r.code, &r.school) },
		`SELECT code, school_code FROM link WHERE revoked_at IS NOT NULL`)
	if err != nil {
		return nil, fmt.Errorf("read revoked links: %w", err)
	}
	for _, r := range old {
		links[r.code] = survey.Link{School: bySchool[r.school], Revoked: true}
	}
	return links, nil
}

func readAsked(ctx context.Context, tx *sql.Tx, id survey.RoundID) (map[stratumKey]int64, error) {
	rows, err := tx.QueryContext(ctx, `SELECT id, school_code, form FROM stratum WHERE round_id = ?`, id)
	if err != nil {
		return nil, fmt.Errorf("read strata: %w", err)
	}
	defer rows.Close()
	asked := map[stratumKey]int64{}
	for rows.Next() {
		var key stratumKey
		var stratum int64
		if err := rows.Scan(&stratum, &key.school, &key.form); err != nil {
			return nil, fmt.Errorf("read strata: %w", err)
		}
		asked[key] = stratum
	}
	return asked, rows.Err()
}

// formsAsked gives the forms of the round's strata; before the round opens,
// those that its levels will bring.
func formsAsked(d *survey.Directory, school survey.School, asked map[stratumKey]int64) []survey.AskedForm {
	var forms []survey.AskedForm
	if d.Round.OpenedAt.IsZero() && !school.StandsOn(d.Round.Opens) {
		return nil
	}
	if d.Round.OpenedAt.IsZero() {
		for _, form := range d.Questionnaire.FormsOf(school) {
			forms = append(forms, survey.AskedForm{Form: form})
		}
		return forms
	}
	for _, form := range d.Questionnaire.Forms {
		if stratum, ok := asked[stratumKey{school.Code, form.Code}]; ok {
			forms = append(forms, survey.AskedForm{Form: form, Stratum: stratum})
		}
	}
	return forms
}
