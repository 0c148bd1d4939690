package dev.patchferry.contract;

import java.util.List;
import java.util.stream.Stream;

/**
 * A field that a form of document knows.
 *
 * @param name what the documentation calls it
 * @param aliases what else senders call it
 * @param effect what it does
 * @param hint for a field that is refused: what to send instead
 */
public record FieldSpec(String name, List<String> aliases, Effect effect, String hint) {
    /** What a field does to what is done. */
    public enum Effect {
        /** It names the document. */
        IDENTIFIES,
        /** It says where and whether the document takes effect. */
        SWITCHES,
        /** It decides what is done. */
        ACTS,
        /** It cannot matter: prose, and the gates of other tools. Named in the receipt as {@code ignored}. */
        HARMLESS,
        /** It would decide what is done, and is not supported. */
        REFUSED;

        /** Whether the same document without the field is another one. */
        public boolean decides() {
            return this == ACTS || this == REFUSED;
        }
    }

    public FieldSpec {
        aliases = List.copyOf(aliases);
    }

    /** Every spelling, the documented one first. */
    public Stream<String> names() {
        return Stream.concat(Stream.of(name), aliases.stream());
    }

    static FieldSpec field(Effect effect, String name, String... aliases) {
        return new FieldSpec(name, List.of(aliases), effect, "");
    }

    static FieldSpec acts(String name, String... aliases) {
        return field(Effect.ACTS, name, aliases);
    }

    static FieldSpec refused(String hint, String name, String... aliases) {
        return new FieldSpec(name, List.of(aliases), Effect.REFUSED, hint);
    }

    static Stream<FieldSpec> harmless(String... names) {
        return Stream.of(names).map(name -> field(Effect.HARMLESS, name));
    }
}
