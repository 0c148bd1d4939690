package dev.patchferry.system.pair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchferry.system.support.Command;
import dev.patchferry.system.support.Ferry;
import dev.patchferry.system.support.Launcher;
import dev.patchferry.system.support.RunningCommand;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The terminals from which somebody starts, stops and kills the parts of one installation, and what each {@code up} has to
 * end with: 137 if it was killed, 1 if it lost a supervisor, else 0.
 */
final class Terminals implements AutoCloseable {
    private static final Duration READY_WITHIN = Duration.ofMinutes(2);
    private static final Duration SOON = Duration.ofMinutes(1);
    private static final int KILLED = 137;
    private static final List<String> SERVICES = List.of("webhook", "runner");

    private final Ferry ferry;
    private final Launcher launcher;
    private final List<Terminal> opened = new ArrayList<>();
    private final Map<String, Long> supervisors = new HashMap<>();
    private final Map<String, Terminal> watched = new HashMap<>();

    Terminals(Ferry ferry, Launcher launcher) {
        this.ferry = ferry;
        this.launcher = launcher;
    }

    private static final class Terminal {
        private final RunningCommand command;
        private boolean killed;
        private boolean lostASupervisor;

        private Terminal(RunningCommand command) {
            this.command = command;
        }

        /** One that lost both supervisors may end before it is killed. */
        private List<Integer> codes() {
            return killed && lostASupervisor ? List.of(1, KILLED) : List.of(killed ? KILLED : lostASupervisor ? 1 : 0);
        }
    }

    /** Does one step: {@code up}, {@code restart webhook}, {@code stop runner}, {@code kill supervisor webhook} … */
    void take(String step) throws IOException {
        String[] words = step.split(" ", -1);
        switch (words[0]) {
            case "kill" -> kill(words[1], words.length > 2 ? List.of(words[2]) : SERVICES);
            case "stop" -> assertThat(launcher.run(words).exitCode()).as(step).isZero();
            default -> open(words);
        }
    }

    /** Every service has a terminal that is open, as after {@code up}. */
    void requireAllWatched() throws IOException {
        if (SERVICES.stream().anyMatch(service -> !isWatched(service))) {
            open("restart");
        }
    }

    private boolean isWatched(String service) {
        Terminal terminal = watched.get(service);
        return terminal != null && terminal.command.isAlive();
    }

    private void open(String... words) throws IOException {
        Terminal terminal = new Terminal(launcher.start(words));
        opened.add(terminal);
        terminal.command.awaitSaying("Ctrl-C stops.", READY_WITHIN);
        for (String service : SERVICES) {
            ferry.supervisor(service)
                    .map(ProcessHandle::pid)
                    .filter(pid -> !pid.equals(supervisors.put(service, pid)))
                    .ifPresent(_ -> watched.put(service, terminal));
        }
    }

    private void kill(String what, List<String> services) throws IOException {
        for (String service : services) {
            switch (what) {
                case "launcher" -> killLauncher(watched.get(service));
                case "supervisor" -> {
                    watched.get(service).lostASupervisor = true;
                    kill(ProcessHandle.of(supervisors.get(service)).orElseThrow());
                }
                // It may be between two lives.
                default -> ferry.process(service).ifPresent(Terminals::kill);
            }
        }
    }

    private static void killLauncher(Terminal terminal) throws IOException {
        terminal.killed = true;
        terminal.command.signal("KILL");
        terminal.command.awaitEnd(SOON);
    }

    private static void kill(ProcessHandle process) {
        process.destroyForcibly();
        await().atMost(SOON).until(() -> !process.isAlive());
    }

    Command.Result status() throws IOException {
        return run("status");
    }

    /** A command that ends by itself. */
    Command.Result run(String... words) throws IOException {
        return launcher.run(words);
    }

    /** Stops what runs; then no terminal is open, and each ended as it had to. */
    void assertAllEndAsTheyHaveTo() throws IOException {
        take("stop");
        for (Terminal terminal : opened) {
            Command.Result end = terminal.command.awaitEnd(SOON);
            assertThat(end.exitCode()).as(end.out() + end.err()).isIn(terminal.codes());
        }
    }

    @Override
    public void close() throws IOException {
        for (Terminal terminal : opened) {
            terminal.command.close();
        }
    }
}
