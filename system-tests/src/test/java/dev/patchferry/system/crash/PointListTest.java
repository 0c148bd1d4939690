package dev.patchferry.system.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchferry.system.support.Checkout;
import dev.patchferry.system.support.Command;
import dev.patchferry.system.support.Environment;
import dev.patchferry.system.support.Launcher;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("crash")
class PointListTest {
    @Test
    void everyPointThatIsListedIsTried() throws Exception {
        Launcher launcher = new Launcher(Checkout.underTest(), Environment.plain(), List.of());

        Command.Result list = launcher.run("test", "crash", "--list-points");

        assertThat(list.exitCode()).as(list.err()).isZero();
        assertThat(list.out().lines().map(line -> line.split(" ", 2)[0]))
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(Boundary.OF_WEBHOOK.stream(), Boundary.OF_RUNNER.stream())
                                .map(Boundary::point)
                                .toList());
    }
}
