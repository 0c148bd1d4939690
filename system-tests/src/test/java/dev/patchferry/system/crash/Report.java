package dev.patchferry.system.crash;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a run of random kills came to.
 *
 * @param seed with which the choices, though not the moments, are the same again
 * @param kills by victim
 * @param accepted how many patches were answered 2xx
 * @param sentAgain how often one was sent again
 * @param ends by state
 * @param lost accepted, and without a terminal state in time
 * @param twice took effect more than once
 * @param disagreeing where what is said differs from what happened, or from what somebody else says
 * @param seconds from the first kill until everything was settled
 */
record Report(
        long seed,
        Map<String, Integer> kills,
        int accepted,
        int sentAgain,
        Map<String, Integer> ends,
        List<String> lost,
        List<String> twice,
        List<String> disagreeing,
        long seconds) {

    boolean isClean() {
        return lost.isEmpty() && twice.isEmpty() && disagreeing.isEmpty();
    }

    @Override
    public String toString() {
        return """
                crash report (seed %d)
                  kills        %d: %s
                  accepted     %d patches; sent again %d times
                  ended        %s
                  lost         %s
                  twice        %s
                  disagreeing  %s
                  seconds      %d
                """.formatted(
                        seed,
                        kills.values().stream().mapToInt(Integer::intValue).sum(),
                        counts(kills),
                        accepted,
                        sentAgain,
                        counts(ends),
                        listed(lost),
                        listed(twice),
                        listed(disagreeing),
                        seconds);
    }

    private static String counts(Map<String, Integer> counts) {
        return counts.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(each -> each.getKey() + " " + each.getValue())
                .collect(Collectors.joining(", "));
    }

    private static String listed(List<String> findings) {
        return findings.size()
                + findings.stream()
                        .map(finding -> "\n               " + finding)
                        .collect(Collectors.joining());
    }
}
