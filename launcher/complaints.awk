# What a readiness answer (MicroProfile Health as SmallRye prints it, one member per line) complains about: for each
# check that is down its reasons, or whatever else it says, or at least its name. All on one line.

/^ *"name" *:/ { conclude(); name = text() }
/^ *"status" *: *"DOWN"/ { down = name != "" }
/^ *"reason/ && down { reasons = joined(reasons, text()); next }
/^ *"[^"]*" *: *"/ && down && !/^ *"(name|status)"/ { others = joined(others, text()) }
END {
  conclude()
  print complaints
}

function conclude() {
  if (down) complaints = joined(complaints, reasons != "" ? reasons : name (others != "" ? ": " others : ""))
  down = 0
  name = reasons = others = ""
}

function joined(list, more) { return list (list != "" ? "; " : "") more }

# The value of a line's only member, without its quotes and escapes.
function text(  value) {
  value = $0
  sub(/^ *"[^"]*" *: *"/, "", value)
  sub(/",? *$/, "", value)
  gsub(/\\"/, "\"", value)
  gsub(/\\n/, " ", value)
  return value
}
