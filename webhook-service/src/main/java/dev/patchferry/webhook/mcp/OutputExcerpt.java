package dev.patchferry.webhook.mcp;

import dev.patchferry.contract.Receipt;
import dev.patchferry.webhook.application.Caller;
import dev.patchferry.webhook.application.OutputText;
import dev.patchferry.webhook.application.PatchOutput;
import dev.patchferry.webhook.application.Result;
import dev.patchferry.webhook.store.StoredPatch;
import jakarta.inject.Singleton;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** The part of a patch's output that its answer shows. */
@Singleton
class OutputExcerpt {
    private static final Logger LOG = Logger.getLogger(OutputExcerpt.class);
    private static final int FIRST_LINES = 20;
    private static final int LAST_LINES = 60;
    private static final int LINES_WHILE_RUNNING = 10;
    private static final int MAX_LINE = 300;
    private static final int PART = 4 << 10;
    /** An answer is not held up by a runner that is slow to show output. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final ExecutorService ASKING = Executors.newVirtualThreadPerTaskExecutor();

    private final PatchOutput output;

    OutputExcerpt(PatchOutput output) {
        this.output = output;
    }

    /** Of an ended patch its first and last lines, of a running one the last few; empty if there are none. */
    String of(Caller caller, StoredPatch patch) {
        if (patch.receipt().isPresent()) {
            return ended(caller, patch, patch.receipt().get());
        }
        return patch.status().isTerminal() || !patch.forwarded()
                ? ""
                : ask(caller, patch, PatchOutput.LogPart.tail(PART))
                        .map(tail -> last(lines(tail), LINES_WHILE_RUNNING))
                        .orElse("");
    }

    private String ended(Caller caller, StoredPatch patch, Receipt receipt) {
        List<String> tail = lines(receipt.logTail());
        if (receipt.logOmitted() == 0) {
            return tail.size() <= FIRST_LINES + LAST_LINES
                    ? joined(tail.stream())
                    : first(tail) + "\n[… " + (tail.size() - FIRST_LINES - LAST_LINES) + " lines …]\n"
                            + last(tail, LAST_LINES);
        }
        // One step's beginning is the log's; where that of a later step is, only the whole log shows.
        Optional<String> head =
                receipt.steps().size() == 1 ? ask(caller, patch, PatchOutput.LogPart.from(0, PART)) : Optional.empty();
        return head.map(text -> first(lines(text)) + "\n").orElse("") + "[… part of " + receipt.logOmitted()
                + " bytes left out …]\n" + last(tail, LAST_LINES);
    }

    private Optional<String> ask(Caller caller, StoredPatch patch, PatchOutput.LogPart part) {
        Future<Optional<String>> answer = ASKING.submit(() -> read(caller, patch, part));
        try {
            return answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            answer.cancel(true);
            LOG.debugf("no excerpt of the output patchId=%s reason=%s", patch.id(), e);
            return Optional.empty();
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private Optional<String> read(Caller caller, StoredPatch patch, PatchOutput.LogPart part) throws IOException {
        if (!(output.log(caller, patch.id().value(), part) instanceof Result.Ok<Optional<OutputText>>(var text))
                || text.isEmpty()) {
            return Optional.empty();
        }
        try (OutputText source = text.get()) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            source.writeTo(bytes);
            return Optional.of(bytes.toString(StandardCharsets.UTF_8));
        }
    }

    private static List<String> lines(String text) {
        return text.lines().toList();
    }

    private static String first(List<String> lines) {
        return joined(lines.stream().limit(FIRST_LINES));
    }

    private static String last(List<String> lines, int count) {
        return joined(lines.stream().skip(Math.max(0, lines.size() - count)));
    }

    private static String joined(Stream<String> lines) {
        return lines.map(line -> Cut.start(line, MAX_LINE)).collect(Collectors.joining("\n"));
    }
}
