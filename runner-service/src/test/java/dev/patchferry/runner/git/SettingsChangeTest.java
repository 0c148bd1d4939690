package dev.patchferry.runner.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Only settings that run, include and redirect nothing pass, however they are written. */
class SettingsChangeTest {
    private static final Path WORKSPACE = Path.of("/w");
    private static final SettingsPlace PLACE = new SettingsPlace(WORKSPACE, WORKSPACE, false, Optional.empty());
    private static final String BEFORE = """
            [core]
            	bare = false
            [remote "origin"]
            	url = https://example.org/x.git
            [alias]
            	x = "!f() { echo 'a # b'; }; f" ; of the owner
            [include]
            	path = ../shared
            """;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[user]|name = A B|email = a@b",
                "[User]|NAME = \"A B\" # c",
                "[branch \"a\"]|remote = origin|merge = refs/heads/a",
                "[branch \"a b\\\"c\"]|merge = \"refs/heads/fix/#1\"",
                "[branch \"a\"]|remote = .|rebase",
                "[branch.a]|merge = refs/heads/a",
                "[branch \"a\"]|pushRemote = origin|description = \"one\\n\\ttwo; # three\\n\"",
                "[submodule \"a/b\"]|active = true|url = https://example.org/a.git",
                "[submodule \"a\"]|url = git@example.org:a/b.git|update = none",
                "[submodule \"a\"]|url = /w/lib.git|active",
                "[lfs]|repositoryformatversion = 0",
                "# nothing|; at all"
            })
    void Y13_whatRunsAndRedirectsNothingPasses(String added) {
        assertThat(refusal(BEFORE + lines(added))).isEmpty();
        assertThat(SettingsChange.refusal(bytes(BEFORE + lines(added)), bytes(BEFORE), PLACE))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[core]|hooksPath = x",
                "[CORE]HooksPath=x",
                "[core]|\thooks\\|Path = x",
                "[user]|name = a \\|[core]|fsmonitor = x",
                "[user]|name = a|[core] fsmonitor = x",
                "[user]|name = \"a|[core]|fsmonitor = x\"",
                "[user] name = a # \\|[core]|fsmonitor = x",
                "[user]|signingKey = x",
                "[user]|useConfigOnly = true",
                "[user \"x\"]|name = x",
                "[include]|path = x",
                "[includeIf \"gitdir:/w/\"]|path = x",
                "[INCLUDEIF.onbranch:main]|path = x",
                "[branch]|autoSetupRebase = always",
                "[branch \"a\"]|remote = ext::x",
                "[branch \"a\"]|remote = other",
                "[branch \"a\"]|remote = https://example.org",
                "[branch \"a\"]|pushRemote = ./x",
                "[branch \"a\"]|pushRemote = other",
                "[branch \"a\"]|description = a\\bb",
                "[branch \"a\"]|mergeOptions = --strategy=x",
                "[branch \"a\"]|merge = ../x",
                "[branch \"a\"]|merge = refs/heads/-x",
                "[branch \"\"]|merge = refs/heads/x",
                "[submodule \"a\"]|update = !x",
                "[submodule \"a\"]|url = ext::x",
                "[submodule \"a\"]|url = EXT::x",
                "[submodule \"a\"]|url = -x",
                "[submodule \"a\"]|url = ssh://-oProxyCommand=x/y",
                "[submodule \"a\"]|url = ssh://a@-x/y",
                "[submodule \"a\"]|url = -x:y",
                "[submodule \"a\"]|url = host:-x",
                "[submodule \"a\"]|url = https://example.org/%0ahost=evil",
                "[submodule \"a\"]|url = https://example.org/a\\nb",
                "[submodule \"a\"]|url = HTTPS://example.org/a",
                "[submodule \"a\"]|url = fd::7",
                "[submodule \"a\"]|url = /outside",
                "[submodule \"a\"]|url = ../outside",
                "[submodule \"a\"]|url = file:///outside",
                "[submodule \"a\"]|url = file://host/w",
                "[submodule \"../a\"]|url = https://example.org/a",
                "[submodule \"a/../../b\"]|active = true",
                "[submodule \"-a\"]|active = true",
                "[submodule]|recurse = true",
                "[remote \"origin\"]|url = https://example.com",
                "[remote \"origin\"]|uploadpack = x",
                "[url \"ext::x\"]|insteadOf = https://",
                "[lfs]|repositoryformatversion = 1",
                "[lfs]|repositoryformatversion",
                "[lfs \"x\"]|repositoryformatversion = 0",
                "[lfs]|url = https://example.org",
                "[lfs]|customtransfer = x",
                "[user]|name",
                "[user|name = x",
                "[user]|na_me = x",
                "[user]|name = \\x",
                "[user]|name = a\rb",
                "[user]|name = a\0b",
                "[user]|name = \u001b]0;x",
                "[user]|name = a\\nb",
                "name = x|[",
                "[user]|= x",
                "[ user]|name = x",
                "[user ]|name = x",
                "[user \"a\" ]|name = x"
            })
    void Y13_everythingElseIsRefused(String added) {
        assertThat(refusal(BEFORE + lines(added))).isPresent();
    }

    @Test
    void Y13_whatIsThereStaysAndInItsOrder() {
        assertThat(refusal(BEFORE.replace("bare = false", "bare = true"))).isPresent();
        assertThat(refusal(BEFORE.replace("path = ../shared", ""))).isPresent();
        assertThat(refusal(BEFORE.replace("# b", "; b"))).isPresent();
        assertThat(refusal("[include]\n\tpath = ../shared\n" + BEFORE.replace("[include]\n\tpath = ../shared\n", "")))
                .isPresent();
        assertThat(refusal("\uFEFF" + BEFORE)).isPresent();
        assertThat(refusal(BEFORE.replace("\n", "\r\n"))).isPresent();
        assertThat(refusal("name = x\n" + BEFORE)).isPresent();
        assertThat(refusal(BEFORE.replace(" ; of the owner", "").replace("\t", "  ")))
                .isEmpty();
    }

    @Test
    void Y13_aRemoteIsNoOtherSinceABranchNamesIt() {
        String own = "[remote \"a\"]\n\turl = https://example.org/a\n";
        assertThat(SettingsChange.refusal(bytes(own), bytes(own + "[branch \"x\"]\n\tremote = a\n"), PLACE))
                .isEmpty();
        assertThat(SettingsChange.refusal(bytes(""), bytes("[branch \"x\"]\n\tremote = a\n"), PLACE))
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[core]|repositoryformatversion = 0|filemode = true|bare = false|logallrefupdates = true|ignorecase = false|precomposeunicode = true",
                "[core]|repositoryformatversion = 1|[extensions]|objectformat = sha256",
                "[remote \"origin\"]|url = https://user:pw@example.org:8443/x.git|fetch = +refs/heads/*:refs/remotes/origin/*|[branch \"main\"]|remote = origin|merge = refs/heads/main",
                "[remote \"up\"]|url = ssh://git@[::1]:22/x|fetch = +refs/heads/main:refs/remotes/up/main|tagOpt = --no-tags"
            })
    void Y13_aNewRepositoryComesWithSettingsLikeThese(String text) {
        assertThat(SettingsChange.refusalOfNew(bytes(lines(text)), PLACE)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[core]|bare = true",
                "[core]|bare",
                "[core]|worktree = /home",
                "[core]|hooksPath = x",
                "[core]|fsmonitor = true",
                "[core]|sshCommand = x",
                "[core]|repositoryformatversion = 2",
                "[core \"x\"]|bare = false",
                "[extensions]|worktreeConfig = true",
                "[extensions]|partialClone = origin",
                "[remote \"origin\"]|url = ext::x",
                "[remote \"origin\"]|url = /outside",
                "[remote \"origin\"]|url = https://example.org/x|uploadpack = x",
                "[remote \"origin\"]|url = https://example.org/x|vcs = x",
                "[remote \"origin\"]|url = https://example.org/x|proxy = x",
                "[remote \"origin\"]|fetch = +refs/heads/*:refs/heads/*",
                "[remote \"-x\"]|url = https://example.org/x",
                "[remote \"a/../b\"]|url = https://example.org/x",
                "[remote]|pushDefault = x",
                "[include]|path = x",
                "[credential]|helper = x",
                "[branch \"main\"]|remote = https://example.org/x",
                "[gc]|auto = 0",
                "\uFEFF[core]|bare = false"
            })
    void Y13_andWithNoOthers(String text) {
        assertThat(SettingsChange.refusalOfNew(bytes(lines(text)), PLACE)).isPresent();
    }

    /** Whatever is read here is read as git reads it: 600 files made of pieces of settings. */
    @Test
    void Y13_whatIsReadIsReadAsGitReadsIt() throws Exception {
        String[] pieces = {
            "[", "]", "[a]", "[A.b]", "[c \"d\"]", "[c \"D\\\"e\\x\"]", "\"", "\\", "\\n", "\\t", "\\\\", "\\\"", "\n",
                    "\n", "\n\t", " ",
            "\t", "=", " = ", "#", ";", "key", "k-2", "Key = v", "k = \"a b\"", "x", "1", "-", ".", "\u00e4",
                    "k = a \\\n b", "!"
        };
        Random random = new Random(15);
        int understood = 0;
        for (int i = 0; i < 600; i++) {
            StringBuilder text = new StringBuilder("[s]\nk = v\n");
            for (int piece = random.nextInt(14); piece > 0; piece--) {
                text.append(pieces[random.nextInt(pieces.length)]);
            }
            byte[] file = text.toString().getBytes(StandardCharsets.ISO_8859_1);
            Optional<List<GitSetting>> settings = SettingsParser.parseExactly(file);
            if (settings.isPresent()) {
                understood++;
                assertThat(listed(settings.get())).as(text.toString()).isEqualTo(byGit(file));
                assertThat(SettingsParser.parse(new String(file, StandardCharsets.ISO_8859_1)))
                        .as(text.toString())
                        .isEqualTo(settings.get().stream()
                                .map(SettingsChangeTest::withTrueForNoValue)
                                .toList());
            }
        }
        assertThat(understood).isGreaterThan(60);
    }

    /** As {@code git config --list -z} has it: the name, a line feed and the value, which may be missing. */
    private static String listed(List<GitSetting> settings) {
        return settings.stream()
                .map(gitSetting -> gitSetting.section()
                        + (gitSetting.subsection().isEmpty() ? "" : "." + gitSetting.subsection())
                        + "."
                        + gitSetting.key()
                        + (gitSetting.value().equals(SettingsParser.NO_VALUE) ? "" : "\n" + gitSetting.value())
                        + "\0")
                .collect(Collectors.joining());
    }

    private static GitSetting withTrueForNoValue(GitSetting gitSetting) {
        return gitSetting.value().equals(SettingsParser.NO_VALUE)
                ? new GitSetting(gitSetting.section(), gitSetting.subsection(), gitSetting.key(), "true")
                : gitSetting;
    }

    private String byGit(byte[] file) throws IOException, InterruptedException {
        Path config = Files.write(folder.resolve("config"), file);
        Process git = new ProcessBuilder("git", "config", "--no-includes", "-f", config.toString(), "--list", "-z")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String out = new String(git.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        return git.waitFor() == 0 ? out : "git refuses it";
    }

    private static Optional<String> refusal(String after) {
        return SettingsChange.refusal(bytes(BEFORE), bytes(after), PLACE);
    }

    private static String lines(String text) {
        return text.replace('|', '\n') + "\n";
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
