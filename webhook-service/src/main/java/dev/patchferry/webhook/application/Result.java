package dev.patchferry.webhook.application;

import java.util.function.Function;

/** What came of an operation: a value, or the reason why there is none. */
public sealed interface Result<T> {
    /** It was done. */
    record Ok<T>(T value) implements Result<T> {}

    /** It was not done. */
    record Refused<T>(Refusal refusal) implements Result<T> {}

    static <T> Result<T> ok(T value) {
        return new Ok<>(value);
    }

    static <T> Result<T> refused(Refusal refusal) {
        return new Refused<>(refusal);
    }

    /** Goes on with the value; a refusal stays as it is. */
    default <R> Result<R> then(Function<? super T, Result<R>> next) {
        return switch (this) {
            case Ok<T>(T value) -> next.apply(value);
            case Refused<T>(Refusal refusal) -> new Refused<>(refusal);
        };
    }

    default <R> Result<R> map(Function<? super T, R> change) {
        return then(value -> new Ok<>(change.apply(value)));
    }

    /**
     * The value.
     *
     * @param describe how this face tells of a refusal
     * @throws E if it was refused
     */
    default <E extends Exception> T orThrow(Function<Refusal, E> describe) throws E {
        return switch (this) {
            case Ok<T>(T value) -> value;
            case Refused<T>(Refusal refusal) -> throw describe.apply(refusal);
        };
    }
}
