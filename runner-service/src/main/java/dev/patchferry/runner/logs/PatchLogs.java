package dev.patchferry.runner.logs;

import dev.patchferry.contract.PatchStatus;
import dev.patchferry.foundation.files.PrivateFolder;
import dev.patchferry.foundation.redaction.Redactor;
import dev.patchferry.runner.journal.JournaledPatch;
import dev.patchferry.runner.redaction.Redactions;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** The output and the diff of each attempt, one file each, named by number so that no id becomes a path. */
public final class PatchLogs {
    private final Path folder;
    private final Redactions redactions;

    /** Of patches in whose output only the shapes of tokens are looked for. */
    public PatchLogs(Path folder) {
        this(folder, Redactions.NONE);
    }

    /**
     * Keeps logs in a folder.
     *
     * @param folder exists, belongs to the runner
     * @param redactions what no reader may see
     */
    public PatchLogs(Path folder, Redactions redactions) {
        this.folder = folder;
        this.redactions = redactions;
    }

    /** The output of the entry's attempt as readers may see it. */
    public RedactedLog shown(JournaledPatch journaledPatch) {
        boolean settled = journaledPatch.status().isTerminal() || journaledPatch.status() == PatchStatus.PROPOSED;
        return new RedactedLog(log(journaledPatch), redactions.of(journaledPatch.workspace()), settled);
    }

    /**
     * Covers the secrets in the output of an attempt that a crash cut short. If they are not known any more, since its
     * workspace is gone, the output is dropped.
     */
    public void settle(JournaledPatch journaledPatch) throws IOException {
        if (redactions.knows(journaledPatch.workspace())) {
            shown(journaledPatch).settle(0);
        } else {
            Files.deleteIfExists(log(journaledPatch));
        }
    }

    /** Whether content holds a secret, so that it must not be shown in an encoding in which nobody finds it. */
    public Predicate<byte[]> holdsSecret(JournaledPatch journaledPatch) {
        return redactions.of(journaledPatch.workspace()).valuesOnly()::isIn;
    }

    /**
     * A diff as it is kept.
     *
     * @param text as readers may see it; what is not UTF-8 is U+FFFD here, and as it was in the file
     * @param covered whether secrets in it are covered
     */
    public record KeptDiff(String text, boolean covered) {}

    /**
     * Keeps the whole diff of the entry's attempt. If it is not complete the first line says so.
     *
     * @param diff in the files' own bytes; is changed
     * @param incomplete why {@code git apply} cannot make the change from it
     * @param forApproval whether somebody decides by it: then nothing is covered but the secrets that are known
     */
    public KeptDiff keepDiff(JournaledPatch journaledPatch, byte[] diff, List<String> incomplete, boolean forApproval)
            throws IOException {
        Redactor redactor = redactions.of(journaledPatch.workspace());
        boolean covered = (forApproval ? redactor.valuesOnly() : redactor).cover(diff);
        List<String> reasons = new ArrayList<>(incomplete);
        if (covered) {
            reasons.add("secrets are covered with *");
        }
        byte[] head = reasons.isEmpty() ? new byte[0] : utf8("# Not complete: " + String.join("; ", reasons) + "\n");
        try (OutputStream out = Files.newOutputStream(PrivateFolder.createFile(diff(journaledPatch)))) {
            out.write(head);
            out.write(diff);
        }
        return new KeptDiff(
                new String(head, StandardCharsets.UTF_8) + new String(diff, StandardCharsets.UTF_8), covered);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Where the output of the entry's attempt goes; the file may not exist yet. */
    public Path log(JournaledPatch journaledPatch) {
        return file(journaledPatch, journaledPatch.attempt(), ".log");
    }

    /** Where the whole diff of the entry's attempt goes; the file may not exist. */
    public Path diff(JournaledPatch journaledPatch) {
        return file(journaledPatch, journaledPatch.attempt(), ".diff");
    }

    /** Makes an empty log for a new attempt. */
    public Path begin(JournaledPatch journaledPatch) throws IOException {
        Files.deleteIfExists(log(journaledPatch));
        Files.deleteIfExists(diff(journaledPatch));
        return PrivateFolder.createFile(log(journaledPatch));
    }

    /** Removes the output and the diff of every attempt. */
    public void drop(JournaledPatch journaledPatch) throws IOException {
        for (int attempt = 1; attempt <= journaledPatch.attempt(); attempt++) {
            Files.deleteIfExists(file(journaledPatch, attempt, ".log"));
            Files.deleteIfExists(file(journaledPatch, attempt, ".diff"));
        }
    }

    private Path file(JournaledPatch journaledPatch, int attempt, String suffix) {
        return folder.resolve(journaledPatch.seq() + "-" + attempt + suffix);
    }

    /** The size of a log in bytes; 0 if there is none. */
    public static long size(Path file) throws IOException {
        return Files.exists(file) ? Files.size(file) : 0;
    }

    /** The last bytes of a log, at most this many, as text; what is not UTF-8 becomes U+FFFD. */
    public static String tail(Path file, int bytes) throws IOException {
        if (!Files.exists(file)) {
            return "";
        }
        try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
            long from = Math.max(0, log.length() - bytes);
            byte[] end = new byte[(int) (log.length() - from)];
            log.seek(from);
            log.readFully(end);
            int start = from == 0 ? 0 : firstWholeCharacter(end);
            return new String(end, start, end.length - start, StandardCharsets.UTF_8);
        }
    }

    private static int firstWholeCharacter(byte[] utf8) {
        int start = 0;
        while (start < utf8.length && start < 4 && (utf8[start] & 0xC0) == 0x80) {
            start++;
        }
        return start;
    }
}
