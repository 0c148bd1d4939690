package dev.patchferry.runner.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** A hostile program of the folder {@code attacks}, compiled for one test. */
record Attack(Path program) {
    private static final Path COMPILER = Path.of("/usr/bin/gcc");

    /** Compiles it into a folder; skips the test where no compiler is found. */
    static Attack compiled(String name, Path folder) throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(COMPILER), "needs a C compiler");
        Path source = folder.resolve(name + ".c");
        try (InputStream in = Attack.class.getResourceAsStream("/attacks/" + name + ".c")) {
            Files.copy(Objects.requireNonNull(in, name), source);
        }
        Path program = folder.resolve(name);
        Process compiler = new ProcessBuilder(
                        COMPILER.toString(), "-O1", "-w", "-o", program.toString(), source.toString())
                .inheritIO()
                .start();
        assertThat(compiler.waitFor()).isZero();
        return new Attack(program);
    }

    /** Puts it into a workspace, where commands find it. */
    void putInto(Path workspace) throws IOException {
        Files.copy(program, workspace.resolve(program.getFileName()));
        assertThat(workspace.resolve(program.getFileName()).toFile().setExecutable(true, false))
                .isTrue();
    }
}
