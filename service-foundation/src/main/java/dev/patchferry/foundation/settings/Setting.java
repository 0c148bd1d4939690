package dev.patchferry.foundation.settings;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A setting that there is.
 *
 * @param name as a property; {@code *} stands for a name of the owner's choice
 * @param choices the words that it takes, if it takes one of these only
 * @param kind what it takes otherwise
 * @param isList whether it takes several, with commas between them or with an index each
 * @param readers {@code webhook} and {@code runner}, as far as they read it
 */
record Setting(String name, List<String> choices, SettingKind kind, boolean isList, Set<String> readers) {
    private static final Pattern SECTIONS = Pattern.compile("\\.");
    private static final Pattern GIVEN_SEPARATOR = Pattern.compile("[^A-Za-z0-9*]");

    /** One line of {@code settings.txt}. */
    static Setting of(String line) {
        String[] words = line.strip().split("\\s+", -1);
        boolean isList = words[1].endsWith("[]");
        String kind = isList ? words[1].substring(0, words[1].length() - 2) : words[1];
        boolean isChoice = kind.contains("|");
        return new Setting(
                words[0],
                isChoice ? List.of(kind.split("\\|", -1)) : List.of(),
                isChoice ? SettingKind.TEXT : SettingKind.named(kind),
                isList,
                switch (words[2]) {
                    case "both" -> Set.of("webhook", "runner");
                    case "-" -> Set.of();
                    default -> Set.of(words[2]);
                });
    }

    /** The name of its variable. */
    String variable() {
        return GIVEN_SEPARATOR.matcher(name).replaceAll("_").toUpperCase(Locale.ROOT);
    }

    /** Which properties are this setting. */
    Pattern properties() {
        String pattern = String.join(
                "\\.",
                Stream.of(SECTIONS.split(name))
                        .map(section -> section.equals("*") ? "(?:\"[^\"]+\"|[^.\"\\[\\]]+)" : Pattern.quote(section))
                        .toList());
        return Pattern.compile(pattern + (isList ? "(?:\\[\\d+\\])?" : ""));
    }

    /** Which variables are this setting. */
    Pattern variables() {
        return Pattern.compile(
                variable().replace("*", "[A-Z0-9_]+") + (isList ? "(?:_\\d+_?)?" : ""), Pattern.CASE_INSENSITIVE);
    }

    /** What is wrong with a value, to follow name and value in a sentence. */
    Optional<String> fault(String value) {
        if (!choices.isEmpty()) {
            return choices.contains(value.strip().toLowerCase(Locale.ROOT))
                    ? Optional.empty()
                    : Optional.of("is one of " + String.join(", ", choices));
        }
        return Stream.of(isList ? value.split(",", -1) : new String[] {value})
                .map(String::strip)
                .map(kind::fault)
                .flatMap(Optional::stream)
                .findFirst();
    }
}
