package dev.patchferry.contract;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchferry.contract.FieldSpec.Effect;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The forms of objects that hold fields. This is the one list of fields: parsers, the search for near-misses, the content
 * hash, the published schema and the documentation take theirs from here.
 */
public enum FieldForm {
    /** A document as sent, or one that stands in another one's {@code patch}. */
    DOCUMENT("a document", FieldLists.document()),
    /** An entry of {@code mutations}. */
    MUTATION("a mutation", FieldLists.mutation()),
    /** An old and a new text. */
    CHANGE("a change", FieldLists.change()),
    /** An object that holds commands. */
    COMMANDS("commands", FieldLists.commands()),
    /** The body of an approval or a denial. */
    DECISION("a decision", FieldLists.decision());

    /** A document may hold fields of other tools; not one that has such a word in its name. */
    private static final Set<String> ACTING_WORDS = Set.of(
            "append",
            "prepend",
            "insert",
            "overwrite",
            "delete",
            "encoding",
            "occurrence",
            "occurrences",
            "regex",
            "dry",
            "dryrun",
            "preview",
            "simulate",
            "simulation",
            "noop",
            "line",
            "lines");

    private static final int SHORTEST_MISSPELT = 5;

    private final String inWords;

    @SuppressWarnings("ImmutableEnumChecker") // an unmodifiable list of records
    private final List<FieldSpec> specs;

    @SuppressWarnings("ImmutableEnumChecker") // filled by the constructor and never changed
    private final Map<String, FieldSpec> byName = new HashMap<>();

    FieldForm(String inWords, List<FieldSpec> specs) {
        this.inWords = inWords;
        this.specs = specs;
        specs.forEach(spec -> spec.names().forEach(name -> byName.putIfAbsent(name, spec)));
    }

    /** What the form is called in a sentence. */
    public String inWords() {
        return inWords;
    }

    /** Every field, in the order of the documentation. */
    public List<FieldSpec> fields() {
        return specs;
    }

    /** The field of this name or alias. */
    public Optional<FieldSpec> find(String key) {
        return Optional.ofNullable(byName.get(key));
    }

    /** Every spelling of a field that this form has. */
    public List<String> spellings(String name) {
        return find(name).orElseThrow().names().toList();
    }

    /**
     * What a field does, known or not. An unknown one is refused, but for a document's whose name says nothing of what
     * could be done.
     */
    public Effect effectOf(String key) {
        Optional<FieldSpec> known = find(key);
        if (known.isPresent()) {
            return known.get().effect();
        }
        boolean other = this == DOCUMENT && Stream.of(words(key)).noneMatch(ACTING_WORDS::contains);
        return other || key.startsWith("x-") || key.startsWith("_") ? Effect.HARMLESS : Effect.REFUSED;
    }

    /** The field that an unknown name is most likely a slip for; none that does nothing. */
    public Optional<String> nearest(String key) {
        if (byName.containsKey(key)) {
            return Optional.empty();
        }
        String folded = fold(key);
        return specs.stream()
                .filter(spec -> spec.effect() != Effect.HARMLESS && spec.effect() != Effect.REFUSED)
                .flatMap(FieldSpec::names)
                .filter(name -> isSlip(folded, fold(name)))
                .findFirst()
                .flatMap(this::find)
                .map(FieldSpec::name);
    }

    /** Whether a value asks for anything: not null, {@code false} or an empty list or object. */
    public static boolean asksForSomething(JsonNode value) {
        boolean none = value.isMissingNode() || value.isNull() || (value.isContainerNode() && value.isEmpty());
        return !none && !(value.isBoolean() && !value.booleanValue());
    }

    private static boolean isSlip(String key, String name) {
        return key.equals(name)
                || (name.length() >= SHORTEST_MISSPELT
                        && !key.isEmpty()
                        && key.charAt(0) == name.charAt(0)
                        && Spelling.differsInOne(key, name));
    }

    private static String fold(String key) {
        return key.toLowerCase(Locale.ROOT).replaceAll("[^\\p{Alnum}]", "");
    }

    private static String[] words(String key) {
        return key.replaceAll("(?<=\\p{Lower})(?=\\p{Upper})", "_")
                .toLowerCase(Locale.ROOT)
                .split("[^\\p{Alnum}]+", -1);
    }
}
