package survey_test

import (
	"slices"
	"testing"
)

// The solver works with whole numbers only, so that nothing is rounded: rows
// are multiplied, never divided but by a common factor.

// eliminate brings rows into reduced echelon form and gives the columns of the
// pivots.
func eliminate(t *testing.T, rows [][]int64) (reduced [][]int64, pivots []int) {
	t.Helper()
	if len(rows) == 0 {
		return nil, nil
	}
	for column := range rows[0] {
		at := slices.IndexFunc(rows[len(pivots):], func(r []int64) bool { return r[column] != 0 })
		if at < 0 {
			continue
		}
		top := len(pivots)
		rows[top], rows[top+at] = rows[top+at], rows[top]
		for i := range rows {
			if i != top && rows[i][column] != 0 {
				combine(t, rows[i], rows[top], column)
			}
		}
		pivots = append(pivots, column)
		if len(pivots) == len(rows) {
			break
		}
	}
	return rows[:len(pivots)], pivots
}

// combine takes as much of a pivot row from another that its column becomes 0.
func combine(t *testing.T, row, pivot []int64, column int) {
	t.Helper()
	a, b := pivot[column], row[column]
	common := gcd(a, b)
	a, b = a/common, b/common
	factor := int64(0)
	for i := range row {
		row[i] = a*row[i] - b*pivot[i]
		if row[i] > 1<<40 || row[i] < -1<<40 {
			t.Fatal("the numbers of the solver grow too large")
		}
		factor = gcd(factor, row[i])
	}
	if factor > 1 {
		for i := range row {
			row[i] /= factor
		}
	}
}

func gcd(a, b int64) int64 {
	for b != 0 {
		a, b = b, a%b
	}
	return max(a, -a)
}

// nullSpace gives, for each unknown, what is free of it: the rows of a basis of
// all solutions in which nothing that is published moves.
func nullSpace(t *testing.T, rows [][]int64, unknowns int) [][]int64 {
	t.Helper()
	seen := map[string]bool{}
	var distinct [][]int64
	for _, r := range rows {
		key := string(signs(r))
		if !seen[key] && slices.ContainsFunc(r, func(v int64) bool { return v != 0 }) {
			seen[key] = true
			distinct = append(distinct, r)
		}
	}
	reduced, pivots := eliminate(t, distinct)
	space := make([][]int64, unknowns)
	for column := range unknowns {
		if slices.Contains(pivots, column) {
			continue
		}
		scale := int64(1)
		for i, p := range pivots {
			scale = scale / gcd(scale, reduced[i][p]) * max(reduced[i][p], -reduced[i][p])
		}
		vector := make([]int64, unknowns)
		vector[column] = scale
		for i, p := range pivots {
			vector[p] = -scale / reduced[i][p] * reduced[i][column]
		}
		for u := range unknowns {
			space[u] = append(space[u], vector[u])
		}
	}
	return space
}

func signs(row []int64) []byte {
	out := make([]byte, len(row))
	for i, v := range row {
		out[i] = byte(v + 1)
	}
	return out
}

// independent says whether no combination of the unknowns in the set is fixed
// by what is published: a combination w is fixed exactly when it is orthogonal
// to every solution in which nothing published moves.
func independent(t *testing.T, space [][]int64, set []int) bool {
	t.Helper()
	rows := make([][]int64, len(set))
	for i, u := range set {
		rows[i] = slices.Clone(space[u])
	}
	if len(rows) == 0 {
		return true
	}
	if len(rows[0]) == 0 {
		return false // everything is fixed
	}
	_, pivots := eliminate(t, rows)
	return len(pivots) == len(rows)
}

// Worked 1 of RELIABILITY.md: the total of a commune minus two of its schools
// gives the third.
func TestSolverFindsTotalMinusParts(t *testing.T) {
	a, b, total := []int64{1, 0, 0}, []int64{0, 1, 0}, []int64{1, 1, 1}
	if space := nullSpace(t, [][]int64{a, b, slices.Clone(total)}, 3); independent(t, space, []int{2}) {
		t.Error("the third school can be worked out and is not found")
	}
	if space := nullSpace(t, [][]int64{{1, 0, 0}, {1, 1, 1}}, 3); !independent(t, space, []int{2}) || independent(t, space, []int{1, 2}) {
		t.Error("of two hidden schools only the sum can be worked out")
	}
}
