package dev.patchferry.foundation.settings;

/**
 * A service does not start before somebody has done something, which the message says in one line. {@link ServiceMain} prints
 * it and ends the process.
 */
public final class StartRefusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** {@code EX_CONFIG} of sysexits(3), as for a wrong setting: the launcher knows that another start would end the same way. */
    public static final int EXIT_CODE = ServiceMain.WRONG_SETTING;

    public StartRefusal(String message) {
        super(message);
    }
}
