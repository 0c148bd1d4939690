package dev.patchferry.engine.forms;

/**
 * How long each target is fuzzed. Jazzer fuzzes one method in one process, so that each target is a class, and each class
 * gets a process: half a minute in all, or an hour. Without {@code JAZZER_FUZZ} the inputs that were kept are tried again.
 */
final class FuzzTime {
    static final String BRIEF = "6s";
    static final String LONG = "12m";

    private FuzzTime() {}
}
