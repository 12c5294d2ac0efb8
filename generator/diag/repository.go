package diag

import (
	"os"
	"path/filepath"
	"slices"
)

// Repository returns the root of the repository: the nearest folder from the working
// directory up that git or, if there is none, a CI system knows as such. Without one,
// it is the working directory.
func Repository() (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}
	// A runner without git downloads an archive.
	known := []string{os.Getenv("GITHUB_WORKSPACE"), os.Getenv("CI_PROJECT_DIR")}
	for _, root := range known {
		if real, err := filepath.EvalSymlinks(root); err == nil {
			known = append(known, real)
		}
	}
	for up := dir; ; up = filepath.Dir(up) {
		if _, err := os.Lstat(filepath.Join(up, ".git")); err == nil || slices.Contains(known, up) {
			return up, nil
		}
		if up == filepath.Dir(up) {
			return dir, nil
		}
	}
}

// PathIn returns the path of a file relative to a folder, with slashes, "" if it is
// elsewhere.
func PathIn(root, file string) string {
	abs, err := filepath.Abs(file)
	if err != nil {
		return ""
	}
	if path := within(root, abs); path != "" {
		return path
	}
	// The working directory may have been entered through a symbolic link.
	realRoot, errRoot := filepath.EvalSymlinks(root)
	dir, errDir := filepath.EvalSymlinks(filepath.Dir(abs))
	if errRoot != nil || errDir != nil {
		return ""
	}
	return within(realRoot, filepath.Join(dir, filepath.Base(abs)))
}

// within returns the path of a file below a folder, "" if it is not there.
func within(root, file string) string {
	path, err := filepath.Rel(root, file)
	if err != nil || !filepath.IsLocal(path) {
		return ""
	}
	return filepath.ToSlash(path)
}
