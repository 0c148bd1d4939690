package dev.patchferry.engine.format;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchferry.engine.plan.EitherHunk;
import dev.patchferry.engine.plan.ElidedHunk;
import dev.patchferry.engine.plan.Hunk;
import dev.patchferry.engine.plan.HunkLine;
import dev.patchferry.engine.plan.LineHunk;
import dev.patchferry.engine.plan.Placement;
import dev.patchferry.engine.plan.Plan;
import dev.patchferry.engine.plan.Replacement;
import dev.patchferry.engine.plan.Step;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

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
            case Step.Exchange exchange ->
                json.put("path", exchange.path().value())
                        .put("change", exchange.change().toString())
                        .put("before", exchange.before())
                        .put("after", exchange.after());
            case Step.Delete delete -> {
                json.put("path", delete.path().value());
                if (!delete.content().isEmpty()) {
                    hunks(delete.content(), json);
                }
            }
            case Step.Move move ->
                json.put("path", move.from().value())
                        .put("to", move.to().value())
                        .put("overwrites", move.overwrites());
            case Step.Copy copy ->
                json.put("path", copy.from().value()).put("to", copy.to().value());
            case Step.SetExecutable chmod ->
                json.put("path", chmod.path().value()).put("executable", chmod.executable());
            case Step.Chmod chmod ->
                json.put("path", chmod.path().value()).put("mode", Integer.toOctalString(chmod.mode()));
            case Step.Edit edit -> {
                json.put("path", edit.path().value());
                if (edit.mayBeNew()) {
                    json.put("may_be_new", true);
                }
                hunks(edit.hunks(), json);
            }
            case Step.EditOneOf edit -> {
                json.put("path", edit.path().value())
                        .put("other", edit.other().value())
                        .put("other_serves", edit.otherServes());
                hunks(edit.hunks(), json);
            }
            case Step.Run run -> json.put("command", run.command());
        }
    }

    private static void hunks(List<Hunk> hunks, ObjectNode json) {
        var array = json.putArray("hunks");
        hunks.forEach(hunk -> hunk(hunk, array.addObject()));
    }

    private static void hunk(Hunk hunk, ObjectNode json) {
        switch (hunk) {
            case Replacement replacement ->
                json.put("pattern", replacement.pattern())
                        .put("replacement", replacement.replacement())
                        .put("regex", replacement.regex())
                        .put(
                                "matches",
                                replacement.matches().name().toLowerCase(Locale.ROOT)
                                        + (replacement.count() > 0 ? " " + replacement.count() : ""));
            case Placement placement ->
                json.put("spot", placement.spot().toString()).put("text", placement.text());
            case LineHunk lines -> lines(lines, json);
            case ElidedHunk elided -> {
                lines(elided.whole(), json);
                var pieces = json.putArray("pieces");
                elided.pieces().forEach(piece -> lines(piece, pieces.addObject()));
            }
            case EitherHunk either -> {
                lines(either.whole(), json);
                lines(either.counted().lines(), json.putObject("counted"));
            }
        }
    }

    private static void lines(LineHunk hunk, ObjectNode json) {
        json.put("name", hunk.name()).put("where", hunk.where().toString());
        lines(hunk.lines(), json);
    }

    private static void lines(List<HunkLine> all, ObjectNode json) {
        var lines = json.putArray("lines");
        all.forEach(line -> lines.add(sign(line) + line.text() + (line.ended() ? "" : "\\")));
    }

    private static String sign(HunkLine line) {
        return switch (line.kind()) {
            case KEEP -> " ";
            case REMOVE -> "-";
            case ADD -> "+";
        };
    }
}
