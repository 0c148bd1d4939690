package dev.patchferry.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.patchferry.engine.plan.Replacement.Matches;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class PlanTest {
    private static final WorkspacePath PATH = new WorkspacePath("bin/run.sh");

    @Test
    void cannotBeEmpty() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Plan("shell", "because", List.of(), List.of()));
    }

    @Test
    void saysOfEachStepWhatItDoes() {
        assertThat(List.of(
                        new Step.Write(PATH, Bytes.utf8("ä\n"), OptionalInt.of(0755), true),
                        new Step.Write(PATH, Bytes.utf8(""), OptionalInt.empty(), false),
                        new Step.Delete(PATH),
                        new Step.Move(PATH, new WorkspacePath("run.sh"), false),
                        new Step.Chmod(PATH, 0600),
                        new Step.Edit(PATH, List.of(new Replacement("a", "b", true, Matches.FIRST))),
                        new Step.Run("make\n  -s", Step.Run.Kind.BUILD)))
                .extracting(Step::kind, Step::summary)
                .extracting(Object::toString)
                .containsExactly(
                        "(\"write\", \"create bin/run.sh (3 bytes, mode 0755)\")",
                        "(\"write\", \"write bin/run.sh (0 bytes)\")",
                        "(\"delete\", \"delete bin/run.sh\")",
                        "(\"move\", \"move bin/run.sh to run.sh\")",
                        "(\"chmod\", \"set the mode of bin/run.sh to 0600\")",
                        "(\"edit\", \"edit bin/run.sh: replace `a`\")",
                        "(\"build\", \"run `make   -s`\")");
    }

    @Test
    void cutsLongCommandsInSummariesOnlyAndNeverThroughACharacter() {
        Step.Run run = new Step.Run("✅🎉".repeat(500), Step.Run.Kind.PATCH);
        assertThat(run.summary()).isEqualTo("run `" + "✅🎉".repeat(100) + "…`");
        assertThat(run.command()).hasSize(1_500);
    }

    @Test
    void refusesStepsThatNobodyCouldMean() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Step.Chmod(PATH, 04755));
        assertThatIllegalArgumentException().isThrownBy(() -> new Step.Move(PATH, PATH, false));
        assertThatIllegalArgumentException().isThrownBy(() -> new Step.Edit(PATH, List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> new Step.Run(" ", Step.Run.Kind.PATCH));
        assertThatIllegalArgumentException().isThrownBy(() -> new Step.Run("a\0", Step.Run.Kind.PATCH));
        assertThatIllegalArgumentException().isThrownBy(() -> new Replacement("", "x", true, Matches.FIRST));
    }

    @Test
    void keepsItsBytesToItself() {
        byte[] mine = {1, 2};
        Bytes bytes = Bytes.of(mine);
        mine[0] = 9;
        bytes.toArray()[1] = 9;
        assertThat(bytes).isEqualTo(Bytes.of(new byte[] {1, 2})).hasSameHashCodeAs(Bytes.of(new byte[] {1, 2}));
    }
}
