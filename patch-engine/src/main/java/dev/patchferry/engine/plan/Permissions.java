package dev.patchferry.engine.plan;

/** The permission bits a plan may set. Set-user-id, set-group-id and sticky bits are never among them. */
final class Permissions {
    private static final int ALL = 0777;

    private Permissions() {}

    static void check(int mode) {
        if ((mode & ~ALL) != 0) {
            throw new IllegalArgumentException("a mode is 0 to 0777, not " + octal(mode));
        }
    }

    static String octal(int mode) {
        return "%04o".formatted(mode);
    }
}
