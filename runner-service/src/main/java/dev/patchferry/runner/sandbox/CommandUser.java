package dev.patchferry.runner.sandbox;

import dev.patchferry.runner.workspace.fs.Owner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * As whom commands run in a folder that belongs to somebody: as its owner, in the folder's group if the owner is a member
 * of it, else in the owner's own. Root's groups go to root alone, whatever a folder or {@code /etc/passwd} says. Safe for
 * use by several threads.
 *
 * @see <a href="https://man7.org/linux/man-pages/man5/passwd.5.html">passwd(5)</a>
 * @see <a href="https://man7.org/linux/man-pages/man5/group.5.html">group(5)</a>
 */
final class CommandUser {
    static final int NO_GROUP = Owner.NO_GROUP;

    private static final int NAME = 0;
    private static final int UID = 2;
    private static final int GID = 3;
    private static final int MEMBERS = 3;
    private static final int FIELDS_OF_A_GROUP = 4;
    private static final int FIELDS_OF_A_USER = 7;

    private final Path passwd;
    private final Path group;
    private final Map<Owner, Owner> known = new ConcurrentHashMap<>();

    /**
     * @param etc where {@code passwd} and {@code group} are
     */
    CommandUser(Path etc) {
        this.passwd = etc.resolve("passwd");
        this.group = etc.resolve("group");
    }

    /**
     * The user and group of a command. The machine's files are read once for each folder owner; a membership that changes
     * later is noticed after a restart.
     */
    Owner of(Owner folder) {
        return folder.isRoot() ? folder : known.computeIfAbsent(folder, this::find);
    }

    /**
     * The owner's other groups, of which files of the workspace may be. None of root's, as above, and none that no file there
     * belongs to: a group may open more of the machine than a workspace needs.
     */
    List<Integer> supplementary(Owner command, Set<Integer> ofFiles) throws IOException {
        if (command.isRoot()) {
            return List.of();
        }
        List<String[]> users = entries(passwd, FIELDS_OF_A_USER);
        List<String[]> groups = entries(group, FIELDS_OF_A_GROUP);
        Set<Integer> roots = groupsOf(0, users, groups);
        roots.add(0);
        return groupsOf(command.uid(), users, groups).stream()
                .filter(gid -> gid != command.gid() && ofFiles.contains(gid) && !roots.contains(gid))
                .sorted()
                .toList();
    }

    private Owner find(Owner folder) {
        try {
            List<String[]> users = entries(passwd, FIELDS_OF_A_USER);
            List<String[]> groups = entries(group, FIELDS_OF_A_GROUP);
            Set<Integer> roots = groupsOf(0, users, groups);
            roots.add(0);
            OptionalInt own = primary(folder.uid(), users);
            Set<Integer> all = groupsOf(folder.uid(), users, groups);
            boolean member = own.isPresent() ? all.contains(folder.gid()) : isNobodyElses(folder, groups);
            return new Owner(
                    folder.uid(),
                    Stream.of(member ? folder.gid() : 0, own.orElse(0))
                            .filter(gid -> !roots.contains(gid))
                            .findFirst()
                            .orElse(NO_GROUP));
        } catch (IOException e) {
            throw new UncheckedIOException("the groups of user " + folder.uid() + " cannot be found out", e);
        }
    }

    /** Of a user that has a number and no name, as in containers: a group with a name was made for somebody else. */
    private static boolean isNobodyElses(Owner folder, List<String[]> groups) {
        return groups.stream().noneMatch(fields -> fields[UID].equals(String.valueOf(folder.gid())));
    }

    private static OptionalInt primary(int uid, List<String[]> users) {
        return users.stream()
                .filter(fields -> fields[UID].equals(String.valueOf(uid)))
                .mapToInt(fields -> Integer.parseInt(fields[GID]))
                .findFirst();
    }

    private static Set<Integer> groupsOf(int uid, List<String[]> users, List<String[]> groups) {
        Set<Integer> found = new HashSet<>();
        primary(uid, users).ifPresent(found::add);
        List<String> names = users.stream()
                .filter(fields -> fields[UID].equals(String.valueOf(uid)))
                .map(fields -> fields[NAME])
                .toList();
        groups.stream()
                .filter(fields -> Stream.of(fields[MEMBERS].split(",", -1)).anyMatch(names::contains))
                .forEach(fields -> found.add(Integer.parseInt(fields[UID])));
        return found;
    }

    /** Lines with another number of fields, or whose numbers are none, as NIS writes them, name nobody. */
    private static List<String[]> entries(Path file, int fields) throws IOException {
        if (!Files.exists(file)) {
            return List.of();
        }
        return Files.readAllLines(file, StandardCharsets.ISO_8859_1).stream()
                .map(line -> line.split(":", -1))
                .filter(line -> line.length == fields && line[UID].matches("\\d{1,9}"))
                .filter(line -> fields != FIELDS_OF_A_USER || line[GID].matches("\\d{1,9}"))
                .toList();
    }
}
