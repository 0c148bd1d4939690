package dev.patchferry.engine.policy;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** What a rule asks of a patch. */
sealed interface Condition {
    /** Who sent it. */
    record Principal(Set<String> names) implements Condition {}

    /** One of the roles that the sender has. */
    record Role(Set<String> names) implements Condition {}

    /** The {@code role} in the document. */
    record DocumentRole(Set<String> names) implements Condition {}

    /** The form it was read as. */
    record Format(Set<String> names) implements Condition {}

    /** What it runs; one that runs nothing does not fulfil it. */
    record Command(List<Wildcard> patterns) implements Condition {}

    /**
     * What it changed.
     *
     * @param gitExecuted whether what the configuration of the owner's git names counts, too
     */
    record Path(List<PathGlob> globs, boolean gitExecuted) implements Condition {
        /** Whether a path is surely meant. */
        boolean isAt(Touched.Entry entry) {
            return (gitExecuted && entry.isGitExecuted()) || globs.stream().anyMatch(glob -> glob.isAt(entry));
        }

        boolean mayBeAt(Touched.Entry entry) {
            return (gitExecuted && entry.isGitExecuted()) || globs.stream().anyMatch(glob -> glob.mayBeAt(entry));
        }

        /** Whether a path is meant by its own name, or stands in the place of a folder that is. */
        boolean isNamed(Touched.Entry entry) {
            return (gitExecuted && entry.isGitExecuted()) || globs.stream().anyMatch(glob -> glob.isNamed(entry));
        }

        boolean isEverywhere() {
            return globs.stream().anyMatch(PathGlob::isEverywhere);
        }
    }

    /**
     * Whether it is fulfilled, as far as that is known before the patch runs. Whoever allows wants to know of everything
     * that it is harmless; for anybody else one thing is enough.
     */
    default boolean isFulfilledBy(Request request, Action action) {
        boolean all = action == Action.ALLOW;
        return switch (this) {
            case Principal(Set<String> names) -> names.contains(request.principal());
            case Role(Set<String> names) -> !Collections.disjoint(names, request.roles());
            case DocumentRole(Set<String> names) -> matches(request.documentRoles(), names::contains, all);
            case Format(Set<String> names) -> names.contains(request.format());
            case Command(List<Wildcard> patterns) ->
                matches(
                        request.commands(),
                        command -> patterns.stream().anyMatch(pattern -> pattern.matches(command.strip())),
                        all);
            case Path _ -> true;
        };
    }

    /** The same once it is known what the patch changed. */
    default boolean isFulfilledBy(Touched touched, Action action) {
        return switch (this) {
            case Path path
            when action == Action.ALLOW ->
                (!touched.everything() || path.isEverywhere())
                        && matches(touched.entries(), path::isAt, /* all= */ true);
            case Path path -> touched.everything() || matches(touched.entries(), path::mayBeAt, /* all= */ false);
            case Principal _, Role _, DocumentRole _, Format _, Command _ -> true;
        };
    }

    private static <T> boolean matches(Collection<T> things, Predicate<T> wanted, boolean all) {
        return !things.isEmpty()
                && (all ? things.stream().allMatch(wanted) : things.stream().anyMatch(wanted));
    }
}
