package survey

import "math"

// z975 is the 97.5 % quantile of the standard normal distribution.
const z975 = 1.959963984540054

// sample is what a histogram says of a quantity: n observations with their
// mean and their variance (with n−1).
type sample struct {
	n        int
	mean     float64
	variance float64
}

// peopleSample is the sample of respondents' own means (sum / k); those who
// answered nothing of the measure are left out.
func peopleSample(h Histogram) sample {
	return newSample(h, func(key int) (float64, bool) {
		k, sum := splitKey(key)
		return float64(sum) / float64(k), k > 0
	})
}

// valueSample is the sample of the keys themselves.
func valueSample(h Histogram) sample {
	return newSample(h, func(key int) (float64, bool) { return float64(key), true })
}

// levelSample is the sample of the levels 1–5.
func levelSample(c Counts) sample {
	var h Histogram
	for level := 1; level <= ScaleLevels; level++ {
		h = append(h, Cell{level, c[level]})
	}
	return valueSample(h)
}

// newSample takes the mean first, then the squares about it, for accuracy.
func newSample(h Histogram, value func(key int) (float64, bool)) sample {
	var s sample
	sum := 0.0
	for _, c := range h {
		if v, ok := value(c.Key); ok {
			s.n += c.Count
			sum += v * float64(c.Count)
		}
	}
	if s.n == 0 {
		return s
	}
	s.mean = sum / float64(s.n)
	squares := 0.0
	for _, c := range h {
		if v, ok := value(c.Key); ok {
			squares += (v - s.mean) * (v - s.mean) * float64(c.Count)
		}
	}
	if s.n > 1 {
		s.variance = squares / float64(s.n-1)
	}
	return s
}

// correction is the finite population correction 1 − n/N of a variance: none
// when N is unknown (0) or exceeded.
func correction(n, population int) float64 {
	if population <= 0 || n > population {
		return 1
	}
	return 1 - float64(n)/float64(population)
}

// meanEstimate gives m ± t(0.975, n−1)·s/√n·√(1 − n/N) (Cochran, Sampling
// Techniques, 1977, §2.8). With n = N the interval is the point; with n = 1
// there is none.
func meanEstimate(s sample, population int) Estimate {
	e := Estimate{Value: s.mean, N: s.n, Known: s.n > 0}
	switch {
	case s.n > 0 && s.n == population:
		e.setInterval(0)
	case s.n > 1:
		e.setInterval(tQuantile975(float64(s.n-1)) * math.Sqrt(s.variance/float64(s.n)*correction(s.n, population)))
	}
	return e
}

// shareEstimate gives a share with Wilson's score interval (Wilson 1927; Brown,
// Cai and DasGupta 2001) for n observations out of a population; n is replaced
// by n* = n·(N−1)/(N−n) when N is known and n < N.
func shareEstimate(satisfied, valid, n, population int) Estimate {
	if valid == 0 || n == 0 {
		return Estimate{}
	}
	return wilson(float64(satisfied)/float64(valid), effective(n, population), n)
}

// effective is the number of observations n* = n·(N−1)/(N−n) that count as
// much in an endless population as n do in one of N: infinitely many with
// n = N, n itself when N is unknown (0) or exceeded.
func effective(n, population int) float64 {
	switch {
	case population == n:
		return math.Inf(1)
	case population > n:
		return float64(n) * float64(population-1) / float64(population-n)
	}
	return float64(n)
}

// wilson gives the score interval of a share that rests on an effective number
// of observations; infinitely many make it the point.
func wilson(p, size float64, n int) Estimate {
	e := Estimate{Value: 100 * p, N: n, Known: true, Interval: true}
	if math.IsInf(size, 1) {
		e.Low, e.High = e.Value, e.Value
		return e
	}
	z2 := z975 * z975
	centre := (p + z2/(2*size)) / (1 + z2/size)
	half := z975 * math.Sqrt(p*(1-p)/size+z2/(4*size*size)) / (1 + z2/size)
	e.Low, e.High = 100*max(0, centre-half), 100*min(1, centre+half)
	if p == 0 {
		e.Low = 0
	}
	if p == 1 {
		e.High = 100
	}
	return e
}

// tQuantile975 is the 97.5 % quantile of Student's t distribution, found by
// Newton's method from the expansion of Abramowitz and Stegun 26.7.5.
func tQuantile975(df float64) float64 {
	z := z975
	z3, z5 := z*z*z, z*z*z*z*z
	x := z + (z3+z)/(4*df) + (5*z5+16*z3+3*z)/(96*df*df)
	if df < 3 {
		x = map[float64]float64{1: 12.706204736432095, 2: 4.302652729911275}[df]
	}
	lg1, _ := math.Lgamma((df + 1) / 2)
	lg2, _ := math.Lgamma(df / 2)
	norm := math.Exp(lg1-lg2) / math.Sqrt(df*math.Pi)
	for range 50 {
		upper := 0.5 * betaIncomplete(df/2, 0.5, df/(df+x*x))
		density := norm * math.Pow(1+x*x/df, -(df+1)/2)
		step := (upper - 0.025) / density
		x += step
		if math.Abs(step) < 1e-14*x {
			break
		}
	}
	return x
}

// betaIncomplete is the regularised incomplete beta function I_x(a, b), by the
// continued fraction DLMF 8.17.22 (modified Lentz).
func betaIncomplete(a, b, x float64) float64 {
	if x <= 0 {
		return 0
	}
	if x >= 1 {
		return 1
	}
	if x > (a+1)/(a+b+2) {
		return 1 - betaIncomplete(b, a, 1-x)
	}
	la, _ := math.Lgamma(a)
	lb, _ := math.Lgamma(b)
	lab, _ := math.Lgamma(a + b)
	front := math.Exp(lab-la-lb+a*math.Log(x)+b*math.Log1p(-x)) / a
	f, c, d := 1.0, 1.0, 0.0
	for i := range 500 {
		d = nonZero(1 + betaTerm(a, b, x, i)*d)
		c = nonZero(1 + betaTerm(a, b, x, i)/c)
		d = 1 / d
		f *= c * d
		if math.Abs(1-c*d) < 1e-16 {
			break
		}
	}
	return front * (f - 1)
}

func betaTerm(a, b, x float64, i int) float64 {
	m := float64(i / 2)
	switch {
	case i == 0:
		return 1
	case i%2 == 0:
		return m * (b - m) * x / ((a + 2*m - 1) * (a + 2*m))
	}
	return -(a + m) * (a + b + m) * x / ((a + 2*m) * (a + 2*m + 1))
}

func nonZero(x float64) float64 {
	if math.Abs(x) < 1e-300 {
		return 1e-300
	}
	return x
}
