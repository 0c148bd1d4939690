package dev.patchferry.runner.sandbox;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/**
 * Control groups by which the kernel itself limits the memory and the processes of one command, daemons included: of
 * version 1 or 2, where this process may make some. Found out once, by making one.
 *
 * @see <a href="https://docs.kernel.org/admin-guide/cgroup-v2.html">Control Group v2</a>
 */
final class ControlGroups {
    private static final Logger LOG = Logger.getLogger(ControlGroups.class);
    private static final String PREFIX = "patch-ferry-";
    private static final List<String> CONTROLLERS = List.of("memory", "pids");

    /** Numbers of groups, which are told apart by this process's own. */
    private static final AtomicLong LAST = new AtomicLong();

    /** A number is another process's some day, but not with this start. */
    private static final String OWN_PREFIX = PREFIX + mark(ProcessHandle.current()) + "-";

    /** What a runner calls its groups: its number within its mark, and the group's own. */
    private static final Pattern NAME = Pattern.compile(PREFIX + "((\\d{1,18})-\\d+)-\\d+");

    /** Where groups are made; one folder for each controller, or one for both. */
    private final List<Path> parents;

    private ControlGroups(List<Path> parents) {
        this.parents = parents;
    }

    /** Empty where the kernel, or the container, gives us none. */
    static Optional<ControlGroups> find() {
        try {
            return candidates(Path.of("/proc/self")).stream()
                    .map(ControlGroups::new)
                    .filter(ControlGroups::works)
                    .findFirst();
        } catch (IOException | RuntimeException e) {
            LOG.debugf(e, "no control groups");
            return Optional.empty();
        }
    }

    /** A group for one command, with these limits. */
    ControlGroup make(Limits limits) throws IOException {
        String name = OWN_PREFIX + LAST.incrementAndGet();
        List<Path> folders =
                parents.stream().map(parent -> parent.resolve(name)).toList();
        ControlGroup group = new ControlGroup(folders);
        for (Path folder : folders) {
            Files.createDirectory(folder);
        }
        try {
            group.limit(limits);
            return group;
        } catch (IOException e) {
            group.close();
            throw e;
        }
    }

    private boolean works() {
        try {
            parents.forEach(ControlGroups::removeLeftovers);
            make(Limits.DEFAULT).close();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Of runners that are no more, with what still runs in them: it belongs to nobody any more. */
    private static void removeLeftovers(Path parent) {
        try (DirectoryStream<Path> groups = Files.newDirectoryStream(parent, PREFIX + "*")) {
            for (Path group : groups) {
                Matcher name = NAME.matcher(group.getFileName().toString());
                if (name.matches() && !isAlive(name.group(2), name.group(1))) {
                    new ControlGroup(List.of(group)).close();
                }
            }
        } catch (IOException e) {
            LOG.warnf(e, "control groups of an earlier runner stay folder=%s", parent);
        }
    }

    private static boolean isAlive(String pid, String mark) {
        return ProcessHandle.of(Long.parseLong(pid))
                .filter(process -> mark.equals(mark(process)))
                .isPresent();
    }

    /** Number and start of a process. */
    static String mark(ProcessHandle process) {
        return process.pid() + "-"
                + process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }

    /** Version 1 if the controllers are mounted so, else version 2: below ourselves, or beside us. */
    private static List<List<Path>> candidates(Path self) throws IOException {
        Map<String, Path> mounts = mounts(self);
        Map<String, String> own = own(self);
        List<List<Path>> found = new ArrayList<>();
        if (mounts.keySet().containsAll(CONTROLLERS)) {
            found.add(CONTROLLERS.stream()
                    .map(controller ->
                            within(Objects.requireNonNull(mounts.get(controller)), own.getOrDefault(controller, "/")))
                    .toList());
        }
        Path unified = mounts.get("cgroup2");
        if (unified != null) {
            Path group = within(unified, own.getOrDefault("", "/"));
            found.add(List.of(group));
            if (!group.equals(unified)) {
                found.add(List.of(Objects.requireNonNull(group.getParent())));
            }
        }
        return found;
    }

    /** In a container the path may be the host's, of which only the end is mounted. */
    private static Path within(Path mount, String group) {
        Path inside = mount.resolve(group.substring(1));
        return Files.isDirectory(inside) ? inside : mount;
    }

    private static Map<String, Path> mounts(Path self) throws IOException {
        Map<String, Path> mounts = new TreeMap<>();
        for (String line : Files.readAllLines(self.resolve("mounts"))) {
            String[] fields = line.split(" ", -1);
            if (fields[2].equals("cgroup2")) {
                mounts.put("cgroup2", Path.of(fields[1]));
            } else if (fields[2].equals("cgroup")) {
                for (String option : fields[3].split(",", -1)) {
                    mounts.put(option, Path.of(fields[1]));
                }
            }
        }
        return mounts;
    }

    /** Lines as {@code 4:memory:/path}; version 2 has no name. */
    private static Map<String, String> own(Path self) throws IOException {
        Map<String, String> own = new TreeMap<>();
        for (String line : Files.readAllLines(self.resolve("cgroup"))) {
            String[] fields = line.split(":", 3);
            for (String controller : fields[1].split(",", -1)) {
                own.put(controller, fields[2]);
            }
        }
        return own;
    }
}
