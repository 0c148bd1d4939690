package dev.patchferry.foundation.crash;

/** {@code ./ferry test crash --list-points}: every point, one line each, its name first. */
final class PointList {
    private PointList() {}

    public static void main(String[] arguments) {
        for (CrashPoint point : CrashPoint.values()) {
            System.out.printf("%-26s %s%n", point.wireName(), point.meaning());
        }
    }
}
