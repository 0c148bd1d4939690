-- What wrk sends. Arguments: KIND [PREFIX [PAUSE]]; KIND is a name below. Every patch has an id of its own: the prefix,
-- the number of wrk's thread and that of the request. PAUSE: so many milliseconds between an answer and the next request.
local filler = string.rep("A line of a document as models write them, of no meaning at all.\\n", 14)

local patches = {
  -- About a kilobyte, as most documents are.
  valid = '{"id":"%s","role":"content_patch","target_file":"notes.txt","patch":"' .. filler .. '","workspace":"default"}',
  -- The same with a number where a text has to be: read and parsed whole, then answered 422.
  invalid = '{"id":"%s","role":"content_patch","target_file":"notes.txt","patch":"' .. filler .. '","workspace":7}',
  shell = '{"id":"%s","role":"command_patch","target_file":"-","patch":"true"}',
  mutation = '{"id":"%s","mutations":[{"path":"notes.txt","contents":"%s\\n"}]}',
  large = '{"id":"%s","workspace":"large","mutations":[{"path":"notes.txt","contents":"%s\\n"}]}',
}

local threads = 0

function setup(thread)
  thread:set("number", threads)
  threads = threads + 1
end

function init(arguments)
  wrk.headers["Authorization"] = "Bearer " .. os.getenv("FERRY_SUBMIT_TOKEN")
  body = patches[arguments[1]]
  prefix = (arguments[2] or "bench") .. "-" .. number .. "-"
  count = 0
  if arguments[3] then
    delay = function() return tonumber(arguments[3]) end
  end
  if body then
    wrk.method = "POST"
    wrk.headers["Content-Type"] = "application/json"
  elseif arguments[1] ~= "read" then
    error("no such kind of request: " .. tostring(arguments[1]))
  end
end

function request()
  if not body then
    return wrk.format()
  end
  count = count + 1
  local id = prefix .. count
  return wrk.format(nil, nil, nil, (body:gsub("%%s", id)))
end

function done(summary, latency)
  local broken = summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout
  io.write(string.format("figures requests=%d errors=%d broken=%d rate=%.0f p50=%.2f p90=%.2f p99=%.2f\n",
    summary.requests, summary.errors.status, broken, summary.requests / summary.duration * 1e6,
    latency:percentile(50) / 1000, latency:percentile(90) / 1000, latency:percentile(99) / 1000))
end
