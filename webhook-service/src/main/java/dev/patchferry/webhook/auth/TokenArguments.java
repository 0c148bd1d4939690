package dev.patchferry.webhook.auth;

import dev.patchferry.contract.WorkspaceName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What was asked of {@code ferry token}. Options take one value or several, apart or with commas between them. */
record TokenArguments(String action, List<String> names, Map<String, List<String>> options) {
    private static final Pattern DURATION = Pattern.compile("([0-9]{1,5})([smhd])");
    private static final Map<String, Set<String>> OPTIONS = Map.of(
            "add", Set.of("--role", "--workspace", "--rate", "--expires"),
            "list", Set.of(),
            "revoke", Set.of(),
            "rotate", Set.of("--overlap", "--expires"));

    /**
     * Takes a command line apart.
     *
     * @throws IllegalArgumentException saying what is wrong with it
     */
    static TokenArguments parse(List<String> words) {
        if (words.isEmpty() || !OPTIONS.containsKey(words.getFirst())) {
            throw new IllegalArgumentException("say add, list, revoke or rotate");
        }
        String action = words.getFirst();
        List<String> names = new ArrayList<>();
        Map<String, List<String>> options = new LinkedHashMap<>();
        List<String> values = names;
        for (String word : words.subList(1, words.size())) {
            if (word.startsWith("-")) {
                require(OPTIONS.getOrDefault(action, Set.of()).contains(word), action + " has no option " + word);
                values = options.computeIfAbsent(word, _ -> new ArrayList<>());
            } else {
                values.addAll(Arrays.asList(word.split(",")));
            }
        }
        options.forEach((option, given) -> require(!given.isEmpty(), option + " needs a value"));
        boolean named = !action.equals("list");
        require(names.size() == (named ? 1 : 0), named ? action + " needs one NAME" : "list takes no name");
        return new TokenArguments(action, names, options);
    }

    String name() {
        return names.getFirst();
    }

    List<String> roles() {
        List<String> roles = options.getOrDefault("--role", List.of());
        require(
                !roles.isEmpty() && Roles.ALL.containsAll(roles),
                "--role needs at least one of " + String.join(", ", Roles.ALL));
        return roles.stream().distinct().toList();
    }

    Optional<Set<WorkspaceName>> workspaces() {
        return Optional.ofNullable(options.get("--workspace"))
                .map(names -> names.stream().map(WorkspaceName::of).collect(Collectors.toUnmodifiableSet()));
    }

    OptionalInt rate() {
        return one("--rate")
                .map(text -> {
                    require(text.matches("[0-9]{1,7}"), "--rate is a number of patches per minute");
                    return OptionalInt.of(Integer.parseInt(text));
                })
                .orElse(OptionalInt.empty());
    }

    /** How long a span of time was asked for. */
    Optional<Duration> duration(String option) {
        return one(option).map(text -> {
            Matcher parts = DURATION.matcher(text);
            require(parts.matches(), option + " is a span of time, for example 90s, 30m, 24h or 365d");
            long number = Long.parseLong(parts.group(1));
            return switch (parts.group(2)) {
                case "s" -> Duration.ofSeconds(number);
                case "m" -> Duration.ofMinutes(number);
                case "h" -> Duration.ofHours(number);
                default -> Duration.ofDays(number);
            };
        });
    }

    /** When a token that follows another one expires: as asked for, or when that one would have. */
    Optional<Instant> expiry(Instant now, Optional<Instant> before) {
        Optional<String> asked = one("--expires");
        if (asked.isEmpty()) {
            return before;
        }
        return asked.get().equals("never")
                ? Optional.empty()
                : duration("--expires").map(now::plus);
    }

    private Optional<String> one(String option) {
        List<String> values = options.getOrDefault(option, List.of());
        require(values.size() < 2, option + " takes one value");
        return values.stream().findFirst();
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
