# Names the first variable FERRY_* that is no setting, and the nearest that is one; says nothing if all are settings. Reads
# settings.txt, which the services read, too (service-foundation/src/main/resources/META-INF/patch-ferry).

/^#/ || NF == 0 { next }

{
  known[++count] = toupper($1)
  gsub(/[^A-Z0-9*]/, "_", known[count])
  pattern[count] = known[count]
  gsub(/\*/, "[A-Z0-9_]+", pattern[count])
  if ($2 ~ /\[\]$/) pattern[count] = pattern[count] "(_[0-9]+_?)?"
  pattern[count] = "^" pattern[count] "$"
}

END {
  for (name in ENVIRON)
    if (name ~ /^FERRY_/ && !is_injected(name, ENVIRON[name]) && !is_known(name) && (worst == "" || name < worst)) worst = name
  if (worst == "") exit
  near = nearest(worst)
  printf "%s is no setting; %s\n", worst, near == "" ? "docs/operations.md lists the settings" : "did you mean " near "?"
}

# What Kubernetes sets for each Service: ferry-webhook, ferry-runner and whatever begins like that.
function is_injected(name, value) {
  return name ~ /^FERRY(_[A-Z0-9_]+)?_SERVICE_(HOST|PORT(_[A-Z0-9_]+)?)$/ \
    || name ~ /^FERRY(_[A-Z0-9_]+)?_PORT_[0-9]+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?$/ \
    || (name ~ /^FERRY(_[A-Z0-9_]+)?_PORT$/ && value ~ /^(tcp|udp|sctp):\/\//)
}

function is_known(name, i) {
  for (i = 1; i <= count; i++)
    if (name ~ pattern[i]) return 1
  return 0
}

function nearest(name, i, best, least, cost, candidate, words, many, length_of_name) {
  least = int((length(name) - 6) / 3)
  if (least < 1) least = 1
  many = split(name, words, "_")
  for (i = 1; i <= count; i++)
    for (length_of_name = 1; length_of_name <= many - 2; length_of_name++) {
      candidate = filled_in(known[i], words, many, length_of_name)
      cost = distance(name, candidate)
      if (cost <= least && (best == "" || cost < least)) { best = candidate; least = cost }
      if (known[i] !~ /\*/) break
    }
  return best
}

# filled_in: a known name with the given one's words in place of its wildcards, the first of which takes `taken` words.
function filled_in(pattern_of, words, many, taken, parts, number, i, at, j, result) {
  number = split(pattern_of, parts, "_")
  at = 1
  for (i = 1; i <= number; i++) {
    if (parts[i] != "*") {
      result = result (i > 1 ? "_" : "") parts[i]
      at++
      continue
    }
    if (result ~ /_ENV(_FILES)?$/) taken = many
    for (j = 0; j < taken && at <= many; j++) result = result "_" words[at++]
  }
  return result
}

# distance: letters left out, added, changed, or exchanged with their neighbours.
function distance(one, other, i, j, cost, same, rows, columns) {
  rows = length(one)
  columns = length(other)
  for (i = 0; i <= rows; i++)
    for (j = 0; j <= columns; j++) {
      if (i == 0 || j == 0) { cost[i, j] = i + j; continue }
      same = substr(one, i, 1) == substr(other, j, 1)
      cost[i, j] = cost[i - 1, j - 1] + !same
      if (cost[i - 1, j] + 1 < cost[i, j]) cost[i, j] = cost[i - 1, j] + 1
      if (cost[i, j - 1] + 1 < cost[i, j]) cost[i, j] = cost[i, j - 1] + 1
      if (i > 1 && j > 1 && substr(one, i, 1) == substr(other, j - 1, 1) && substr(one, i - 1, 1) == substr(other, j, 1) \
        && cost[i - 2, j - 2] + 1 < cost[i, j]) cost[i, j] = cost[i - 2, j - 2] + 1
    }
  return cost[rows, columns]
}
