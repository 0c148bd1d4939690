package dev.patchferry.runner.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.patchferry.runner.process.Exit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A command that begins with {@code #!} is a script for the program that it names. */
@Timeout(60)
class ScriptCommandsTest {
    @TempDir
    Path folder;

    private SandboxBench bench;

    @BeforeEach
    void setUp() throws IOException {
        bench = new SandboxBench(folder);
    }

    @AfterEach
    void tearDown() {
        bench.close();
    }

    @Test
    void runsAScriptOfAnotherLanguage() throws IOException {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/python3")), "there is no python3 here");

        CommandResult.Ran ran = bench.run("""
                #!/usr/bin/env python3
                import os
                print(os.path.basename(os.getcwd()), 'a "quoted" word')
                open("made.txt", "w").write("p")
                """);

        assertThat(ran.exit()).isEqualTo(new Exit.Ended(0));
        assertThat(bench.output()).isEqualTo(bench.workspace.root().getFileName() + " a \"quoted\" word\n");
        assertThat(bench.transaction.changes().files())
                .singleElement()
                .satisfies(file -> assertThat(file.path()).isEqualTo("made.txt"));
    }

    @Test
    void givesTheProgramItsOption() throws IOException {
        CommandResult.Ran ran = bench.run("#!/bin/sh -e\nfalse\necho not reached\n");

        assertThat(ran.exit()).isEqualTo(new Exit.Ended(1));
        assertThat(bench.output()).isEmpty();
    }

    @Test
    void failsAsInAnyShellWhereTheProgramIsMissing() throws IOException {
        CommandResult.Ran ran = bench.run("#!/usr/bin/no-such-program\necho x\n");

        assertThat(ran.exit()).isEqualTo(new Exit.Ended(127));
    }
}
