package dev.patchferry.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchferry.contract.DecisionNote.Reading;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecisionNoteTest {
    @ParameterizedTest
    @CsvSource({
        "coment, did you mean `comment`?",
        "Comment, did you mean `comment`?",
        "abuot, did you mean `about`?",
        "changeset, did you mean `change_set`?",
        "changeSet, did you mean `change_set`?",
        "includingHidden, did you mean `including_hidden`?",
        "including-hiden, did you mean `including_hidden`?",
        "force, 'is no field of a decision, which has comment, about, change_set, including_hidden'",
        "x-note, 'is no field of a decision, which has comment, about, change_set, including_hidden'",
    })
    void refusesAFieldThatNoDecisionHas(String field, String words) {
        Reading reading = read("{\"comment\": \"fine\", \"" + field + "\": \"held\"}");

        assertThat(reading).isInstanceOfSatisfying(Reading.UnknownFields.class, unknown -> {
            assertThat(unknown.faults()).singleElement().satisfies(fault -> {
                assertThat(fault.pointer()).isEqualTo("/" + field);
                assertThat(fault.detail()).contains(words);
            });
            assertThat(unknown.problem().status()).isEqualTo(422);
            assertThat(unknown.problem().detail())
                    .contains("`" + field + "`", words, " Nothing was changed.")
                    .doesNotContain("?.");
        });
    }

    @Test
    void takesEveryFieldThatThereIs() {
        assertThat(read("{\"comment\": \"c\", \"about\": \"held\", \"change_set\": \"" + "a".repeat(64)
                        + "\", \"including_hidden\": true}"))
                .isInstanceOf(Reading.Valid.class);
    }

    private static Reading read(String json) {
        return DecisionNote.read(json.getBytes(StandardCharsets.UTF_8));
    }
}
