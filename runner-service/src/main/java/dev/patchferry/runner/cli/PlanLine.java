package dev.patchferry.runner.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchferry.contract.FieldFault;
import dev.patchferry.contract.PatchDocument;
import dev.patchferry.contract.PatchDocument.Reading;
import dev.patchferry.engine.format.DocumentParser;
import dev.patchferry.engine.format.FormatContext;
import dev.patchferry.engine.format.ParseResult;
import dev.patchferry.engine.plan.Plan;
import dev.patchferry.engine.plan.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What {@code ferry plan} prints about one document.
 *
 * @param isPlan whether the document can be executed
 * @param json the line
 */
record PlanLine(boolean isPlan, ObjectNode json) {

    static PlanLine about(String file, byte[] document, FormatContext context) {
        ObjectNode line = JsonNodeFactory.instance.objectNode().put("file", file);
        if (document.length > PatchDocument.MAX_BYTES) {
            return rejected(line, List.of("is longer than " + PatchDocument.MAX_BYTES + " bytes"));
        }
        return switch (PatchDocument.read(document)) {
            case Reading.Valid(PatchDocument valid) ->
                about(line.put("id", valid.id().value()), valid, context);
            case Reading.NotJson(int row, int column, String detail) ->
                rejected(line, List.of("line " + row + ", column " + column + ": " + detail));
            case Reading.Invalid(List<FieldFault> faults, var _) ->
                rejected(line, everyFault(faults, document, context));
        };
    }

    /** What keeps the document from being stored, and below that what would keep it from being carried out. */
    private static List<String> everyFault(List<FieldFault> faults, byte[] document, FormatContext context) {
        List<String> words =
                new ArrayList<>(faults.stream().map(PlanLine::inWords).toList());
        List<String> places = faults.stream().map(FieldFault::pointer).toList();
        Optional<ObjectNode> object = PatchDocument.object(document);
        if (object.isPresent()
                && DocumentParser.parse(object.get(), context)
                        instanceof ParseResult.Unsupported(List<String> reasons)) {
            reasons.stream()
                    .filter(reason -> places.stream().noneMatch(place -> reason.startsWith(place + ":")))
                    .filter(reason -> !words.contains(reason))
                    .forEach(words::add);
        }
        return words;
    }

    private static PlanLine about(ObjectNode line, PatchDocument document, FormatContext context) {
        return switch (DocumentParser.parse(document.json(), context)) {
            case ParseResult.Planned(Plan plan) -> planned(line, plan);
            case ParseResult.Unsupported(List<String> reasons) -> rejected(line, reasons);
            case ParseResult.Malformed(String position, String reason) ->
                rejected(line, List.of(position + ": " + reason));
        };
    }

    private static PlanLine planned(ObjectNode line, Plan plan) {
        line.put("result", "plan").put("format", plan.format()).put("detected_by", plan.detectedBy());
        ArrayNode steps = line.putArray("steps");
        plan.steps().forEach(step -> describe(step, steps.addObject()));
        plan.ignored().forEach(line.putArray("ignored")::add);
        return new PlanLine(true, line);
    }

    private static void describe(Step step, ObjectNode into) {
        into.put("kind", step.kind()).put("summary", step.summary());
        switch (step) {
            case Step.Write write -> {
                into.put("path", write.path().value())
                        .put("bytes", write.content().size());
                mode(write.mode(), into);
            }
            case Step.Exchange exchange ->
                into.put("path", exchange.path().value())
                        .put("before", exchange.before())
                        .put("after", exchange.after());
            case Step.Delete delete -> into.put("path", delete.path().value());
            case Step.Move move ->
                into.put("path", move.from().value()).put("to", move.to().value());
            case Step.Copy copy ->
                into.put("path", copy.from().value()).put("to", copy.to().value());
            case Step.SetExecutable chmod ->
                into.put("path", chmod.path().value()).put("executable", chmod.executable());
            case Step.Chmod chmod ->
                mode(OptionalInt.of(chmod.mode()), into.put("path", chmod.path().value()));
            case Step.Edit edit ->
                into.put("path", edit.path().value())
                        .put("replacements", edit.hunks().size());
            case Step.EditOneOf edit ->
                into.put("path", edit.path().value())
                        .put("or", edit.other().value())
                        .put("replacements", edit.hunks().size());
            case Step.Run run -> into.put("command", run.command());
        }
    }

    private static void mode(OptionalInt bits, ObjectNode into) {
        bits.ifPresent(mode -> into.put("mode", "%04o".formatted(mode)));
    }

    private static PlanLine rejected(ObjectNode line, List<String> reasons) {
        line.put("result", "rejected");
        reasons.forEach(line.putArray("reasons")::add);
        return new PlanLine(false, line);
    }

    static String inWords(FieldFault fault) {
        return fault.pointer().isEmpty() ? fault.detail() : fault.pointer() + ": " + fault.detail();
    }
}
