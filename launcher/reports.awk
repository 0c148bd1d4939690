# Sums up surefire's reports: "PASSED FAILED SKIPPED" on the first line, then each test that failed or was skipped.

FNR == 1 { counted = 0 }

/<testsuite / && !counted {
  counted = 1
  tests += attribute("tests")
  failed += attribute("errors") + attribute("failures")
  skipped += attribute("skipped")
}

# What fails before its first test, a class's own preparation, has no name.
/<testcase / { test = attribute("classname") (attribute("name") == "" ? "" : "." attribute("name")) }
/<(failure|error)[ >]/ { tell("failed:  " test) }
/<skipped/ { tell("skipped: " test " (" attribute("message") ")") }

END {
  print tests - failed - skipped, failed + 0, skipped + 0
  printf "%s", told
}

# One line for each test, however many failures it has.
function tell(what) {
  if (test != "") told = told "             " what "\n"
  test = ""
}

function attribute(name) {
  if (!match($0, " " name "=\"[^\"]*")) return ""
  return substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 3)
}
