package survey

import "math"

// Part is one stratum in a roll-up.
type Part struct {
	Level     Level
	Enrolment int // N_h
	Heap      Heap
}

// RollUp says how strata are put together.
type RollUp uint8

// The three roll-ups. Their figures differ; each is shown under its name.
const (
	Pooled     RollUp = iota + 1 // gộp phiếu: all responses as one heap
	SimpleMean                   // bình quân đơn giản: the plain mean of the strata's figures
	Weighted                     // có trọng số sĩ số: the stratified estimator
)

// RollUps gives the three roll-ups in the order in which they are shown.
func RollUps() []RollUp { return []RollUp{Pooled, SimpleMean, Weighted} }

// Name is the roll-up as people see it.
func (u RollUp) Name() string {
	switch u {
	case Pooled:
		return "Gộp phiếu"
	case SimpleMean:
		return "Bình quân đơn giản"
	case Weighted:
		return "Có trọng số sĩ số"
	}
	return ""
}

// Coverage says which strata a roll-up rests on.
type Coverage struct {
	Strata             int // in all
	Represented        int // with at least one response
	Enrolment          int // ΣN_h of all
	UnrepresentedShare float64
}

// Cover counts the strata without a response and their share of the enrolment,
// in percent.
func Cover(parts []Part) Coverage {
	c := Coverage{Strata: len(parts)}
	missing := 0
	for _, p := range parts {
		c.Enrolment += p.Enrolment
		if p.Heap.Responses > 0 {
			c.Represented++
		} else {
			missing += p.Enrolment
		}
	}
	if c.Enrolment > 0 {
		c.UnrepresentedShare = 100 * float64(missing) / float64(c.Enrolment)
	}
	return c
}

// Figures gives the figures of all parts together under the roll-up.
func (u RollUp) Figures(parts []Part) Figures {
	var heap Heap
	enrolment := 0
	for _, p := range parts {
		heap.Merge(p.Heap)
		enrolment += p.Enrolment
	}
	pooled := heap.Figures(enrolment)
	if u == Pooled {
		return pooled
	}
	f := Figures{Enrolment: enrolment, Responses: pooled.Responses, All: u.sums(parts, func(h Heap) Sums { return h.All }), Overall: u.overall(parts)}
	for g := range pooled.Groups {
		f.Groups = append(f.Groups, u.sums(parts, func(h Heap) Sums {
			if g < len(h.Groups) {
				return h.Groups[g]
			}
			return Sums{}
		}))
	}
	f.Expectation = u.mean(parts, func(h Heap) sample { return valueSample(h.Expectation) })
	f.Exceeded = u.share(parts, func(h Heap) (int, int, int) {
		reached, said := h.exceeded()
		return reached, said, said
	})
	return f
}

func (u RollUp) sums(parts []Part, of func(Heap) Sums) Satisfaction {
	mean := u.mean(parts, func(h Heap) sample { return peopleSample(of(h).People) })
	share := u.share(parts, func(h Heap) (int, int, int) {
		s := of(h)
		return s.Satisfied, s.Valid, peopleSample(s.People).n
	})
	return Satisfaction{Mean: mean, Index: indexOf(mean), Share: share}
}

func (u RollUp) overall(parts []Part) Satisfaction {
	mean := u.mean(parts, func(h Heap) sample { return levelSample(h.Overall) })
	share := u.share(parts, func(h Heap) (int, int, int) { return h.Overall.Satisfied(), h.Overall.Valid(), h.Overall.Valid() })
	return Satisfaction{Mean: mean, Index: indexOf(mean), Share: share}
}

// stratumSample is one stratum's part in an estimator.
type stratumSample struct {
	level      Level
	population int
	sample
}

// weights gives each represented stratum its share in the result: N_h / ΣN_h,
// or one and the same for the simple mean.
func (u RollUp) weights(strata []stratumSample) []float64 {
	w := make([]float64, len(strata))
	total := 0.0
	for i, s := range strata {
		w[i] = 1
		if u == Weighted {
			w[i] = float64(s.population)
		}
		total += w[i]
	}
	for i := range w {
		w[i] /= total
	}
	return w
}

// represented keeps the strata that have an observation and, where they are
// weighted by it, a known size.
func (u RollUp) represented(parts []Part, of func(Heap) sample) []stratumSample {
	var strata []stratumSample
	for _, p := range parts {
		if s := of(p.Heap); s.n > 0 && (p.Enrolment > 0 || u != Weighted) {
			strata = append(strata, stratumSample{p.Level, p.Enrolment, s})
		}
	}
	return strata
}

// mean gives Σ w_h·m_h with variance Σ w_h²·(1 − n_h/N_h)·s_h²/n_h (Cochran
// 1977, §5.4; the same as R's survey::svymean with strata and fpc) and t of
// Σn_h − H degrees of freedom. A stratum with n_h = 1 takes the pooled s² of
// its level; where that is unknown there is no interval.
func (u RollUp) mean(parts []Part, of func(Heap) sample) Estimate {
	strata := u.represented(parts, of)
	if len(strata) == 0 {
		return Estimate{}
	}
	e := Estimate{Known: true}
	pooled := pooledVariances(strata)
	variance, known := 0.0, true
	for i, w := range u.weights(strata) {
		s := strata[i]
		e.N += s.n
		e.Value += w * s.mean
		fpc := correction(s.n, s.population)
		if s.n == 1 && fpc > 0 {
			v, ok := pooled[s.level]
			s.variance, known = v, known && ok
		}
		variance += w * w * fpc * s.variance / float64(s.n)
	}
	switch df := e.N - len(strata); {
	case variance == 0 && known && allCounted(strata):
		e.setInterval(0)
	case df > 0 && known:
		e.setInterval(tQuantile975(float64(df)) * math.Sqrt(variance))
	}
	return e
}

func allCounted(strata []stratumSample) bool {
	for _, s := range strata {
		if s.n != s.population {
			return false
		}
	}
	return true
}

// pooledVariances gives Σ(n−1)s² / Σ(n−1) for each level that has one.
func pooledVariances(strata []stratumSample) map[Level]float64 {
	squares, freedom := map[Level]float64{}, map[Level]float64{}
	for _, s := range strata {
		squares[s.level] += float64(s.n-1) * s.variance
		freedom[s.level] += float64(s.n - 1)
	}
	for level, df := range freedom {
		if df == 0 {
			delete(squares, level)
			continue
		}
		squares[level] /= df
	}
	return squares
}

// share gives Σ w_h·p_h with Wilson's interval for the effective number of
// observations 1 / Σ w_h²/n*_h (Kish, Survey Sampling, 1965, §8.2), n*_h as in
// shareEstimate: the number that a simple random sample would need for this
// precision. One stratum alone has the interval of that stratum.
func (u RollUp) share(parts []Part, of func(Heap) (satisfied, valid, people int)) Estimate {
	strata := u.represented(parts, func(h Heap) sample {
		satisfied, valid, people := of(h)
		if valid == 0 {
			return sample{}
		}
		return sample{n: people, mean: float64(satisfied) / float64(valid)}
	})
	if len(strata) == 0 {
		return Estimate{}
	}
	p, spread, n := 0.0, 0.0, 0
	for i, w := range u.weights(strata) {
		s := strata[i]
		p += w * s.mean
		n += s.n
		spread += w * w / effective(s.n, s.population)
	}
	return wilson(min(p, 1), 1/spread, n)
}
