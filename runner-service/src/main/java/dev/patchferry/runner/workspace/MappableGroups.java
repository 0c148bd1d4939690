package dev.patchferry.runner.workspace;

import com.sun.security.auth.module.UnixSystem;
import dev.patchferry.runner.workspace.fs.Owner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What decides which groups a process can map.
 *
 * @param user the name and the number of the user
 * @param process who asks
 * @param subgid the lines of {@code /etc/subgid}
 * @param mayGainRights whether a program with rights of its own has them when it is started from here
 * @param hasHelper whether there is a newgidmap
 */
record MappableGroups(List<String> user, Owner process, List<String> subgid, boolean mayGainRights, boolean hasHelper) {
    private static final Path SUBGID = Path.of("/etc/subgid");
    private static final Pattern LINE = Pattern.compile("[^:]+:\\d{1,9}:\\d{1,10}");
    private static final int SETGID = 6;

    /** Those of this process, which gives up no right to map them later; the machine's file is read each time. */
    static MappableGroups ofThisProcess() {
        UnixSystem user = new UnixSystem();
        try {
            return new MappableGroups(
                    List.of(String.valueOf(user.getUsername()), String.valueOf(user.getUid())),
                    Owner.ofThisProcess(),
                    Files.exists(SUBGID) ? Files.readAllLines(SUBGID) : List.of(),
                    mayGainRights(Files.readAllLines(Path.of("/proc/self/status"))),
                    Stream.of("/usr/bin/newgidmap", "/bin/newgidmap")
                            .anyMatch(name -> Files.isExecutable(Path.of(name))));
        } catch (IOException e) {
            throw new UncheckedIOException("what groups this process can map cannot be found out", e);
        }
    }

    /** Neither was that given up (no_new_privs), nor is the right to map groups out of reach of every program. */
    static boolean mayGainRights(List<String> status) {
        long bounding = status.stream()
                .filter(line -> line.startsWith("CapBnd:"))
                .mapToLong(line -> Long.parseUnsignedLong(
                        line.substring("CapBnd:".length()).strip(), 16))
                .findFirst()
                .orElse(0);
        return status.stream().anyMatch(line -> line.matches("NoNewPrivs:\\s+0")) && ((bounding >> SETGID) & 1) == 1;
    }

    GroupMapping mapping(TreeSurvey survey, boolean hostNetwork) {
        Optional<Owner> strange = survey.examples().keySet().stream()
                .filter(owner -> owner.uid() != process.uid())
                .findFirst();
        if (strange.isPresent()) {
            return new GroupMapping.Impossible(survey.examples().get(strange.get()) + " belongs to user "
                    + strange.get().uid()
                    + ", and can be changed by hand but not in the sandbox of a runner that is user "
                    + process.uid() + "; give it to that user, or take the group's right to write away");
        }
        TreeSet<Integer> needed = new TreeSet<>(survey.groups());
        needed.remove(process.gid());
        return needed.isEmpty() ? new GroupMapping.None() : mapping(survey, needed, hostNetwork);
    }

    private GroupMapping mapping(TreeSurvey survey, TreeSet<Integer> needed, boolean hostNetwork) {
        int first = needed.first();
        int count = needed.last() - first + 1;
        Optional<String> missing = missing(first, count, hostNetwork);
        return missing.isEmpty()
                ? new GroupMapping.Range(first, count)
                : new GroupMapping.Impossible(example(survey, needed) + " belongs to group " + words(needed)
                        + ", which the sandbox of a runner with group " + process.gid() + " does not know: "
                        + missing.get() + ". Or give the files to that group: chgrp -R " + process.gid());
    }

    private Optional<String> missing(int first, int count, boolean hostNetwork) {
        if (!mayGainRights) {
            return Optional.of(
                    "it may gain no rights, as in a container or a service with no new privileges, and so not"
                            + " map another group");
        }
        if (hostNetwork) {
            return Optional.of("with network=host it gives up gaining rights, and so cannot map another group");
        }
        if (!hasHelper) {
            return Optional.of("install newgidmap (package uidmap or shadow-utils)");
        }
        return isAllowed(first, count)
                ? Optional.empty()
                : Optional.of("add the line " + user.getFirst() + ":" + first + ":" + count
                        + " to /etc/subgid and try again");
    }

    private boolean isAllowed(int first, int count) {
        return subgid.stream()
                .filter(line -> LINE.matcher(line).matches())
                .map(line -> line.split(":", -1))
                .filter(fields -> user.contains(fields[0]))
                .anyMatch(fields -> Long.parseLong(fields[1]) <= first
                        && Long.parseLong(fields[1]) + Long.parseLong(fields[2]) >= (long) first + count);
    }

    private static String example(TreeSurvey survey, TreeSet<Integer> needed) {
        return survey.examples().entrySet().stream()
                .filter(entry -> needed.contains(entry.getKey().gid()))
                .map(entry -> entry.getValue().toString())
                .min(String::compareTo)
                .orElse("a file");
    }

    private static String words(Set<Integer> groups) {
        return String.join(", ", groups.stream().map(String::valueOf).toList());
    }
}
