package dev.patchferry.runner.workspace;

import dev.patchferry.contract.PatchFormat;
import dev.patchferry.contract.WorkspaceName;
import dev.patchferry.runner.workspace.fs.Sha256;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A directory that patches may change, and what is known of it before any patch runs.
 *
 * @param name what senders call it
 * @param root its absolute path, links resolved; commands see it under the same path
 * @param home the directory that commands find as HOME, over which each patch has a layer of its own
 * @param defaultFormat how a text is read that nothing else says anything about
 * @param surroundings what commands get beyond it
 * @param caches folders of HOME, relative to it, that are kept of patches that fail
 */
public record Workspace(
        WorkspaceName name,
        Path root,
        Path home,
        Optional<PatchFormat> defaultFormat,
        CommandGrants surroundings,
        List<String> caches) {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_-]{1,100}");
    private static final Pattern OUTSIDE = Pattern.compile("(^|.*/)(\\.{0,2})(/.*|$)");

    public Workspace {
        caches = List.copyOf(caches);
        caches.stream()
                .filter(path -> OUTSIDE.matcher(path).matches())
                .findFirst()
                .ifPresent(path -> {
                    throw new IllegalArgumentException(
                            "`cache` takes folders below HOME, as .npm/_cacache, not `" + path + "`");
                });
        if (!root.isAbsolute() || !home.isAbsolute()) {
            throw new IllegalArgumentException("a workspace is an absolute path");
        }
    }

    /** One with the default caches. */
    public Workspace(
            WorkspaceName name, Path root, Path home, Optional<PatchFormat> defaultFormat, CommandGrants surroundings) {
        this(name, root, home, defaultFormat, surroundings, HomeLayer.DEFAULT_CACHES);
    }

    /** One whose commands get nothing else. */
    public Workspace(WorkspaceName name, Path root, Path home, Optional<PatchFormat> defaultFormat) {
        this(name, root, home, defaultFormat, CommandGrants.NONE);
    }

    /** The same for one principal's commands, which have a HOME of their own below this one's. */
    public Workspace of(String principal) throws IOException {
        // Names that are no plain words share no name with those that are: each kind has its own first letter.
        String folder = PLAIN.matcher(principal).matches()
                ? "n-" + principal
                : "h-" + Sha256.of(new ByteArrayInputStream(principal.getBytes(StandardCharsets.UTF_8)));
        return new Workspace(name, root, home.resolve(folder), defaultFormat, surroundings, caches);
    }
}
