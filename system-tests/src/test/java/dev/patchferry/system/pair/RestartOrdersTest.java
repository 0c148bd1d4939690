package dev.patchferry.system.pair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchferry.system.support.Command;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Both services of one installation, stopped, restarted and killed in every order, with patches on their way all the time.
 * One pair for all orders: it goes from one to the next as an installation does.
 */
@Tag("system")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RestartOrdersTest {
    private final RunningPair pair = new RunningPair();
    private final Terminals terminals = pair.terminals();
    private int number;

    RestartOrdersTest() throws IOException {}

    static Stream<String> otherOrders() {
        Stream<String> asked = Stream.of(
                "restart webhook",
                "restart runner",
                "restart runner, restart webhook",
                "restart",
                "stop webhook, up webhook",
                "stop runner, up runner",
                "stop webhook, up",
                "stop runner, up",
                "stop webhook, stop runner, up",
                "stop runner, stop webhook, up runner, up webhook",
                "stop, up");
        return Stream.of(
                        asked,
                        permutations("supervisor", "launcher", "service").map(order -> order + ", up"),
                        permutations("supervisor webhook", "launcher webhook", "service webhook")
                                .map(order -> order + ", up webhook"),
                        permutations("supervisor runner", "launcher runner", "service runner")
                                .map(order -> order + ", restart runner"))
                .flatMap(each -> each);
    }

    private static Stream<String> permutations(String a, String b, String c) {
        return Stream.of(
                        List.of(a, b, c),
                        List.of(a, c, b),
                        List.of(b, a, c),
                        List.of(b, c, a),
                        List.of(c, a, b),
                        List.of(c, b, a))
                .map(each -> "kill " + String.join(", kill ", each));
    }

    @Test
    void losesNothingWhenOneIsRestartedAfterTheOther() throws Exception {
        requireNothingLostBy("restart webhook, restart runner");
    }

    @Tag("long")
    @ParameterizedTest
    @MethodSource("otherOrders")
    void losesNothingInAnyOtherOrder(String order) throws Exception {
        requireNothingLostBy(order);
    }

    private void requireNothingLostBy(String order) throws Exception {
        terminals.requireAllWatched();
        String name = "order-" + ++number;
        try (Traffic traffic = Traffic.start(pair.sender(), name, pair.file(name))) {
            for (String step : order.split(", ", -1)) {
                terminals.take(step);
            }

            Command.Result status = terminals.status();
            assertThat(status.exitCode()).as(status.out() + status.err()).isZero();
            traffic.assertNothingWasLost();
        }
    }

    @AfterAll
    void everyTerminalEndedAsItHadTo() throws IOException {
        try (pair;
                terminals) {
            terminals.assertAllEndAsTheyHaveTo();
        }
    }
}
