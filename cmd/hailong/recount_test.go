package main_test

import (
	"math"
	"slices"
	"strconv"
)

// sent is one response as the test sent it: the independent book against which
// the workbook is held. An item that is missing was left blank.
type sent struct {
	school, form string
	marks        map[string]int // 0 is «không rõ»
	percent      int            // -1: left out
	comment      string
}

// book is all responses of one heap.
type book []sent

func (b book) of(school, form string) book {
	var part book
	for _, s := range b {
		if (school == "" || s.school == school) && (form == "" || s.form == form) {
			part = append(part, s)
		}
	}
	return part
}

// counts gives how often an item was answered 1–5, «không rõ» and not at all.
func (b book) counts(item string) (levels [6]int, unknown, blank int) {
	for _, s := range b {
		mark, answered := s.marks[item]
		switch {
		case !answered:
			blank++
		case mark == 0:
			unknown++
		default:
			levels[mark]++
		}
	}
	return levels, unknown, blank
}

// means gives each respondent's mean over the items that belong, for those who
// answered any.
func (b book) means(belongs func(item string) bool) []float64 {
	var means []float64
	for _, s := range b {
		sum, k := 0, 0
		for item, mark := range s.marks {
			if belongs(item) && mark > 0 {
				sum += mark
				k++
			}
		}
		if k > 0 {
			means = append(means, float64(sum)/float64(k))
		}
	}
	return means
}

// share gives the percentage of answers 4 and 5 among all valid ones to the
// items that belong.
func (b book) share(belongs func(item string) bool) (percent float64, valid int) {
	satisfied := 0
	for _, s := range b {
		for item, mark := range s.marks {
			if belongs(item) && mark > 0 {
				valid++
				if mark >= 4 {
					satisfied++
				}
			}
		}
	}
	return 100 * float64(satisfied) / float64(valid), valid
}

func (b book) percents() []float64 {
	var all []float64
	for _, s := range b {
		if s.percent >= 0 {
			all = append(all, float64(s.percent))
		}
	}
	return all
}

func mean(xs []float64) float64 {
	sum := 0.0
	for _, x := range xs {
		sum += x
	}
	return sum / float64(len(xs))
}

// scored says whether an item is one of the groups', not F2.
func scored(item string) bool { return item != "F2" }

func inGroup(group string) func(string) bool {
	return func(item string) bool { return item[:1] == group }
}

func only(item string) func(string) bool {
	return func(other string) bool { return other == item }
}

// scoreInterval is Wilson's interval, written out anew, for a share of n
// respondents among population.
func scoreInterval(percent float64, n, population int) (low, high float64) {
	p, z := percent/100, 1.959963984540054
	size := float64(n) * float64(population-1) / float64(population-n)
	root := z / (1 + z*z/size) * math.Sqrt(p*(1-p)/size+z*z/(4*size*size))
	middle := (p + z*z/(2*size)) / (1 + z*z/size)
	return 100 * math.Max(0, middle-root), 100 * math.Min(1, middle+root)
}

// row is what a row of the workbook has to show: header → value, nil for an
// empty cell.
type row map[string]any

// standing is the row of a school or of one of its forms.
func (b book) standing(enrolment int) row {
	r := row{"Sĩ số": enrolment, "Số phiếu": len(b), "Tỷ lệ tham gia (%)": 100 * float64(len(b)) / float64(enrolment)}
	if means := b.means(scored); len(means) > 0 {
		share, _ := b.share(scored)
		low, high := scoreInterval(share, len(means), enrolment)
		r["Điểm trung bình"], r["Chỉ số hài lòng (%)"], r["Tỷ lệ hài lòng (%)"] = mean(means), mean(means)*20, share
		r["KTC 95% dưới (%)"], r["KTC 95% trên (%)"] = low, high
	}
	if share, valid := b.share(only("F2")); valid > 0 {
		r["Hài lòng chung (%)"] = share
	}
	if said := b.percents(); len(said) > 0 {
		r["Mức đáp ứng mong đợi (%)"] = mean(said)
	}
	for _, group := range []string{"A", "B", "C", "D", "E"} {
		if means := b.means(inGroup(group)); len(means) > 0 {
			share, _ := b.share(inGroup(group))
			r[group+" · Chỉ số (%)"], r[group+" · Tỷ lệ (%)"] = mean(means)*20, share
		}
	}
	return r
}

// item is the row of one item.
func (b book) item(item string) row {
	levels, unknown, blank := b.counts(item)
	valid := levels[1] + levels[2] + levels[3] + levels[4] + levels[5]
	r := row{"Mã câu": item, "Số trả lời": valid, "Không áp dụng": unknown, "Bỏ trống": blank}
	for level := 1; level <= 5; level++ {
		r["Mức "+strconv.Itoa(level)] = levels[level]
	}
	if valid > 0 {
		r["Điểm trung bình"] = float64(levels[1]+2*levels[2]+3*levels[3]+4*levels[4]+5*levels[5]) / float64(valid)
		r["Tỷ lệ hài lòng (%)"] = 100 * float64(levels[4]+levels[5]) / float64(valid)
	}
	return r
}

func (b book) comments() []string {
	var all []string
	for _, s := range b {
		if s.comment != "" {
			all = append(all, s.comment)
		}
	}
	slices.Sort(all)
	return all
}
