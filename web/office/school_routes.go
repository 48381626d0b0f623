package office

// Addresses of the pages about schools.
const (
	schoolsPath = "/so/truong"
	// SchoolsUpload takes the list of schools as a file.
	SchoolsUpload = schoolsPath + "/nap"
)
