package dev.patchferry.runner.format;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchferry.runner.plan.Plan;
import dev.patchferry.runner.plan.Replacement;
import dev.patchferry.runner.plan.Step;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A parse result as JSON, with everything that decides what would be done, for comparison with a file. */
final class ResultJson {
    private ResultJson() {}

    static ObjectNode of(ParseResult result) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        switch (result) {
            case ParseResult.Planned(Plan plan) -> plan(plan, json.put("result", "plan"));
            case ParseResult.Unsupported(List<String> reasons) ->
                reasons.forEach(json.put("result", "unsupported").putArray("reasons")::add);
            case ParseResult.Malformed(String position, String reason) ->
                json.put("result", "malformed").put("position", position).put("reason", reason);
        }
        return json;
    }

    private static void plan(Plan plan, ObjectNode json) {
        json.put("format", plan.format()).put("detected_by", plan.detectedBy());
        var steps = json.putArray("steps");
        plan.steps().forEach(step -> step(step, steps.addObject().put("kind", step.kind())));
        plan.ignored().forEach(json.putArray("ignored")::add);
    }

    private static void step(Step step, ObjectNode json) {
        switch (step) {
            case Step.Write write -> {
                json.put("path", write.path().value())
                        .put("content", new String(write.content().toArray(), StandardCharsets.UTF_8))
                        .put("must_be_new", write.mustBeNew());
                write.mode().ifPresent(mode -> json.put("mode", Integer.toOctalString(mode)));
            }
            case Step.Delete delete -> json.put("path", delete.path().value());
            case Step.Move move ->
                json.put("path", move.from().value()).put("to", move.to().value());
            case Step.Chmod chmod ->
                json.put("path", chmod.path().value()).put("mode", Integer.toOctalString(chmod.mode()));
            case Step.Edit edit -> {
                var hunks = json.put("path", edit.path().value()).putArray("hunks");
                edit.hunks().forEach(hunk -> hunk(hunk, hunks.addObject()));
            }
            case Step.Run run -> json.put("command", run.command());
        }
    }

    private static void hunk(Replacement hunk, ObjectNode json) {
        json.put("pattern", hunk.pattern())
                .put("replacement", hunk.replacement())
                .put("regex", hunk.regex())
                .put("all", hunk.all());
    }
}
