package dev.patchferry.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchferry.contract.FieldSpec.Effect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FieldFormTest {
    @ParameterizedTest
    @EnumSource
    void standsInTheDocumentationWithEverySpelling(FieldForm form) throws IOException {
        Set<String> documented = wordsInCode(form == FieldForm.DECISION ? "../docs/api.md" : "../docs/formats.md");
        List<String> spellings = form.fields().stream()
                .filter(field -> field.effect() == Effect.ACTS || field.effect() == Effect.SWITCHES)
                .flatMap(FieldSpec::names)
                .map(name -> name.equals("postMutationBuild") ? name : snakeCase(name))
                .toList();
        assertThat(documented).containsAll(spellings);
    }

    /** What stands between backticks, or in quotes there. */
    private static Set<String> wordsInCode(String file) throws IOException {
        return Pattern.compile("`([^`\\n]+)`")
                .matcher(Files.readString(Path.of(file)))
                .results()
                .flatMap(code -> Stream.of(code.group(1).split("[^\\w$]+", -1)))
                .collect(Collectors.toSet());
    }

    private static String snakeCase(String name) {
        return name.replaceAll("(?<=\\p{Lower})(?=\\p{Upper})", "_").toLowerCase(Locale.ROOT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "start_line",
                "cwd_",
                "flags",
                "context_before",
                "backup",
                "dry_run",
                "Contents",
                "sudo",
                "if_exists"
            })
    void leavesNothingInAMutationToChance(String key) {
        assertThat(FieldForm.MUTATION.effectOf(key).decides()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"insertAfterLine", "append_only", "delete-first", "encodingName", "lines", "files", "cwd"})
    void refusesInADocumentWhatNamesSomethingToBeDone(String key) {
        assertThat(FieldForm.DOCUMENT.effectOf(key).decides()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"phases", "runDryCheck", "preCommit", "notes", "ticket", "gates", "x-trace", "dependencies"})
    void ignoresInADocumentWhatCannotMatter(String key) {
        assertThat(FieldForm.DOCUMENT.effectOf(key)).isEqualTo(Effect.HARMLESS);
    }

    @Test
    void findsAnAliasAndItsName() {
        assertThat(FieldForm.CHANGE.find("old_str").map(FieldSpec::name)).contains("old");
        assertThat(FieldForm.MUTATION.spellings("path")).startsWith("path", "file");
        assertThat(FieldForm.MUTATION.nearest("contnets")).contains("contents");
        assertThat(FieldForm.MUTATION.nearest("contents")).isEmpty();
    }
}
