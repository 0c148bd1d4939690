package dev.patchferry.runner.forms;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchferry.engine.format.DocumentParser;
import dev.patchferry.engine.format.FormatContext;
import dev.patchferry.engine.format.ParseResult;
import dev.patchferry.engine.plan.Plan;
import dev.patchferry.engine.plan.Step;
import dev.patchferry.runner.workspace.OverlayTransaction;
import dev.patchferry.runner.workspace.StepResult;
import dev.patchferry.runner.workspace.TemporaryWorkspace;
import dev.patchferry.runner.workspace.commit.ChangeSet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A workspace and patches that are sent to it as text: read, carried out in a transaction, committed or dropped. */
final class PatchBench {
    private final TemporaryWorkspace workspace;

    PatchBench(Path folder) throws IOException {
        this.workspace = TemporaryWorkspace.in(folder);
    }

    TemporaryWorkspace workspace() {
        return workspace;
    }

    /** What came of a patch. */
    sealed interface Result {
        /** It took effect. */
        record Done(String format, String detectedBy, Set<String> grades) implements Result {}

        /** Nothing of it did. */
        record Refused(String reason) implements Result {}
    }

    /** Sends a patch whose form is to be told from its text. */
    Result send(String patch) throws IOException {
        return send(patch, "auto");
    }

    Result send(String patch, String format) throws IOException {
        return send(JsonNodeFactory.instance
                .objectNode()
                .put("id", "bench")
                .put("role", "model")
                .put("format", format)
                .put("patch", patch));
    }

    Result send(ObjectNode document) throws IOException {
        List<String> before = workspace.content();
        FormatContext context = new FormatContext(workspace.root().toString(), Optional.empty());
        Result result = switch (DocumentParser.parse(document, context)) {
            case ParseResult.Planned(Plan plan) -> carryOut(plan);
            case ParseResult.Unsupported(List<String> reasons) -> new Result.Refused(String.join("; ", reasons));
            case ParseResult.Malformed(String _, String reason) -> new Result.Refused(reason);
        };
        if (result instanceof Result.Refused) {
            assertThat(workspace.content()).isEqualTo(before);
        }
        return result;
    }

    private Result carryOut(Plan plan) throws IOException {
        Set<String> grades = new LinkedHashSet<>();
        try (OverlayTransaction transaction = workspace.begin()) {
            for (Step step : plan.steps()) {
                switch (transaction.apply((Step.FileStep) step)) {
                    case StepResult.Done(Optional<String> grade) ->
                        grade.map(words -> List.of(words.split(", ", -1))).ifPresent(grades::addAll);
                    case StepResult.Refused(String reason) -> {
                        return new Result.Refused(reason);
                    }
                }
            }
            ChangeSet changes = transaction.changes();
            assertThat(transaction.obstacle(changes)).isEmpty();
            transaction.commit(transaction.prepare(changes));
            transaction.settled();
        }
        return new Result.Done(plan.format(), plan.detectedBy(), grades);
    }

    /** The grades under which a patch took effect; fails if it did not. */
    Set<String> apply(String patch) throws IOException {
        Result result = send(patch);
        assertThat(result).isInstanceOf(Result.Done.class);
        return ((Result.Done) result).grades();
    }

    /** Why a patch was refused; fails if it was not. */
    String refusal(String patch) throws IOException {
        return refusal(send(patch));
    }

    static String refusal(Result result) {
        assertThat(result).isInstanceOf(Result.Refused.class);
        return ((Result.Refused) result).reason();
    }
}
