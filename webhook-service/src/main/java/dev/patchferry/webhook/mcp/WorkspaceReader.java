package dev.patchferry.webhook.mcp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchferry.webhook.application.Result;
import dev.patchferry.webhook.application.WorkspaceReads;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Asks the runner what a tool that reads files was asked. */
@Singleton
class WorkspaceReader {
    private final WorkspaceChoice choice;
    private final WorkspaceReads reads;

    WorkspaceReader(WorkspaceChoice choice, WorkspaceReads reads) {
        this.choice = choice;
        this.reads = reads;
    }

    /**
     * Asks with the arguments that have the names of the question's parameters.
     *
     * @param defaults for those that the call leaves out
     * @param shown makes the tool's answer of the runner's
     */
    ToolResult ask(
            McpCall call,
            WorkspaceReads.Question question,
            Map<String, String> defaults,
            Function<ObjectNode, ObjectNode> shown) {
        Map<String, String> parameters = new TreeMap<>(defaults);
        question.parameters().stream()
                .filter(call.arguments().json()::has)
                .forEach(name -> parameters.put(name, call.arguments().get(name).asText()));
        return choice.with(call, workspace -> switch (reads.ask(call.caller(), workspace, question, parameters)) {
            case Result.Refused<ObjectNode>(var refusal) -> RefusalResults.of(refusal);
            case Result.Ok<ObjectNode>(ObjectNode answer) -> ToolResult.of(shown.apply(answer));
        });
    }

    /** In tools {@code next} says what to do; where a page goes on has a name of its own. */
    static ObjectNode page(ObjectNode answer) {
        if (answer.has("next")) {
            answer.set("next_after", answer.remove("next"));
        }
        return answer;
    }
}
