package dev.patchferry.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchferry.contract.PatchDocument.Reading;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PatchDocumentTest {
    private static final String SEED =
            "{\"id\":\"a\",\"role\":\"command_patch\",\"target_file\":\"t\",\"patch\":\"true\"}";

    @Test
    void readsTheSeedForm() {
        PatchDocument document = valid(SEED);

        assertThat(document.id()).hasToString("a");
        assertThat(document.workspace()).isEqualTo(WorkspaceName.DEFAULT);
        assertThat(document.dryRun()).isFalse();
    }

    @Test
    void listsEveryFault() {
        assertThat(pointers("""
                {"id": "-x", "role": 1, "target_file": " ", "patch": "p", "format": "magic", "base": {"a/b": "12"}}""")).containsExactlyInAnyOrder("/id", "/role", "/target_file", "/format", "/base/a~1b");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"blockId\":\"b(1)\",\"mutations\":[]} | b(1)",
                "{\"version\":\"v1\",\"phases\":[]} | v1",
                "{\"version\":2,\"blockId\":\"b\",\"phases\":[]} | b",
                "{\"patch\":{\"id\":\"inner\",\"mutations\":[]}} | inner",
                "{\"id\":\"outer\",\"patch\":{\"id\":\"inner\",\"mutations\":[]}} | outer"
            })
    void findsTheIdWhereverItStands(String document, String id) {
        assertThat(valid(document).id()).hasToString(id);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"test\":\"data\"}", "{}", "{\"id\":\"\",\"patch\":\"x\"}", "{\"id\":null,\"mutations\":[]}"})
    void isInvalidWithoutAUsableId(String document) {
        assertThat(pointers(document)).contains("/id");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"dry_run\":true", "{\"dryRun\":true", "{\"mode\":\"dry-run\"", "{\"patch\":{\"dryRun\":true}"
            })
    void knowsEverySpellingOfADryRun(String beginning) {
        assertThat(valid(beginning + ",\"id\":\"d\"}").dryRun()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"{\"id\":\"a\",} | 1 | 11", "{\"id\":\"a\"}} | 1 | 11", "{\"id\":\"a\",\"id\":\"b\"} | 1 | 15"})
    void S12_saysWhereItIsNotJson(String body, int line, int column) {
        assertThat(read(body)).isInstanceOfSatisfying(Reading.NotJson.class, fault -> {
            assertThat(fault.line()).isEqualTo(line);
            assertThat(fault.column()).isBetween(column - 1, column + 1);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \n", "// note\n{\"id\":\"a\"}", "{\"id\":\"a\u0001\"}"})
    void refusesWhatTheSeedSentBroken(String body) {
        assertThat(read(body)).isInstanceOf(Reading.NotJson.class);
    }

    @Test
    void S12_deepNestingIsNotJsonHere() {
        assertThat(read("{\"id\":\"a\",\"mutations\":" + "[".repeat(5_000) + "]".repeat(5_000) + "}"))
                .isInstanceOf(Reading.NotJson.class);
    }

    @Test
    void P30_halfASurrogatePairIsAFault() {
        assertThat(pointers("{\"id\":\"a\",\"role\":\"r\",\"target_file\":\"t\",\"patch\":\"\\ud83d\"}"))
                .containsExactly("/patch");
        assertThat(PatchDocument.read(new byte[] {'{', '"', (byte) 0xC3, '"', '}'}))
                .isInstanceOf(Reading.NotJson.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"patch\":\"true\",\"target_file\":\"t\",\"role\":\"command_patch\",\"id\":\"a\"}",
                "{\"id\":\"b\",\"role\":\"command_patch\",\"target_file\":\"t\",\"patch\":\"true\",\"description\":\"why\"}",
                "{\"id\":\"a\",\"role\":\"command_patch\",\"target_file\":\"t\",\"patch\":\"\\u0074rue\",\"other\":[1]}",
                "{\"id\":\"a\",\"role\":\"command_patch\",\"target_file\":\"t\",\"patch\":\"true\",\"workspace\":\"default\"}",
                "{\"id\":\"a\",\"role\":\"command_patch\",\"target_file\":\"t\",\"patch\":\"true\",\"format\":\"auto\",\"dry_run\":false}"
            })
    void oneContentHasOneHash(String respelled) {
        assertThat(valid(respelled).hash()).isEqualTo(valid(SEED).hash());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\":\"a\",\"role\":\"command_patch\",\"target_file\":\"t\",\"patch\":\"false\"}",
                "{\"id\":\"a\",\"role\":\"command_patch\",\"target_file\":\"u\",\"patch\":\"true\"}",
                "{\"id\":\"a\",\"role\":\"command_patch\",\"target_file\":\"t\",\"patch\":\"true\",\"dry_run\":true}",
                "{\"id\":\"a\",\"role\":\"command_patch\",\"target_file\":\"t\",\"patch\":\"true\",\"workspace\":\"other\"}",
                "{\"id\":\"a\",\"role\":\"command_patch\",\"target_file\":\"t\",\"patch\":\"true\",\"format\":\"content\"}",
                "{\"id\":\"a\",\"role\":\"command_patch\",\"target_file\":\"t\",\"patch\":\"true\",\"postMutationBuild\":\"make\"}"
            })
    void otherContentHasAnotherHash(String changed) {
        assertThat(valid(changed).hash()).isNotEqualTo(valid(SEED).hash());
    }

    private static Reading read(String body) {
        return PatchDocument.read(body.getBytes(StandardCharsets.UTF_8));
    }

    private static PatchDocument valid(String body) {
        Reading reading = read(body);
        assertThat(reading).isInstanceOf(Reading.Valid.class);
        return ((Reading.Valid) reading).document();
    }

    private static List<String> pointers(String body) {
        Reading reading = read(body);
        assertThat(reading).isInstanceOf(Reading.Invalid.class);
        return ((Reading.Invalid) reading)
                .faults().stream().map(FieldFault::pointer).toList();
    }
}
