package dev.patchferry.runner.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.patchferry.runner.process.Cancellation;
import dev.patchferry.runner.process.Exit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Those tools of this machine that need no network do their daily work in the sandbox, under the default limits. */
@Timeout(240)
class InstalledToolsTest {
    @TempDir
    Path folder;

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "make | for name in a b c d; do echo 'int main(void) { return 0; }' > $name.c; done && make -s -j4 a b c d && ./d",
                "cargo | cargo new -q made && cargo new -q --lib made/dep && cd made && echo 'dep = { path = \"dep\" }' >> Cargo.toml"
                        + " && cargo build -q --offline && cargo test -q --offline && target/debug/made",
                "go | go mod init made && printf 'package main\\nfunc main() { println(42) }\\n'"
                        + " > main.go && go build && ./made",
                "npm | echo '{\"name\":\"made\",\"version\":\"1.0.0\"}' > package.json && npm install && npm pack",
                "pnpm | echo '{\"name\":\"made\",\"scripts\":{\"t\":\"echo ran\"}}' > package.json && pnpm install --offline && pnpm run t",
                "yarn | echo '{\"name\":\"made\",\"scripts\":{\"t\":\"echo ran\"}}' > package.json && yarn install --offline && yarn run t",
                "git-lfs | git init -q && git lfs track '*.bin' && echo a > a.bin && git add -A && git commit -qm one",
                "python3 | python3 -m venv --without-pip made && made/bin/python -c 'import ssl, sqlite3, ctypes'"
            })
    void aToolWorksAsInAShell(String tool, String command) throws IOException {
        assumeTrue(
                Stream.of("/usr/local/bin", "/usr/bin").anyMatch(folder -> Files.isExecutable(Path.of(folder, tool))),
                "there is no " + tool);
        try (SandboxBench bench = new SandboxBench(folder, Limits.DEFAULT, ControlGroups.find())) {
            assumeTrue(
                    run(bench, tool + (tool.equals("go") ? " version" : " --version")),
                    tool + " is there in name alone: it would download itself");

            assertThat(run(bench, command)).as(bench.output()).isTrue();
        }
    }

    private static boolean run(SandboxBench bench, String command) throws IOException {
        return bench.run(command, Limits.DEFAULT.step(), new Cancellation())
                .exit()
                .equals(new Exit.Ended(0));
    }
}
