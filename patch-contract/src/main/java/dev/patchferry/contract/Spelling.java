package dev.patchferry.contract;

/** Tells slips of the keyboard. */
final class Spelling {
    private Spelling() {}

    /** Whether one letter was left out, added, changed or took its neighbour's place. */
    static boolean differsInOne(String one, String other) {
        int same = 0;
        int shorter = Math.min(one.length(), other.length());
        while (same < shorter && one.charAt(same) == other.charAt(same)) {
            same++;
        }
        String left = one.substring(same);
        String right = other.substring(same);
        return switch (left.length() - right.length()) {
            case 0 -> left.isEmpty() || rest(left, 1).equals(rest(right, 1)) || areSwapped(left, right);
            case 1 -> rest(left, 1).equals(right);
            case -1 -> left.equals(rest(right, 1));
            default -> false;
        };
    }

    private static boolean areSwapped(String left, String right) {
        return left.length() > 1
                && left.charAt(0) == right.charAt(1)
                && left.charAt(1) == right.charAt(0)
                && rest(left, 2).equals(rest(right, 2));
    }

    private static String rest(String text, int from) {
        return text.substring(Math.min(from, text.length()));
    }
}
