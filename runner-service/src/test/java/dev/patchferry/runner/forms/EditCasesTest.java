package dev.patchferry.runner.forms;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchferry.contract.FieldFault;
import dev.patchferry.contract.PatchDocument;
import dev.patchferry.contract.PatchDocument.Reading;
import dev.patchferry.engine.format.DocumentParser;
import dev.patchferry.engine.format.FormatContext;
import dev.patchferry.engine.format.ParseResult;
import dev.patchferry.engine.plan.Plan;
import dev.patchferry.engine.plan.Step;
import dev.patchferry.runner.workspace.OverlayTransaction;
import dev.patchferry.runner.workspace.StepResult;
import dev.patchferry.runner.workspace.TemporaryWorkspace;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Documents made after public reports about tools that edit files for a model, each with what is right. A change that is
 * wrong and a success that is none are never allowed. {@code cases/edits/open.txt} names the cases that are not right
 * yet; a line goes when its case is. The table on standard output counts them by group.
 */
class EditCasesTest {
    @TempDir
    Path folder;

    /** What came of one case. */
    private record Ending(EditCase of, EditVerdict verdict, String said) {
        String inWords() {
            return verdict + " " + of + ": " + said;
        }
    }

    private record Answer(boolean succeeded, String said) {}

    @Test
    void endsEveryCaseAsItShouldOrRefusesIt() throws IOException {
        List<Ending> endings = new ArrayList<>();
        for (EditCase each : EditCase.all()) {
            endings.add(ending(each));
        }
        print(endings);
        Set<String> open = open();
        assertThat(endings.stream()
                        .filter(ending -> !isGoodEnough(ending))
                        .filter(ending -> !open.contains(ending.of().id()))
                        .map(Ending::inWords))
                .isEmpty();
    }

    /** A refusal is an answer where the meaning is open; not in the groups that a person reads at once. */
    private static boolean isGoodEnough(Ending ending) {
        return switch (ending.verdict()) {
            case RIGHT -> true;
            case REFUSED ->
                !ending.of().wantsToBeApplied() && !ending.of().group().startsWith("00");
            case WRONG, UNTRUE -> false;
        };
    }

    private Ending ending(EditCase each) throws IOException {
        TemporaryWorkspace workspace = TemporaryWorkspace.in(Files.createDirectory(folder.resolve(each.id())));
        for (Map.Entry<String, String> file : each.before().entrySet()) {
            workspace.file(file.getKey(), file.getValue(), StandardCharsets.ISO_8859_1);
        }
        Answer answer = send(each.body(workspace.root().toString()), workspace);
        return new Ending(each, each.judge(answer.succeeded(), files(workspace.root())), answer.said());
    }

    private static Answer send(byte[] body, TemporaryWorkspace workspace) throws IOException {
        return switch (PatchDocument.read(body)) {
            case Reading.Valid(PatchDocument document) -> carryOut(document, workspace);
            case Reading.NotJson(int _, int _, String detail) -> new Answer(false, detail);
            case Reading.Invalid(List<FieldFault> faults, var _) -> new Answer(false, faults.toString());
        };
    }

    private static Answer carryOut(PatchDocument document, TemporaryWorkspace workspace) throws IOException {
        FormatContext context = new FormatContext(workspace.root().toString(), Optional.empty());
        return switch (DocumentParser.parse(document.json(), context)) {
            case ParseResult.Planned(Plan plan) ->
                document.dryRun() || document.propose()
                        ? new Answer(false, "nothing is to take effect")
                        : carryOut(plan, workspace);
            case ParseResult.Unsupported(List<String> reasons) -> new Answer(false, String.join("; ", reasons));
            case ParseResult.Malformed(String position, String reason) -> new Answer(false, position + ": " + reason);
        };
    }

    /** No case means a command, so none is run: that one was planned is enough. */
    private static Answer carryOut(Plan plan, TemporaryWorkspace workspace) throws IOException {
        try (OverlayTransaction transaction = workspace.begin()) {
            for (Step step : plan.steps()) {
                if (!(step instanceof Step.FileStep change)) {
                    return new Answer(true, "planned a command: " + step.summary());
                }
                if (transaction.apply(change) instanceof StepResult.Refused(String reason)) {
                    return new Answer(false, reason);
                }
            }
            var changes = transaction.changes();
            transaction.commit(transaction.prepare(changes));
            transaction.settled();
        }
        return new Answer(true, plan.steps().stream().map(Step::summary).collect(Collectors.joining("; ")));
    }

    private static SortedMap<String, String> files(Path root) throws IOException {
        SortedMap<String, String> contents = new TreeMap<>();
        try (Stream<Path> found = Files.walk(root)) {
            for (Path file : found.filter(Files::isRegularFile).toList()) {
                contents.put(root.relativize(file).toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        return contents;
    }

    private static Set<String> open() throws IOException {
        try (InputStream in =
                Objects.requireNonNull(EditCasesTest.class.getResourceAsStream("/cases/edits/open.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().collect(Collectors.toSet());
        }
    }

    private static void print(List<Ending> endings) {
        SortedMap<String, List<Ending>> groups =
                endings.stream().collect(Collectors.groupingBy(e -> e.of().group(), TreeMap::new, Collectors.toList()));
        groups.forEach((group, of) -> System.out.printf(
                "%-32s right %3d  refused %3d  wrong %3d  untrue %3d%n",
                group,
                count(of, EditVerdict.RIGHT),
                count(of, EditVerdict.REFUSED),
                count(of, EditVerdict.WRONG),
                count(of, EditVerdict.UNTRUE)));
        endings.stream()
                .filter(ending -> !isGoodEnough(ending))
                .map(Ending::inWords)
                .forEach(System.out::println);
    }

    private static long count(List<Ending> of, EditVerdict verdict) {
        return of.stream().filter(ending -> ending.verdict() == verdict).count();
    }
}
