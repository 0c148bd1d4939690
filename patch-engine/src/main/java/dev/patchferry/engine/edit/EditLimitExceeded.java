package dev.patchferry.engine.edit;

/**
 * Work that went over a bound, thrown from where a value has no way out: the inside of a regular expression, or of a
 * growing text. Never leaves this package; {@link EditEngine} makes a refusal of it.
 */
final class EditLimitExceeded extends RuntimeException {
    private final String reason;

    EditLimitExceeded(String reason) {
        super(reason, null, false, false);
        this.reason = reason;
    }

    String reason() {
        return reason;
    }
}
