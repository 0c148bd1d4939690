package dev.patchferry.runner.forms;

/** How a case ended, as its sender sees it. */
enum EditVerdict {
    /** As it should. */
    RIGHT,
    /** Nothing happened and it is said so, though the sender meant something. */
    REFUSED,
    /** Something else changed than should have. */
    WRONG,
    /** Nothing changed, or a command ran in place of an edit, and it is said to have succeeded. */
    UNTRUE
}
