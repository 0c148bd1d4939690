package dev.patchferry.runner.diff;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Collects the diff of many files, section by section. Used by one thread. */
public final class DiffText {
    private static final int LARGEST_BINARY = 256 << 10;
    private static final String NO_OBJECT = "0".repeat(40);

    private final Pace pace;
    private final Predicate<byte[]> holdsSecret;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /**
     * Begins.
     *
     * @param holdsSecret whether content must not be shown in an encoding in which nobody would find the secret in it
     */
    public DiffText(Pace pace, Predicate<byte[]> holdsSecret) {
        this.pace = pace;
        this.holdsSecret = holdsSecret;
    }

    public int size() {
        return out.size();
    }

    public byte[] bytes() {
        return out.toByteArray();
    }

    /** Adds a line that is no part of git's format; {@code git apply} skips it. */
    public void note(String line) {
        text("# " + line + "\n");
    }

    /**
     * What a file or link became.
     *
     * @param hidden why a reader does not see all of it, if so; for {@code git apply} it may be complete all the same
     * @param applies whether {@code git apply} has all it needs
     */
    public record Section(Optional<String> hidden, boolean applies) {
        private static final Section WHOLE = new Section(Optional.empty(), true);

        private static Section hidden(String why) {
            return new Section(Optional.of(why), false);
        }
    }

    /** Adds a path that only the old side has. */
    public Section deleted(byte[] path, FileSide before) {
        return section(path, Optional.of(before), Optional.empty());
    }

    /** Adds a path that only the new side has. */
    public Section created(byte[] path, FileSide after) {
        return section(path, Optional.empty(), Optional.of(after));
    }

    /** Adds a path that both sides have, of one type: files or links. */
    public Section changed(byte[] path, FileSide before, FileSide after) {
        return section(path, Optional.of(before), Optional.of(after));
    }

    private Section section(byte[] path, Optional<FileSide> before, Optional<FileSide> after) {
        pace.nextFile();
        text("diff --git " + GitName.quoted("a/", path) + " " + GitName.quoted("b/", path) + "\n");
        text(modes(before, after));
        String from = before.isEmpty() ? "/dev/null" : GitName.quoted("a/", path);
        String to = after.isEmpty() ? "/dev/null" : GitName.quoted("b/", path);
        Optional<String> unknown = Stream.of(before, after)
                .flatMap(Optional::stream)
                .flatMap(side -> side.whyUnknown().stream())
                .findFirst();
        if (unknown.isPresent()) {
            return differs(from, to, unknown.get());
        }
        byte[] old = content(before);
        byte[] now = content(after);
        if (before.isPresent() && after.isPresent() && before.get().hasSameContent(after.get())) {
            return Section.WHOLE;
        }
        boolean binary = isBinary(before) || isBinary(after);
        if (binary && (Math.max(old.length, now.length) > LARGEST_BINARY)) {
            return differs(from, to, "binary");
        }
        if (binary && (holdsSecret.test(old) || holdsSecret.test(now))) {
            return differs(from, to, "secret");
        }
        text(index(before, after));
        if (binary) {
            BinaryLiteral.write(now, out);
            return new Section(Optional.of("binary"), true);
        }
        if (old.length + now.length > 0) {
            String tab = contains(path, ' ') ? "\t" : "";
            text("--- " + from + (before.isEmpty() ? "" : tab) + "\n+++ " + to + (after.isEmpty() ? "" : tab) + "\n");
            Hunks.write(old, now, pace, out);
        }
        return Section.WHOLE;
    }

    private Section differs(String from, String to, String why) {
        text("Binary files " + from + " and " + to + " differ\n");
        return Section.hidden(why);
    }

    private static String modes(Optional<FileSide> before, Optional<FileSide> after) {
        if (before.isEmpty()) {
            return "new file mode " + after.orElseThrow().mode() + "\n";
        }
        if (after.isEmpty()) {
            return "deleted file mode " + before.get().mode() + "\n";
        }
        return before.get().mode().equals(after.get().mode())
                ? ""
                : "old mode " + before.get().mode() + "\nnew mode "
                        + after.get().mode() + "\n";
    }

    /** Whole hashes: {@code git apply} asks for them where content is binary. */
    private static String index(Optional<FileSide> before, Optional<FileSide> after) {
        boolean sameMode = before.isPresent()
                && after.isPresent()
                && before.get().mode().equals(after.get().mode());
        return "index " + object(before) + ".." + object(after)
                + (sameMode ? " " + before.get().mode() : "") + "\n";
    }

    private static String object(Optional<FileSide> side) {
        return side.flatMap(FileSide::bytes).map(DiffText::blob).orElse(NO_OBJECT);
    }

    /** The name under which git keeps this content. */
    private static String blob(byte[] content) {
        try {
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            sha1.update(("blob " + content.length + "\0").getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(sha1.digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }

    private static byte[] content(Optional<FileSide> side) {
        return side.flatMap(FileSide::bytes).orElse(new byte[0]);
    }

    /** A link's target is a line in any case; it holds no NUL. */
    private static boolean isBinary(Optional<FileSide> side) {
        return side.isPresent()
                && !side.get().isLink()
                && side.get().content() instanceof FileSide.Known known
                && known.isBinary();
    }

    private static boolean contains(byte[] path, char wanted) {
        for (byte b : path) {
            if (b == wanted) {
                return true;
            }
        }
        return false;
    }

    private void text(String text) {
        out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    }
}
