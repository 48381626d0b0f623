package page

// Card is what messengers show of an address that somebody sends: Open Graph
// tags, in the first 2 KB of the document. Without URL and Image, which must be
// absolute, only the words are shown.
type Card struct {
	Title string
	About string
	URL   string
	Image string // 1200 × 630
}
