package dev.patchferry.runner.queue;

import static dev.patchferry.runner.journal.Documents.shell;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchferry.contract.Json;
import dev.patchferry.contract.PatchDocument;
import dev.patchferry.contract.PatchDocument.Reading;
import dev.patchferry.contract.PatchId;
import dev.patchferry.contract.PatchStatus;
import dev.patchferry.runner.workspace.ExactListing;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * More than 200 ways to make the owner's next git command run something, each sent as a patch with a command and as one
 * with changes of files: whatever becomes of the patch, the owner's commands run nothing of it.
 */
@Timeout(600)
class HostileGitTest {
    private static final int WAYS = 200;
    /** How many of each third of them do what they are meant to where nobody guards the repository, with git 2.39. */
    private static final int RUN_BY_HAND = 30;

    private static final String HELPERS = """
            conf() { mkdir -p "$(dirname "$1")"; printf "$2" >> "$1"; }
            hook() { mkdir -p "$(dirname "$1")"; printf '#!/bin/sh\\nexec CANARY\\n' > "$1"; chmod +x "$1"; }
            evil() { mkdir -p "$1/objects" "$1/refs/heads"; cp .git/HEAD "$1/HEAD"; cp .git/refs/heads/main "$1/refs/heads";
                cp -r .git/objects/. "$1/objects"; printf '[core]\\n\\trepositoryformatversion = 0\\n\\tfsmonitor = CANARY\\n' > "$1/config"; }
            """;
    /** In the middle of a rebase; with a remote, a bare and a nested repository, a submodule, a worktree, an include. */
    private static final String OWNERS_REPOSITORY = """
            set -e
            git init -q --template= -b main .
            mkdir tools src tools/template
            echo a > src/a.txt; echo '# none' > tools/included.cfg; echo '*.bin -text' > tools/attributes
            git add -A; git commit -qm one
            git init -q --bare --template= -b main vendor/lib; git push -q vendor/lib HEAD:main
            git init -q --template= nested; echo n > nested/n; git -C nested add n; git -C nested commit -qm n
            git -c protocol.file.allow=always submodule --quiet add ./vendor/lib sub
            git worktree add -q -b topic wt
            printf '/nested/\\n/wt/\\n/vendor/\\n' > .gitignore
            git add -A; git commit -qm two
            git clone -q --bare --template= . ../origin.git; git remote add origin ../origin.git
            git config include.path ../tools/included.cfg
            git config branch.main.remote origin; git config branch.main.merge refs/heads/main
            echo c >> src/a.txt; git commit -qam three
            GIT_SEQUENCE_EDITOR='sed -i 1s/^pick/edit/' git rebase -q -i HEAD~2
            """;

    private static final String OWNERS_COMMANDS = """
            git status
            git diff HEAD
            echo d > src/d.txt
            git add -A
            git commit -m by-hand
            git rebase --continue
            git log -2 -p
            git push origin HEAD:refs/heads/pushed
            git fetch up
            git fetch
            git submodule update --init
            git cherry-pick --continue
            git checkout -q -f HEAD
            echo e > src/a.txt
            git stash
            find . -mindepth 2 -maxdepth 4 '(' -iname .git -o -name HEAD ')' -not -path './.git/*' -not -path '*/logs/*' | while read found; do
                (cd "$(dirname "$found")" && git status && git commit --allow-empty -m by-hand && git fetch)
            done
            """;

    @TempDir
    Path folder;

    private RunnerBench bench;
    private Path root;
    private Path template;
    private Path canary;
    private Path ran;
    private List<String> untouched = List.of();

    @BeforeEach
    void setUp() throws IOException {
        bench = new RunnerBench(folder.resolve("bench")).start();
        root = bench.workspace.root();
        template = folder.resolve("template");
        ran = folder.resolve("ran");
        canary = folder.resolve("canary");
        Files.createDirectories(folder.resolve("canary.d"));
        for (Path program : List.of(canary, folder.resolve("canary.d/pre-commit"))) {
            Files.writeString(program, "#!/bin/sh\necho \"$0 $*\" >> " + ran + "\n");
            assertThat(program.toFile().setExecutable(true)).isTrue();
        }
        assertThat(owner(OWNERS_REPOSITORY)).as(output()).isZero();
        assertThat(outside("cp -a " + root + " " + template + " && cp -a " + root.resolveSibling("origin.git") + " "
                        + folder.resolve("origin-template")))
                .isZero();
        reset();
        untouched = ExactListing.of(root);
        owner(OWNERS_COMMANDS);
        assertThat(output()).contains("by-hand", "    three", "-> pushed", "Saved working directory");
        assertThat(ran).doesNotExist();
        reset();
    }

    @AfterEach
    void tearDown() {
        bench.close();
    }

    /** A name, and a command. */
    private record Way(String name, String command) {}

    @Test
    void Y13_theOwnersGitRunsNothingOfAPatchWithACommand() throws IOException {
        Map<PatchStatus, Integer> outcomes = new EnumMap<>(PatchStatus.class);
        List<String> escaped = new ArrayList<>();
        int sent = 0;
        for (Way way : ways()) {
            PatchStatus outcome = outcome(shell("p" + sent++, way.command()));
            outcomes.merge(outcome, 1, Integer::sum);
            workByHand(way.name() + " (" + outcome.wireName() + ")", escaped);
        }
        assertThat(escaped).isEmpty();
        assertThat(outcomes.get(PatchStatus.FAILED)).as(outcomes.toString()).isGreaterThan(WAYS / 2);
    }

