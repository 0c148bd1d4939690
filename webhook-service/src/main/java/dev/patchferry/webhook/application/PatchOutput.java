package dev.patchferry.webhook.application;

import dev.patchferry.contract.Problem;
import dev.patchferry.webhook.runner.RunnerProblem;
import dev.patchferry.webhook.runner.RunnerStream;
import dev.patchferry.webhook.runner.RunnerStreams;
import dev.patchferry.webhook.store.StoredPatch;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/** The output and the diff of a patch, which the runner keeps: passed on as they arrive, never held whole. */
@Singleton
public class PatchOutput {
    private static final Logger LOG = Logger.getLogger(PatchOutput.class);
    private static final String RANGE = "Range";

    private final PatchQueries queries;
    private final RunnerStreams runner;

    PatchOutput(PatchQueries queries, RunnerStreams runner) {
        this.queries = queries;
        this.runner = runner;
    }

    /**
     * Which part of a log; at most one of offset with limit, tail and range.
     *
     * @param query as {@link dev.patchferry.contract.RunnerApi#log} takes it, without the question mark; empty for all
     * @param range of bytes, as HTTP has it
     */
    public record LogPart(String query, Optional<String> range) {
        public static LogPart tail(long bytes) {
            return new LogPart("tail=" + bytes, Optional.empty());
        }

        public static LogPart from(long offset, long limit) {
            return new LogPart("offset=" + offset + "&limit=" + limit, Optional.empty());
        }
    }

    /** The output so far; empty if the runner does not have the patch yet. Close it. */
    public Result<Optional<OutputText>> log(Caller caller, String id, LogPart part) {
        String path = part.query().isEmpty() ? "log" : "log?" + part.query();
        return queries.find(caller, id)
                .then(patch -> get(
                        patch,
                        path,
                        part.range().map(range -> Map.of(RANGE, range)).orElse(Map.of())));
    }

    /**
     * The whole diff; empty if the runner does not have the patch yet. Close it.
     *
     * @param review whether everything is escaped that could hide something, for a page or a message
     */
    public Result<Optional<OutputText>> diff(Caller caller, String id, boolean review) {
        return queries.find(caller, id).then(patch -> get(patch, review ? "diff?view=review" : "diff", Map.of()));
    }

    private Result<Optional<OutputText>> get(StoredPatch patch, String what, Map<String, String> headers) {
        if (!patch.forwarded()) {
            return Result.ok(Optional.empty());
        }
        try {
            RunnerStream stream = runner.get("/patches/" + patch.id() + "/" + what, headers);
            return switch (stream.status()) {
                case 200, 206 -> Result.ok(Optional.of(OutputText.of(stream)));
                default -> Result.refused(refusal(stream));
            };
        } catch (IOException e) {
            LOG.infof("no output patchId=%s reason=%s", patch.id(), e.getMessage());
            return Result.refused(new Refusal.RunnerSilent());
        }
    }

    private static Refusal refusal(RunnerStream stream) throws IOException {
        try (stream) {
            Optional<Problem> problem = RunnerProblem.read(stream.status(), stream.beginning(OutputText.BEGINNING));
            if (problem.isEmpty()) {
                return new Refusal.RunnerSilent();
            }
            return switch (stream.status()) {
                case 404 -> new Refusal.NoOutput();
                case 416 -> new Refusal.ByRunner(problem.get());
                default -> new Refusal.RunnerSilent();
            };
        }
    }
}
