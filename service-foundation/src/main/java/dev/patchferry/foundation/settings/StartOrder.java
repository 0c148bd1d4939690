package dev.patchferry.foundation.settings;

/** When what happens at the start of a service happens, as a priority of its observers; lower is earlier. */
public final class StartOrder {
    /** The settings are read and refused: before anything has begun that would have to end again. */
    public static final int SETTINGS = 50;

    private StartOrder() {}
}
