package dev.patchferry.runner.logs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import dev.patchferry.contract.Json;
import dev.patchferry.contract.PatchStatus;
import dev.patchferry.contract.Receipt;
import dev.patchferry.foundation.crash.CrashPoint;
import dev.patchferry.foundation.files.PrivateFolder;
import dev.patchferry.runner.journal.JournaledPatch;
import dev.patchferry.runner.redaction.Redactions;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * The patches as files, for people: {@code ID.json} while one waits or runs; then in {@code .proposed/}, {@code
 * .completed/} or {@code .failed/}, beside {@code ID.receipt.json} and {@code ID.log}. An id is a safe file name by its own
 * rule; one that ends in {@code .receipt} would have the files of another and is written {@code X%2Ereceipt}, which no id
 * can be. What cannot be written is logged, and changes nothing else.
 */
public final class PatchFileMirror {
    private static final Logger LOG = Logger.getLogger(PatchFileMirror.class);
    private static final Set<PatchStatus> COMPLETED =
            EnumSet.of(PatchStatus.SUCCEEDED, PatchStatus.PREVIEWED, PatchStatus.UNDONE);

    private static final List<String> ENDS = List.of(".completed", ".failed");
    private static final String PROPOSED = ".proposed";
    private static final String HALF = ".new";
    private static final String RECEIPT = ".receipt";

    private final Path folder;
    private final ObjectWriter writer = Json.MAPPER.writerWithDefaultPrettyPrinter();

    private final PatchLogs logs;
    private final Redactions redactions;

    /** Of patches in whose receipts only the shapes of tokens are looked for. */
    public PatchFileMirror(Path folder, PatchLogs logs) {
        this(folder, logs, Redactions.NONE);
    }

    /**
     * Shows patches in a folder.
     *
     * @param redactions what no receipt may show; documents are shown as they were sent
     */
    public PatchFileMirror(Path folder, PatchLogs logs, Redactions redactions) {
        this.folder = folder;
        this.logs = logs;
        this.redactions = redactions;
    }

    /** Shows a patch that was just accepted, unless it has ended in the meantime. */
    public synchronized void waiting(JournaledPatch journaledPatch, String document) {
        show(journaledPatch, () -> {
            if (places().noneMatch(place -> Files.exists(receipt(place, journaledPatch)))) {
                write(folder, name(journaledPatch) + ".json", document);
            }
        });
    }

    /** Shows a patch that has ended, or that ran and waits for a decision. */
    public synchronized void ended(JournaledPatch journaledPatch, String document, Receipt receipt) {
        show(journaledPatch, () -> {
            Path place = place(receipt.outcome());
            moveDocument(journaledPatch, place, document);
            Receipt told = redactions.receipt(journaledPatch.workspace(), receipt);
            write(place, name(journaledPatch) + ".receipt.json", writer.writeValueAsString(told));
            Path shownLog = place.resolve(name(journaledPatch) + ".log");
            Files.deleteIfExists(shownLog);
            if (Files.exists(logs.log(journaledPatch))) {
                Files.createLink(shownLog, logs.log(journaledPatch));
            }
            CrashPoint.RUNNER_VIEW_WRITTEN.reached();
            Files.deleteIfExists(folder.resolve(name(journaledPatch) + ".json"));
            // Where a version before this one had it; receipts are never written there.
            Files.deleteIfExists(folder.resolve(journaledPatch.id() + ".json"));
            if (receipt.outcome().isTerminal()) {
                remove(folder.resolve(PROPOSED), journaledPatch);
            }
        });
    }

    /** Whether a patch is shown in the state in which the journal has it. */
    public synchronized boolean isShown(JournaledPatch journaledPatch) throws IOException {
        boolean waits = Files.exists(folder.resolve(name(journaledPatch) + ".json"));
        boolean ran = journaledPatch.status().isTerminal() || journaledPatch.status() == PatchStatus.PROPOSED;
        return ran
                ? !waits && tells(receipt(place(journaledPatch.status()), journaledPatch), journaledPatch.status())
                : waits;
    }

    /** A patch that was undone, or brought back, has the receipt of the state before until the new one is written. */
    private static boolean tells(Path receipt, PatchStatus status) throws IOException {
        try {
            return Files.exists(receipt)
                    && Json.MAPPER
                            .readTree(receipt.toFile())
                            .path("outcome")
                            .asText()
                            .equals(status.wireName());
        } catch (JsonProcessingException e) {
            LOG.warnf("a receipt for people cannot be read and is written anew file=%s", receipt);
            return false;
        }
    }

    /** Removes what a crash left half written. */
    public synchronized void clearUp() throws IOException {
        for (Path place : Stream.concat(Stream.of(folder), places()).toList()) {
            if (Files.exists(place)) {
                try (DirectoryStream<Path> halves = Files.newDirectoryStream(place, ".*" + HALF)) {
                    for (Path half : halves) {
                        Files.delete(half);
                    }
                }
            }
        }
    }

    /** Shows a patch as waiting again that had ended. */
    public synchronized void again(JournaledPatch journaledPatch, String document) {
        show(journaledPatch, () -> {
            removeEnds(journaledPatch);
            write(folder, name(journaledPatch) + ".json", document);
        });
    }

    /** Shows a patch that has ended no more. */
    public synchronized void drop(JournaledPatch journaledPatch) throws IOException {
        removeEnds(journaledPatch);
    }

    private void removeEnds(JournaledPatch journaledPatch) throws IOException {
        for (Path place : places().toList()) {
            remove(place, journaledPatch);
        }
    }

    private static void remove(Path place, JournaledPatch journaledPatch) throws IOException {
        for (String suffix : List.of(".json", ".receipt.json", ".log")) {
            Files.deleteIfExists(place.resolve(name(journaledPatch) + suffix));
        }
    }

    /** The view is for people; the journal is the truth, and holds whether or not the view can be written. */
    private static void show(JournaledPatch journaledPatch, Writing writing) {
        try {
            writing.run();
        } catch (IOException e) {
            LOG.warnf(e, "the files of a patch cannot be written patchId=%s", journaledPatch.id());
        }
    }

    private interface Writing {
        void run() throws IOException;
    }

    private Path place(PatchStatus end) {
        if (end == PatchStatus.PROPOSED) {
            return folder.resolve(PROPOSED);
        }
        return folder.resolve(COMPLETED.contains(end) ? ENDS.getFirst() : ENDS.getLast());
    }

    private Stream<Path> places() {
        return Stream.concat(ENDS.stream(), Stream.of(PROPOSED)).map(folder::resolve);
    }

    private static String name(JournaledPatch journaledPatch) {
        String id = journaledPatch.id().value();
        return id.endsWith(RECEIPT) ? id.substring(0, id.length() - RECEIPT.length()) + "%2Ereceipt" : id;
    }

    private static Path receipt(Path place, JournaledPatch journaledPatch) {
        return place.resolve(name(journaledPatch) + ".receipt.json");
    }

    private void moveDocument(JournaledPatch journaledPatch, Path place, String document) throws IOException {
        String name = name(journaledPatch) + ".json";
        PrivateFolder.create(place);
        try {
            Files.move(folder.resolve(name), place.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        } catch (NoSuchFileException e) {
            write(place, name, document);
        }
    }

    private static void write(Path place, String name, String content) throws IOException {
        PrivateFolder.create(place);
        Path fresh = Files.createTempFile(place, ".", HALF);
        Files.writeString(fresh, content);
        Files.move(fresh, place.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }
}
