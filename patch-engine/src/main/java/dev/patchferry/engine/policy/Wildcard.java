package dev.patchferry.engine.policy;

/**
 * A pattern of a whole text: {@code *} stands for any characters, line breaks included, {@code ?} for one. Takes time
 * proportional to pattern and text at worst, whatever the text.
 */
record Wildcard(String pattern) {
    boolean matches(String text) {
        int at = 0;
        int of = 0;
        int star = -1;
        int resume = 0;
        while (at < text.length()) {
            if (of < pattern.length() && pattern.charAt(of) == '*') {
                star = of++;
                resume = at;
            } else if (of < pattern.length() && (pattern.charAt(of) == '?' || pattern.charAt(of) == text.charAt(at))) {
                of++;
                at++;
            } else if (star >= 0) {
                of = star + 1;
                at = ++resume;
            } else {
                return false;
            }
        }
        return pattern.substring(of).chars().allMatch(c -> c == '*');
    }
}
