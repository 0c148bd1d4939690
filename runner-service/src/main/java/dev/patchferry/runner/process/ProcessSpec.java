package dev.patchferry.runner.process;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What to start.
 *
 * @param arguments the program and its arguments, none interpreted by a shell
 * @param environment the whole environment; nothing is inherited
 * @param directory the working directory
 * @param errors the file that takes standard output and error of the program itself
 * @param restrictions what it is started under; without one of them it is not started
 * @param setUp what the thread that starts it does to itself before
 */
public record ProcessSpec(
        List<String> arguments,
        Map<String, String> environment,
        Path directory,
        Path errors,
        Set<Restriction> restrictions,
        SetUp setUp) {
    /** What a thread does to itself, and so to the processes that it starts. */
    public interface SetUp {
        SetUp NONE = () -> {};

        void run() throws IOException;
    }

    public ProcessSpec {
        arguments = List.copyOf(arguments);
        environment = Map.copyOf(environment);
        restrictions = Set.copyOf(restrictions);
    }
}
