package dev.patchferry.runner.workspace.fs;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** A real program that works on a patch's layer while the runner does; ended when this is closed. */
public final class LayerAttack implements AutoCloseable {
    private final Process process;

    private LayerAttack(Process process) {
        this.process = process;
    }

    /** Swaps two names in a folder again and again, from when this returns. */
    public static LayerAttack swapping(Path program, Path folder, String one, String other) throws IOException {
        Process process = start(program, "swap", folder.toString(), one, other);
        String first = process.inputReader().readLine();
        if (!"begun".equals(first)) {
            throw new IOException("the attack did not begin: " + first);
        }
        return new LayerAttack(process);
    }

    /** Makes folders in each other, each with a name of 255 bytes, and a file of this length at the bottom. */
    public static void nest(Path program, Path folder, int depth, long bytes) throws IOException, InterruptedException {
        if (start(program, "nest", folder.toString(), String.valueOf(depth), String.valueOf(bytes))
                        .waitFor()
                != 0) {
            throw new IOException("the folders could not be made");
        }
    }

    /** Compiles the program into a folder; without a compiler the test is skipped. */
    public static Path compiled(Path folder) throws IOException, InterruptedException {
        Path source = folder.resolve("layer.c");
        Path program = folder.resolve("layer");
        try (InputStream code = LayerAttack.class.getResourceAsStream("/attack/layer.c")) {
            Files.copy(Objects.requireNonNull(code), source);
        }
        assumeTrue(isThere("/usr/bin/cc"), "there is no C compiler here");
        Process compiler = new ProcessBuilder("/usr/bin/cc", "-O1", "-o", program.toString(), source.toString())
                .inheritIO()
                .start();
        if (compiler.waitFor() != 0) {
            throw new IOException("the attack does not compile");
        }
        return program;
    }

    private static boolean isThere(String path) {
        return Files.isExecutable(Path.of(path));
    }

    private static Process start(Path program, String... arguments) throws IOException {
        return new ProcessBuilder(Stream.concat(Stream.of(program.toString()), List.of(arguments).stream())
                        .toList())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
