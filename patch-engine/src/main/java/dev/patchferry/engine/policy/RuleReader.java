package dev.patchferry.engine.policy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads rules as owners write them: {@code ACTION CONDITION=VALUE[,VALUE]… because REASON}. A value with a space or a comma
 * stands in double quotes. Says of a rule that means nothing what is wrong with it.
 */
public final class RuleReader {
    private final List<Rule> rules = new ArrayList<>();

    /**
     * Reads the next rule.
     *
     * @throws IllegalArgumentException if it means nothing; the message says why and does not name the rule
     */
    public void read(String text) {
        RuleWords.Sentence sentence = RuleWords.sentence(text);
        List<String> words = sentence.words();
        if (words.isEmpty()) {
            throw new IllegalArgumentException("names no action");
        }
        Action action = Action.named(words.getFirst())
                .orElseThrow(() -> new IllegalArgumentException(
                        "begins with `" + words.getFirst() + "`, not with one of " + Action.names()));
        if (sentence.reason().isEmpty() && action != Action.ALLOW) {
            throw new IllegalArgumentException(
                    "gives no reason; write `" + RuleWords.BECAUSE + " …` at its end, for whoever it stops");
        }
        List<Condition> conditions = conditions(words.subList(1, words.size()));
        requireReachable();
        rules.add(new Rule(rules.size() + 1, action, conditions, sentence.reason(), text.strip()));
    }

    /** What was read so far, and at its end what a named policy says about every other patch. */
    public Policy policy(NamedPolicy otherwise) {
        List<Rule> all = new ArrayList<>(rules);
        otherwise.rule(rules.size() + 1).ifPresent(all::add);
        return new Policy(all);
    }

    private void requireReachable() {
        rules.stream().filter(Rule::decidesAlways).findFirst().ifPresent(before -> {
            throw new IllegalArgumentException(
                    "never decides, since rule " + before.number() + " decides about every patch before it");
        });
    }

    private static List<Condition> conditions(List<String> words) {
        Map<String, List<String>> byKey = new LinkedHashMap<>();
        for (String word : words) {
            int equals = word.indexOf('=');
            if (equals <= 0) {
                throw new IllegalArgumentException("has `" + word + "`, which is no CONDITION=VALUE");
            }
            List<String> values = RuleWords.values(word.substring(equals + 1));
            if (values.isEmpty() || values.contains("")) {
                throw new IllegalArgumentException("has `" + word + "`, with an empty value");
            }
            if (byKey.put(word.substring(0, equals), values) != null) {
                throw new IllegalArgumentException("has `" + word.substring(0, equals)
                        + "` twice; several values stand behind one, with commas between them");
            }
        }
        List<Condition> conditions = new ArrayList<>();
        List<PathGlob> paths = new ArrayList<>();
        boolean gitExecuted = byKey.getOrDefault("group", List.of()).contains(PathGroup.GIT_EXECUTED.wireName());
        byKey.forEach((key, values) -> {
            switch (key) {
                case "path" -> values.forEach(value -> paths.add(new PathGlob(value, /* anyCase= */ false)));
                case "group" ->
                    values.forEach(value -> paths.addAll(RuleValues.group(value).globs()));
                default -> conditions.add(condition(key, values));
            }
        });
        if (!paths.isEmpty()) {
            conditions.add(new Condition.Path(List.copyOf(paths), gitExecuted));
        }
        return conditions;
    }

    private static Condition condition(String key, List<String> values) {
        Set<String> names = Set.copyOf(values);
        return switch (key) {
            case "principal" -> new Condition.Principal(names);
            case "role" -> new Condition.Role(RuleValues.roles(names));
            case "document-role" -> new Condition.DocumentRole(RuleValues.lowerCase(names));
            case "format" -> new Condition.Format(RuleValues.formats(names));
            case "command" ->
                new Condition.Command(values.stream().map(Wildcard::new).toList());
            default ->
                throw new IllegalArgumentException("asks for `" + key
                        + "`, which is none of principal, role, document-role, format, command, path, group");
        };
    }
}
