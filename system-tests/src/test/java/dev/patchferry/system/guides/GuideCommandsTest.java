package dev.patchferry.system.guides;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchferry.system.support.Checkout;
import dev.patchferry.system.support.Command;
import dev.patchferry.system.support.GuideBlock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/** Every command that the guides print, in the order in which somebody reads them. */
@Tag("launcher")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GuideCommandsTest {
    /** In the order of reading; what one leaves is there for the next. */
    private static final List<String> FIRST = List.of("README.md", "docs/api.md", "docs/operations.md");

    /** How many blocks say that they are not run. One more is a decision, which is made here as well. */
    private static final int NOT_RUN = 17;

    private final Path root = Checkout.underTest().root();
    private final List<GuideBlock> blocks = blocks(root);

    @AutoClose
    private final GuideReader reader = GuideReader.create();

    private final GuideStage stage = new GuideStage(reader);
    private String printed = "";

    GuideCommandsTest() throws IOException {}

    @Test
    void whatIsNotRunSaysWhyAndIsCounted() {
        List<GuideBlock> left =
                blocks.stream().filter(block -> block.notRun().isPresent()).toList();

        left.forEach(block ->
                System.out.println("not run: " + block + ": " + block.notRun().orElseThrow()));
        assertThat(left).allMatch(GuideBlock::isCommands).hasSize(NOT_RUN);
    }

    @TestFactory
    Stream<DynamicTest> everyOtherBlockDoesWhatItSays() {
        Stream<DynamicTest> run = blocks.stream()
                .filter(block -> block.isCommands() || block.isSession() || block.isOutput())
                .filter(block -> block.notRun().isEmpty())
                .map(block -> DynamicTest.dynamicTest(block.toString(), () -> attempt(block)));
        return Stream.concat(
                run, Stream.of(DynamicTest.dynamicTest("every stage was set", stage::assertEverythingWasNeeded)));
    }

    private void attempt(GuideBlock block) throws Exception {
        if (block.isOutput()) {
            DocumentedOutput.assertShows(reader.typed(block), printed);
            return;
        }
        stage.prepare(block);
        if (block.isSession()) {
            holdSession(block);
        } else if (block.stays()) {
            reader.pasteAndStay(block);
            reader.assertEarlierTerminalsEndedWell();
        } else {
            Command.Result result = reader.paste(block);
            assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
            printed = result.out();
        }
    }

    private void holdSession(GuideBlock block) throws IOException {
        String[] parts = reader.typed(block).substring(2).split("\n", 2);
        Command.Result result =
                reader.paste(new GuideBlock(block.file(), block.line(), "sh", block.notRun(), parts[0] + " || :"));
        assertThat(result.out()).as(result.err()).isEqualTo(parts[1]);
    }

    private static List<GuideBlock> blocks(Path root) throws IOException {
        List<String> files = new ArrayList<>(FIRST);
        for (String folder : List.of(".", "docs", "docker", "cloudflared", "bench", "launcher")) {
            try (Stream<Path> list = Files.list(root.resolve(folder))) {
                list.map(file -> root.relativize(file.normalize()).toString())
                        .filter(file -> file.endsWith(".md") && !FIRST.contains(file))
                        .sorted()
                        .forEach(files::add);
            }
        }
        List<GuideBlock> blocks = new ArrayList<>();
        for (String file : files) {
            blocks.addAll(GuideBlock.of(root, file));
        }
        return blocks;
    }
}
