package dev.patchferry.runner.git;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The refs of one git directory that a patch changed: from which object to which.
 *
 * @see <a href="https://git-scm.com/docs/gitrepository-layout">gitrepository-layout(5), refs and packed-refs</a>
 */
final class RefChanges {
    private static final String PACKED = "packed-refs";
    private static final Pattern PACKED_REF = Pattern.compile("([0-9a-f]{40,64}) (\\S.*)");
    private static final int LONGEST_VALUE = 300;

    private final String directory;
    private final Versions versions;

    private RefChanges(String directory, Versions versions) {
        this.directory = directory;
        this.versions = versions;
    }

    /**
     * One line for each ref that is not what it was.
     *
     * @param changed the files in the git directory that changed, relative to it
     */
    static List<String> lines(String directory, Collection<String> changed, Versions versions) throws IOException {
        return new RefChanges(directory, versions).lines(changed);
    }

    /** Whether a file of a git directory is a ref. */
    static boolean isRef(String name) {
        return name.startsWith("refs/") || name.equals(PACKED) || name.matches("[A-Z_]*HEAD");
    }

    private List<String> lines(Collection<String> changed) throws IOException {
        Map<String, String> packedBefore = packed(versions.before(directory + "/" + PACKED));
        Map<String, String> packedAfter = packed(versions.after(directory + "/" + PACKED));
        Set<String> names = new TreeSet<>(changed);
        names.addAll(packedBefore.keySet());
        names.addAll(packedAfter.keySet());
        names.remove(PACKED);
        List<String> lines = new ArrayList<>();
        for (String name : names) {
            String before = value(versions.before(directory + "/" + name), packedBefore.get(name));
            String after = value(versions.after(directory + "/" + name), packedAfter.get(name));
            if (!before.equals(after)) {
                lines.add("git: " + Shown.name(directory) + ": " + Shown.name(name) + " " + before + " -> " + after);
            }
        }
        return lines;
    }

    /** A loose ref counts before a packed one. */
    private static String value(Optional<byte[]> loose, @Nullable String packed) {
        return loose.map(RefChanges::firstLine)
                .or(() -> Optional.ofNullable(packed))
                .orElse("none");
    }

    private static String firstLine(byte[] ref) {
        String text = new String(ref, 0, Math.min(ref.length, LONGEST_VALUE), StandardCharsets.UTF_8);
        return Shown.name(text.lines().findFirst().orElse(""));
    }

    private static Map<String, String> packed(Optional<byte[]> file) {
        Map<String, String> refs = new HashMap<>();
        file.map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .orElse("")
                .lines()
                .forEach(line -> {
                    Matcher ref = PACKED_REF.matcher(line);
                    if (ref.matches()) {
                        refs.put(ref.group(2), ref.group(1));
                    }
                });
        return refs;
    }
}
