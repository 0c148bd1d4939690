package dev.patchferry.engine.format;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchferry.contract.PatchFormat;
import dev.patchferry.engine.plan.Plan;
import dev.patchferry.engine.plan.Step;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Throws documents at the parser that are made of everything it looks at, in every wrong place. */
class DocumentParserRandomTest {
    private static final List<String> KEYS = List.of(
            "id",
            "role",
            "target_file",
            "format",
            "patch",
            "patch",
            "mutations",
            "mutations",
            "postMutationBuild",
            "validate",
            "shell",
            "commands",
            "path",
            "file",
            "target",
            "contents",
            "content",
            "op",
            "type",
            "mode",
            "changes",
            "old",
            "new",
            "pattern",
            "replacement",
            "regex",
            "all",
            "code_edit",
            "preCommit",
            "phases",
            "workspace",
            "base",
            "dryRun",
            "propose",
            "a.b/c~d",
            "");

    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "a.txt",
            "src/b.txt",
            "/srv/ws/c",
            "../d",
            "/etc/e",
            "echo x",
            "a\0b",
            "command_patch",
            "content_patch",
            "ui_patch|x",
            "shell",
            "content",
            "replace",
            "unified-diff",
            "nonsense",
            "upsert",
            "create",
            "delete",
            "chmod",
            "0644",
            "999",
            "dry-run",
            "*** Begin Patch",
            "diff --git a b",
            "--- a\n+++ b",
            "<<<<<<< SEARCH",
            "```",
            "```sh\nx\n```",
            "<<EOF\nx\nEOF",
            "default",
            ".*",
            "(",
            "$1");

    private final Random random = new Random(2_026);
    private int plans;

    @Test
    void answersEveryDocumentWithAPlanOrAReason() {
        for (int i = 0; i < 20_000; i++) {
            ObjectNode document = object(0);
            FormatContext context = new FormatContext(
                    "/srv/ws", random.nextBoolean() ? Optional.of(PatchFormat.SHELL) : Optional.empty());
            switch (DocumentParser.parse(document, context)) {
                case ParseResult.Planned(Plan plan) -> assertDoesSomething(plan);
                case ParseResult.Unsupported(List<String> reasons) ->
                    assertThat(reasons).as(document.toString()).isNotEmpty().noneMatch(String::isBlank);
                case ParseResult.Malformed(String position, String reason) -> {
                    assertThat(reason).isNotBlank();
                    assertThat(document.at(position).isMissingNode())
                            .as(position)
                            .isFalse();
                }
            }
        }
        assertThat(plans).as("documents that made a plan").isGreaterThan(150);
    }

    private void assertDoesSomething(Plan plan) {
        plans++;
        assertThat(plan.steps()).isNotEmpty();
        assertThat(plan.format()).isNotBlank();
        assertThat(plan.detectedBy()).isNotBlank();
        assertThat(plan.steps()).extracting(Step::summary).noneMatch(String::isBlank);
    }

    private JsonNode any(int depth) {
        return switch (random.nextInt(depth > 4 ? 5 : 9)) {
            case 0 -> JsonNodeFactory.instance.numberNode(random.nextInt(1_000));
            case 1 ->
                random.nextInt(4) == 0
                        ? JsonNodeFactory.instance.nullNode()
                        : JsonNodeFactory.instance.booleanNode(random.nextBoolean());
            case 2, 3, 4 -> JsonNodeFactory.instance.textNode(TEXTS.get(random.nextInt(TEXTS.size())));
            case 5, 6 -> array(depth);
            default -> object(depth);
        };
    }

    private ArrayNode array(int depth) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        for (int i = random.nextInt(4); i > 0; i--) {
            array.add(any(depth + 1));
        }
        return array;
    }

    private ObjectNode object(int depth) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        for (int i = random.nextInt(6); i > 0; i--) {
            object.set(KEYS.get(random.nextInt(KEYS.size())), any(depth + 1));
        }
        return object;
    }
}