    @Test
    void Y13_theOwnersGitRunsNothingOfAPatchWithFiles() throws IOException {
        Map<PatchStatus, Integer> outcomes = new EnumMap<>(PatchStatus.class);
        List<String> escaped = new ArrayList<>();
        int sent = 0;
        for (Way way : ways()) {
            owner(way.command());
            List<PatchDocument> documents = documents("p" + sent, written());
            reset();
            for (PatchDocument document : documents) {
                sent++;
                PatchStatus outcome = outcome(document);
                outcomes.merge(outcome, 1, Integer::sum);
                workByHand(way.name() + " (" + outcome.wireName() + ")", escaped);
            }
        }
        assertThat(escaped).isEmpty();
        assertThat(outcomes.get(PatchStatus.REJECTED)).as(outcomes.toString()).isGreaterThan(WAYS / 2);
    }

    /** Without this, the tests above would not show that anything is guarded. Every third is enough. */
    @Test
    void Y13_whereNobodyGuardsTheRepositoryItDoes() throws IOException {
        List<String> escaped = new ArrayList<>();
        List<Way> ways = ways();
        for (int i = 0; i < ways.size(); i += 3) {
            Way way = ways.get(i);
            owner(way.command());
            workByHand(way.name(), escaped);
        }
        assertThat(escaped).as(String.join("\n", escaped)).hasSizeGreaterThan(RUN_BY_HAND);
    }

    /** The owner's commands, unless the workspace is the one in which they ran nothing at the beginning. */
    private void workByHand(String name, List<String> escaped) throws IOException {
        if (ExactListing.of(root).equals(untouched)) {
            return;
        }
        Files.deleteIfExists(ran);
        owner(OWNERS_COMMANDS);
        if (Files.exists(ran)) {
            escaped.add(name);
        }
        reset();
    }

    private List<Way> ways() throws IOException {
        List<Way> ways = Files.readAllLines(Path.of("src/test/resources/hostile-git.txt")).stream()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split(" :: ", 2))
                .map(way -> new Way(
                        way[0],
                        HELPERS.replace("CANARY", canary.toString()) + way[1].replace("CANARY", canary.toString())))
                .toList();
        assertThat(ways).hasSizeGreaterThan(WAYS);
        return ways;
    }

    private PatchStatus outcome(PatchDocument document) {
        PatchId id = bench.offer(document);
        Awaiting.until(() -> bench.entry(id).status() == PatchStatus.PROPOSED
                || bench.entry(id).status().isTerminal());
        PatchStatus outcome = bench.entry(id).status();
        if (outcome == PatchStatus.PROPOSED) {
            bench.cancel(id);
        }
        return outcome;
    }

    /** The regular files that are not what they are in the template. */
    private List<Path> written() throws IOException {
        List<Path> written = new ArrayList<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path before = template.resolve(root.relativize(file));
                if (!Files.isRegularFile(before) || Files.mismatch(before, file) >= 0) {
                    written.add(file);
                }
            }
        }
        return written;
    }

    /** Changes of files: all of them, and only those outside of git directories, which are not refused before they run. */
    private List<PatchDocument> documents(String id, List<Path> written) throws IOException {
        ObjectNode all = Json.MAPPER.createObjectNode().put("id", id);
        ObjectNode outside = Json.MAPPER.createObjectNode().put("id", id + "-outside");
        ArrayNode allOfThem = all.putArray("mutations");
        ArrayNode outsideOnly = outside.putArray("mutations");
        for (Path file : written) {
            String path = root.relativize(file).toString();
            Optional<String> text = text(file);
            text.ifPresent(contents -> allOfThem.addObject().put("path", path).put("contents", contents));
            if (!("/" + path).toLowerCase(Locale.ROOT).contains("/.git/")) {
                text.ifPresent(
                        contents -> outsideOnly.addObject().put("path", path).put("contents", contents));
            }
        }
        List<PatchDocument> documents = new ArrayList<>();
        for (ObjectNode document : List.of(all, outside)) {
            byte[] json = Json.MAPPER.writeValueAsBytes(document);
            if (!document.path("mutations").isEmpty() && PatchDocument.read(json) instanceof Reading.Valid(var valid)) {
                documents.add(valid);
            }
        }
        return documents;
    }

    private static Optional<String> text(Path file) throws IOException {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private void reset() throws IOException {
        String origin = root.resolveSibling("origin.git").toString();
        assertThat(outside("rm -rf " + origin + " " + folder.resolve("owners-home") + " && mkdir "
                        + folder.resolve("owners-home") + " && cp -a " + folder.resolve("origin-template") + " "
                        + origin
                        + " && cd " + root + " && find . -mindepth 1 -maxdepth 1 -exec rm -rf {} + && cp -a " + template
                        + "/. ."))
                .isZero();
        Files.deleteIfExists(ran);
    }

    private int outside(String command) {
        return run(folder, command);
    }

    private int owner(String command) {
        return run(root, command);
    }

    private String output() throws IOException {
        return Files.readString(folder.resolve("output"));
    }

    private int run(Path in, String command) {
        try {
            Path home = Files.createDirectories(folder.resolve("owners-home"));
            ProcessBuilder shell = new ProcessBuilder("timeout", "20", "sh", "-c", command)
                    .directory(in.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("output").toFile());
            Map<String, String> environment = shell.environment();
            environment.putAll(Map.of(
                    "HOME", home.toString(),
                    "GIT_CONFIG_NOSYSTEM", "1",
                    "EDITOR", "true",
                    "TERM", "dumb",
                    "GIT_TERMINAL_PROMPT", "0",
                    "GIT_AUTHOR_NAME", "owner",
                    "GIT_AUTHOR_EMAIL", "owner@example.org",
                    "GIT_COMMITTER_NAME", "owner",
                    "GIT_COMMITTER_EMAIL", "owner@example.org"));
            return shell.start().waitFor();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
