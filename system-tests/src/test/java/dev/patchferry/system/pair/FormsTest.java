package dev.patchferry.system.pair;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchferry.system.support.RunningCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * One change, written in every form that a text in {@code patch} may have, bare and as senders wrap it: each comes to the
 * same tree as the document that says directly what is to be done.
 */
@Tag("system")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FormsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String DIFF = """
            diff --git a/%1$s/a.txt b/%1$s/a.txt
            --- a/%1$s/a.txt
            +++ b/%1$s/a.txt
            @@ -1,3 +1,3 @@
             one
            -two
            +TWO
             three
            diff --git a/%1$s/made/b.txt b/%1$s/made/b.txt
            new file mode 100644
            --- /dev/null
            +++ b/%1$s/made/b.txt
            @@ -0,0 +1 @@
            +new
            diff --git a/%1$s/old.txt b/%1$s/old.txt
            deleted file mode 100644
            --- a/%1$s/old.txt
            +++ /dev/null
            @@ -1 +0,0 @@
            -old
            """;

    private static final String APPLY_PATCH = """
            *** Begin Patch
            *** Update File: %1$s/a.txt
            @@
             one
            -two
            +TWO
            *** Add File: %1$s/made/b.txt
            +new
            *** Delete File: %1$s/old.txt
            *** End Patch
            """;

    private static final String BLOCKS = """
            %1$s/a.txt
            <<<<<<< SEARCH
            two
            =======
            TWO
            >>>>>>> REPLACE

            %1$s/made/b.txt
            <<<<<<< SEARCH
            =======
            new
            >>>>>>> REPLACE
            """;

    private static final String COMMAND =
            "cd %1$s && sed -i s/two/TWO/ a.txt && mkdir made && echo new > made/b.txt && rm old.txt\n";

    private final RunningPair pair = new RunningPair();
    private RunningCommand up;

    FormsTest() throws IOException {}

    /** A text and what is said beside it. */
    enum Form {
        UNIFIED_DIFF("unified-diff", DIFF),
        UNIFIED_DIFF_WITH_CRLF("unified-diff", DIFF.replace("\n", "\r\n")),
        UNIFIED_DIFF_IN_A_FENCE("unified-diff", "```diff\n" + DIFF + "```\n"),
        UNIFIED_DIFF_FOR_GIT_APPLY("unified-diff", "git apply <<'EOF'\n" + DIFF + "EOF\n"),
        UNIFIED_DIFF_FOR_PATCH("unified-diff", "patch -p1 <<'EOF'\n" + DIFF + "EOF\n"),
        APPLY_PATCH_BARE("apply-patch", APPLY_PATCH),
        APPLY_PATCH_WITH_CRLF("apply-patch", APPLY_PATCH.replace("\n", "\r\n")),
        APPLY_PATCH_IN_A_FENCE("apply-patch", "```\n" + APPLY_PATCH + "```\n"),
        APPLY_PATCH_FOR_ITS_TOOL("apply-patch", "apply_patch <<'EOF'\n" + APPLY_PATCH + "EOF\n"),
        APPLY_PATCH_FOR_ITS_TOOL_IN_A_FENCE("apply-patch", "```bash\napply_patch <<'EOF'\n" + APPLY_PATCH + "EOF\n```"),
        SEARCH_REPLACE("search-replace", BLOCKS),
        SEARCH_REPLACE_WITH_CRLF("search-replace", BLOCKS.replace("\n", "\r\n")),
        SEARCH_REPLACE_IN_A_FENCE("search-replace", "```\n" + BLOCKS + "```\n"),
        SHELL("shell", COMMAND),
        SHELL_IN_A_FENCE("shell", "```bash\n" + COMMAND + "```\n");

        private final String format;
        private final String text;

        Form(String format, String text) {
            this.format = format;
            this.text = text;
        }

        String folder() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        ObjectNode document() {
            return JSON.createObjectNode()
                    .put("id", folder())
                    .put("role", format.equals("shell") ? "command_patch" : "model")
                    .put("target_file", folder() + "/a.txt")
                    .put("patch", text.formatted(folder()));
        }
    }

    @BeforeAll
    void start() throws Exception {
        up = pair.up();
    }

    @AfterAll
    void stop() throws IOException {
        up.close();
        pair.close();
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void everyFormComesToTheTreeOfItsDirectCounterpart(Form form) throws Exception {
        String direct = "direct-" + form.folder();
        prepare(form.folder());
        prepare(direct);

        JsonNode sent = pair.sender().send(form.document()).body();
        JsonNode counterpart =
                pair.sender().post("/webhook?wait=40", counterpartIn(direct)).body();

        assertThat(sent.path("status").asText()).as(sent.toPrettyString()).isEqualTo("succeeded");
        assertThat(counterpart.path("status").asText())
                .as(counterpart.toPrettyString())
                .isEqualTo("succeeded");
        assertThat(sent.at("/receipt/format").asText()).isEqualTo(form.format);
        assertThat(sent.at("/receipt/detected_by").asText()).isNotBlank();
        Files.deleteIfExists(pair.file(form.folder()).resolve("old.txt")); // blocks cannot delete
        assertThat(tree(form.folder())).isEqualTo(tree(direct)).isNotEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = Form.class,
            names = {"UNIFIED_DIFF", "APPLY_PATCH_BARE", "SEARCH_REPLACE", "SHELL"})
    void anExplicitFormatComesToTheSameAndIsTheReason(Form form) throws Exception {
        String folder = "said-" + form.folder();
        prepare(folder);
        ObjectNode document = form.document();
        document.put("id", folder)
                .put("role", "system")
                .put("format", form.format)
                .put("patch", form.text.formatted(folder));

        JsonNode sent = pair.sender().send(document).body();

        assertThat(sent.path("status").asText()).as(sent.toPrettyString()).isEqualTo("succeeded");
        assertThat(sent.at("/receipt/detected_by").asText()).isEqualTo("format is " + form.format);
        assertThat(pair.file(folder).resolve("a.txt")).hasContent("one\nTWO\nthree\n");
    }

    private static String counterpartIn(String folder) {
        return """
                {"id": "%1$s", "mutations": [
                  {"path": "%1$s/a.txt", "old": "two", "new": "TWO"},
                  {"type": "create", "target": "%1$s/made/b.txt", "content": "new\\n"},
                  {"type": "delete", "target": "%1$s/old.txt"}]}""".formatted(folder);
    }

    private void prepare(String folder) throws IOException {
        Path place = Files.createDirectories(pair.file(folder));
        Files.writeString(place.resolve("a.txt"), "one\ntwo\nthree\n");
        Files.writeString(place.resolve("old.txt"), "old\n");
    }

    private SortedMap<String, String> tree(String folder) throws IOException {
        Path root = pair.file(folder);
        SortedMap<String, String> files = new TreeMap<>();
        try (Stream<Path> found = Files.walk(root)) {
            for (Path file : found.filter(Files::isRegularFile).toList()) {
                files.put(root.relativize(file).toString(), Files.readString(file));
            }
        }
        return files;
    }
}
