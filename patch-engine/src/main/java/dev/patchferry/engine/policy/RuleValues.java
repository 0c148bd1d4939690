package dev.patchferry.engine.policy;

import dev.patchferry.contract.PatchFormat;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** The values that conditions know; with any other a rule would never match, and nobody would see it. */
final class RuleValues {
    private static final Set<String> ROLES = Set.of("submit", "view", "operate");
    /** What plans say of documents that bring a form of their own. */
    private static final Set<String> OWN_FORMS = Set.of("mutations", "commands");

    private RuleValues() {}

    static PathGroup group(String name) {
        return PathGroup.named(name)
                .orElseThrow(() -> new IllegalArgumentException(
                        "names the group `" + name + "`, which is none of " + PathGroup.names()));
    }

    static Set<String> roles(Set<String> names) {
        return known(names, ROLES, "role", "submit, view, operate");
    }

    static Set<String> formats(Set<String> names) {
        names.stream()
                .filter(name -> PatchFormat.named(name)
                                .filter(format -> format != PatchFormat.AUTO)
                                .isEmpty()
                        && !OWN_FORMS.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new IllegalArgumentException("names the format `" + name
                            + "`, which is none of mutations, commands and " + PatchFormat.names());
                });
        return names;
    }

    static Set<String> lowerCase(Set<String> names) {
        return names.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
    }

    private static Set<String> known(Set<String> names, Set<String> known, String what, String all) {
        names.stream().filter(name -> !known.contains(name)).findFirst().ifPresent(name -> {
            throw new IllegalArgumentException("names the " + what + " `" + name + "`, which is none of " + all);
        });
        return names;
    }
}
