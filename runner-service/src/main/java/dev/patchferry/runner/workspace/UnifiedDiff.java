package dev.patchferry.runner.workspace;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import com.github.difflib.algorithm.myers.MyersDiffWithLinearSpace;
import dev.patchferry.contract.Receipt.ChangedFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What changed, as a person reads it: text as a unified diff with git's headers, anything else as a line that says so.
 * Bounded in all: a huge change costs no more than a large one.
 */
final class UnifiedDiff {
    private static final long MOST_BYTES = 1L << 20;
    private static final int MOST_LINES = 5_000;
    private static final int MOST_CHARACTERS = 8 << 20;
    private static final int CONTEXT = 3;

    /** How many lines at the beginning of a diff name its file. */
    private static final int NAMES = 2;

    private static final String NO_NEWLINE = "\n\\ No newline at end of file";

    private final Path before;
    private final Path after;
    private final StringBuilder diff = new StringBuilder();

    private UnifiedDiff(Path before, Path after) {
        this.before = before;
        this.after = after;
    }

    /**
     * The diff of a change set that was not committed yet.
     *
     * @param before root of the lower layer
     * @param after root of the upper layer
     */
    static String of(List<ChangedFile> files, Path before, Path after) throws IOException {
        UnifiedDiff diff = new UnifiedDiff(before, after);
        for (int i = 0; i < files.size(); i++) {
            if (diff.diff.length() > MOST_CHARACTERS) {
                diff.diff.append("(").append(files.size() - i).append(" more files are not shown)\n");
                break;
            }
            diff.add(files.get(i));
        }
        return diff.diff.toString();
    }

    private void add(ChangedFile file) throws IOException {
        String path = file.path();
        diff.append("diff --git a/").append(path).append(" b/").append(path).append('\n');
        switch (file.change()) {
            case "created" -> diff.append("new file mode ").append(mode(file)).append('\n');
            case "deleted" -> diff.append("deleted file\n");
            case "mode" -> diff.append("new mode ").append(mode(file)).append('\n');
            default -> {}
        }
        if (path.endsWith("/") || file.change().equals("mode")) {
            return;
        }
        Optional<List<String>> old =
                file.change().equals("created") ? Optional.of(List.of()) : lines(before.resolve(path));
        Optional<List<String>> fresh =
                file.change().equals("deleted") ? Optional.of(List.of()) : lines(after.resolve(path));
        if (old.isPresent() && fresh.isPresent()) {
            hunks(path, file.change(), old.get(), fresh.get());
        } else {
            diff.append("Binary or large file ").append(path).append(" differs\n");
        }
    }

    private void hunks(String path, String change, List<String> old, List<String> fresh) {
        List<String> lines = UnifiedDiffUtils.generateUnifiedDiff(
                change.equals("created") ? "/dev/null" : "a/" + path,
                change.equals("deleted") ? "/dev/null" : "b/" + path,
                old,
                DiffUtils.diff(old, fresh, new MyersDiffWithLinearSpace<>()),
                CONTEXT);
        removalsFirst(lines).forEach(line -> diff.append(line).append('\n'));
    }

    /** In each run of changed lines those that went stand above those that came, as everybody writes and reads them. */
    private static List<String> removalsFirst(List<String> lines) {
        List<String> ordered = new ArrayList<>(lines.size());
        List<String> added = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (i >= NAMES && line.startsWith("+")) {
                added.add(line);
                continue;
            }
            if (i < NAMES || !line.startsWith("-")) {
                ordered.addAll(added);
                added.clear();
            }
            ordered.add(line);
        }
        ordered.addAll(added);
        return ordered;
    }

    /** The lines of a text file, or of a link's target; empty for what is not text or too large to compare. */
    private static Optional<List<String>> lines(Path path) throws IOException {
        FileKind kind = FileKind.of(path);
        if (kind.type() == FileKind.Type.SYMLINK) {
            return Optional.of(List.of(Files.readSymbolicLink(path) + NO_NEWLINE));
        }
        if (!kind.isFile() || kind.size() > MOST_BYTES || !Files.isReadable(path)) {
            return Optional.empty();
        }
        try {
            byte[] bytes = Files.readAllBytes(path);
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            List<String> lines = split(text);
            return text.indexOf('\0') >= 0 || lines.size() > MOST_LINES ? Optional.empty() : Optional.of(lines);
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static List<String> split(String text) {
        List<String> lines = new ArrayList<>();
        int start = 0;
        for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
            lines.add(text.substring(start, end));
            start = end + 1;
        }
        if (start < text.length()) {
            lines.add(text.substring(start) + NO_NEWLINE);
        }
        return lines;
    }

    private static String mode(ChangedFile file) {
        return "10" + file.mode().orElse("0644");
    }
}
