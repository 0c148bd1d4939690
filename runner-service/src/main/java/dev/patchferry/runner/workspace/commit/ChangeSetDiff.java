package dev.patchferry.runner.workspace.commit;

import dev.patchferry.contract.Receipt.ChangedFile;
import dev.patchferry.contract.Receipt.HiddenFile;
import dev.patchferry.engine.plan.Bytes;
import dev.patchferry.runner.diff.DiffText;
import dev.patchferry.runner.diff.DiffText.Section;
import dev.patchferry.runner.diff.FileSide;
import dev.patchferry.runner.diff.GitName;
import dev.patchferry.runner.diff.Pace;
import dev.patchferry.runner.workspace.commit.ChangedPaths.Folder;
import dev.patchferry.runner.workspace.commit.ChangedPaths.Sides;
import dev.patchferry.runner.workspace.fs.FileStat;
import dev.patchferry.runner.workspace.fs.RawName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What changed, as git writes it: complete, it applies to the state before with {@code git apply}. Bounded in time and in
 * size; what is not shown whole is listed with its size and hash. Used once.
 */
public final class ChangeSetDiff {
    private static final int MAX_BYTES = 8 << 20;
    private static final int MAX_LISTED = 10_000;
    private static final int PLAIN_FILE = 0644;
    private static final int PLAIN_EXECUTABLE = 0755;
    private static final int PLAIN_FOLDER = 0755;
    private static final FileSide.Content UNCHANGED = new FileSide.Known(new byte[0]);

    private final Pace pace;
    private final DiffText text;
    private final LayerContent content;
    private final List<HiddenFile> hidden = new ArrayList<>();
    private final Set<String> incomplete = new LinkedHashSet<>();
    private final List<String> notes = new ArrayList<>();
    private int unlisted;

    private ChangeSetDiff(List<ChangedFile> files, Pace pace, Predicate<byte[]> holdsSecret) {
        this.pace = pace;
        this.text = new DiffText(pace, holdsSecret);
        this.content = new LayerContent(files);
    }

    /**
     * The diff of a change set that was not committed yet. When {@code pace} says that nobody wants it any more, it is
     * whatever there is by then.
     *
     * @param before root of the lower layer
     * @param after root of the upper layer
     * @param holdsSecret whether content must not be shown encoded
     */
    public static RenderedDiff of(ChangeSet changes, Path before, Path after, Pace pace, Predicate<byte[]> holdsSecret)
            throws IOException {
        ChangeSetDiff diff = new ChangeSetDiff(changes.files(), pace, holdsSecret);
        try (ChangedPaths paths = ChangedPaths.of(changes, before, after, pace::isCancelled)) {
            for (Map.Entry<Path, Sides> file : paths.files().entrySet()) {
                if (pace.isCancelled()) {
                    break;
                }
                diff.add(file.getKey(), file.getValue());
            }
            paths.folders().forEach(diff::add);
        }
        return diff.rendered();
    }

    private RenderedDiff rendered() {
        if (unlisted > 0) {
            notes.add(unlisted + " more changed files are neither shown nor listed");
        }
        notes.forEach(text::note);
        return new RenderedDiff(Bytes.of(text.bytes()), hidden, unlisted, List.copyOf(incomplete));
    }

    private void add(Path path, Sides sides) throws IOException {
        byte[] name = RawName.of(path);
        LayerNode before = known(name, sides.before());
        LayerNode after = known(name, sides.after());
        if (hidden.size() >= MAX_LISTED) {
            incomplete.add("too many files cannot be shown");
            unlisted++;
        } else if (before != null && after != null && before.isSameType(after)) {
            changed(name, before, after);
        } else {
            if (before != null) {
                record(name, text.deleted(name, side(before)), before, null);
            }
            if (after != null) {
                record(name, text.created(name, side(after)), null, after);
                permissions(name, after.isExecutable() ? PLAIN_EXECUTABLE : PLAIN_FILE, after);
            }
        }
    }

    /** Git knows of files and links; anything else is told in words. */
    private @Nullable LayerNode known(byte[] name, @Nullable LayerNode node) {
        if (node == null
                || node.kind().type() == FileStat.Type.FILE
                || node.kind().type() == FileStat.Type.SYMLINK) {
            return node;
        }
        notes.add(GitName.quoted("", name) + " is or was " + node.kind().words());
        return null;
    }

    private void changed(byte[] name, LayerNode before, LayerNode after) throws IOException {
        Optional<Boolean> known = before.kind().isFile() ? content.isKnownSame(before, after) : Optional.empty();
        FileSide old = known.orElse(false) ? new FileSide(mode(before), UNCHANGED) : side(before);
        FileSide now = known.orElse(false) ? new FileSide(mode(after), UNCHANGED) : side(after);
        if (!old.mode().equals(now.mode()) || !old.hasSameContent(now)) {
            record(name, text.changed(name, old, now), before, after);
        }
        if (old.mode().equals(now.mode()) && before.kind().isFile()) {
            permissions(name, before.kind().mode(), after);
        }
    }

    private void permissions(byte[] name, int expected, LayerNode after) {
        if (after.kind().isFile() && after.kind().mode() != expected) {
            notes.add("permissions of " + GitName.quoted("", name) + ": "
                    + octal(after.kind().mode()));
        }
    }

    private FileSide side(LayerNode node) throws IOException {
        if (!node.kind().isFile()) {
            return new FileSide(FileSide.LINK, new FileSide.Known(LayerContent.target(node)));
        }
        if (text.size() > MAX_BYTES) {
            return new FileSide(mode(node), new FileSide.Unknown("cut"));
        }
        return new FileSide(mode(node), pace.isOver() ? new FileSide.Unknown("time") : content.of(node));
    }

    private static String mode(LayerNode node) {
        return node.isExecutable() ? FileSide.EXECUTABLE : FileSide.FILE;
    }

    private void record(byte[] name, Section section, @Nullable LayerNode before, @Nullable LayerNode after)
            throws IOException {
        String shown = GitName.quoted("", name);
        if (section.hidden().isPresent()) {
            HiddenFile file = content.hidden(shown, section.hidden().get(), before, after);
            hidden.add(file);
            text.note("not shown (" + file.why() + "): " + shown + ": " + file.sizes());
        }
        if (!section.applies()) {
            incomplete.add("not all files are shown (" + section.hidden().orElse("") + ")");
        }
        if (isInGit(shown)) {
            incomplete.add("git applies nothing in .git");
        }
    }

    private static boolean isInGit(String shown) {
        return ("/" + shown + "/").toLowerCase(Locale.ROOT).contains("/.git/");
    }

    private void add(Path path, Folder folder) {
        String name = "folder " + GitName.quoted("", RawName.of(path)) + ": ";
        if (folder.isUnreadable()) {
            notes.add(name + "cannot be read");
            incomplete.add("a folder cannot be read");
        }
        if (folder.before().isEmpty()) {
            int mode = folder.after().orElse(PLAIN_FOLDER);
            if (folder.isEmpty() || mode != PLAIN_FOLDER) {
                notes.add(name + "new, mode " + octal(mode));
            }
        } else if (folder.after().isEmpty()) {
            if (folder.isEmpty()) {
                notes.add(name + "deleted");
            }
        } else if (!folder.before().equals(folder.after())) {
            notes.add(name + "mode " + octal(folder.before().get()) + " -> "
                    + octal(folder.after().get()));
        }
    }

    private static String octal(int mode) {
        return "%04o".formatted(mode);
    }
}
