# Makes rollup.json: figures of stratified samples by R's own survey package
# (svydesign with strata and fpc, svymean), of Student's t (qt) and of Wilson's
# interval (prop.test without continuity correction). Nothing in it comes from
# the program under test. Run in this folder:  Rscript rollup.R > rollup.json
suppressMessages(library(survey))
RNGversion("3.6.0")
set.seed(20261001)
options(digits = 17)
number <- function(x) sprintf("%.17g", x)
list_of <- function(parts, open = "[", close = "]") paste0(open, paste(parts, collapse = ","), close)
pair <- function(name, value) paste0('"', name, '":', value)

# A person answers k of ten items; the value is the mean of the k answers.
person <- function(level) {
  k <- sample(0:10, 1, prob = c(1, rep(2, 9), 20))
  list(level = level, k = k, sum = sum(sample(1:5, k, TRUE, c(1, 2, 4, 10, 8))),
       overall = sample(1:5, 1, prob = c(1, 1, 3, 8, 6)))
}

stratum <- function(id, level, size, n) {
  d <- do.call(rbind, lapply(seq_len(n), function(i) as.data.frame(person(level))))
  d$id <- id
  d$size <- size
  d
}

# cells counts how often each combination of columns was seen.
cells <- function(d, columns) {
  counted <- aggregate(list(count = rep(1, nrow(d))), d[columns], sum)
  list_of(apply(counted, 1, function(row) list_of(sprintf("%d", as.integer(row)))))
}

# result is the mean, its standard error and half the width of its 95 % interval
# (t with the design's degrees of freedom) for the three roll-ups. With the
# weight 1/n_h every stratum counts the same.
result <- function(d, value) {
  d$y <- value
  d <- d[!is.nan(d$y), ]
  d$weight <- 1 / as.numeric(table(d$id)[as.character(d$id)])
  d$all <- sum(d[!duplicated(d$id), "size"])
  designs <- list(
    weighted = svydesign(ids = ~1, strata = ~id, fpc = ~size, data = d),
    simple = svydesign(ids = ~1, strata = ~id, fpc = ~size, weights = ~weight, data = d),
    pooled = svydesign(ids = ~1, fpc = ~all, data = d))
  list_of(mapply(function(name, design) {
    m <- svymean(~y, design)
    pair(name, list_of(c(pair("mean", number(coef(m))), pair("half", number(qt(0.975, degf(design)) * SE(m)))), "{", "}"))
  }, names(designs), designs), "{", "}")
}

# One set: levels, enrolments and numbers of responses of its strata.
province <- function(name, levels, sizes, ns) {
  d <- do.call(rbind, mapply(stratum, seq_along(ns), levels, sizes, ns, SIMPLIFY = FALSE))
  strata <- sapply(split(d, d$id), function(s) list_of(c(
    pair("level", dQuote(s$level[1], FALSE)), pair("enrolment", s$size[1]), pair("responses", nrow(s)),
    pair("people", cells(s, c("k", "sum"))), pair("overall", cells(s, "overall"))), "{", "}"))
  list_of(c(pair("name", dQuote(name, FALSE)), pair("strata", list_of(strata)),
            pair("people", result(d, d$sum / d$k)), pair("overall", result(d, d$overall))), "{", "}")
}

t_rows <- sapply(c(1:12, 15, 20, 29, 30, 49, 60, 99, 100, 150, 199, 200, 201, 250, 500, 999, 1000, 5000, 20000, 100000, 699999),
                 function(df) list_of(c(df, number(qt(0.975, df)))))
wilson <- function(satisfied, n, population) {
  size <- if (population > n) n * (population - 1) / (population - n) else n
  ci <- suppressWarnings(prop.test(satisfied / n * size, size, correct = FALSE)$conf.int)
  list_of(c(satisfied, n, population, number(100 * ci[1]), number(100 * ci[2])))
}
wilson_rows <- mapply(wilson, c(0, 1, 1, 3, 8, 9, 10, 10, 45, 45, 45, 45, 45, 999, 0, 60, 300000),
                      c(1, 1, 2, 7, 10, 10, 10, 10, 60, 60, 60, 60, 60, 1000, 40, 60, 500000),
                      c(0, 2, 5, 0, 0, 11, 12, 0, 0, 61, 80, 600, 59, 40000, 41, 1000000, 700000))
cat(list_of(c(
  pair("r", dQuote(paste(R.version.string, "survey", packageVersion("survey")), FALSE)),
  pair("t975", list_of(t_rows)), pair("wilson", list_of(wilson_rows)),
  pair("provinces", list_of(c(
    province("unequal enrolments", c("MN", "TH", "TH", "THCS", "THPT"), c(150, 900, 87, 455, 1200), c(12, 40, 9, 33, 25)),
    province("census strata", c("TH", "TH", "THCS", "THCS"), c(14, 300, 21, 77), c(14, 30, 21, 8)),
    province("small samples", c("MN", "MN", "TH", "THCS", "GDTX", "GDTX"), c(400, 8, 2600, 31, 5000, 12), c(5, 6, 7, 5, 6, 8)),
    province("two answers", c("TH", "THPT", "THPT"), c(700, 60, 1999), c(2, 2, 24)),
    province("one stratum", "THPT", 320, 45)), "[\n", "\n]"))), "{\n", "}\n"))
