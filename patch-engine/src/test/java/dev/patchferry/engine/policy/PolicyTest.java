package dev.patchferry.engine.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyTest {
    private static final Request ALICE = request("alice", "ls -l");

    @Test
    void whatNoRuleIsAboutIsAllowed() {
        Policy policy = policy("deny principal=bob because we do not know bob");

        assertThat(policy.before(ALICE).action()).isEqualTo(Action.ALLOW);
        assertThat(policy.after(ALICE, touching("a.txt")).words()).isEqualTo("no rule of the policy is about it");
    }

    @Test
    void theFirstRuleThatMatchesDecides() {
        Policy policy = policy("hold principal=alice because she is new", "deny because nobody else comes in");

        assertThat(policy.before(ALICE).action()).isEqualTo(Action.HOLD);
        assertThat(policy.before(ALICE).words()).isEqualTo("she is new (policy rule 1)");
        assertThat(policy.before(request("bob", "ls")).action()).isEqualTo(Action.DENY);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "principal=alice             | true",
                "principal=bob,alice         | true",
                "principal=bob               | false",
                "role=submit                 | true",
                "role=view,operate           | false",
                "document-role=Command_Patch | true",
                "document-role=content       | false",
                "format=shell,content        | true",
                "format=unified-diff         | false",
                "command=ls*                 | true",
                "command=\"ls -?\"           | true",
                "command=ls                  | false",
                "command=rm*                 | false",
                "principal=alice format=shell command=*-l | true",
                "principal=alice format=content           | false"
            })
    void aRuleMatchesIfAllOfItsConditionsDo(String conditions, boolean matches) {
        Policy policy = policy("deny " + conditions + " because it says so");

        assertThat(policy.before(ALICE).action()).isEqualTo(matches ? Action.DENY : Action.ALLOW);
    }

    @Test
    void whoForbidsNeedsOneCommandAndWhoAllowsAllOfThem() {
        Request two = request("alice", "npm test", "curl http://evil");
        Policy forbids = policy("deny command=curl* because nothing is fetched here");
        Policy allows = policy("allow command=\"npm test\"", "deny because only the tests run here");

        assertThat(forbids.before(two).action()).isEqualTo(Action.DENY);
        assertThat(allows.before(two).action()).isEqualTo(Action.DENY);
        assertThat(allows.before(request("alice", "npm test")).action()).isEqualTo(Action.ALLOW);
        assertThat(allows.before(request("alice")).action()).isEqualTo(Action.DENY);
    }

    @Test
    void whatAPatchTouchedDecidesAndNotWhatItDeclared() {
        Policy policy = policy("propose group=ci because the build server runs it");

        assertThat(policy.before(ALICE).action()).isEqualTo(Action.ALLOW);
        assertThat(policy.after(ALICE, touching("src/a.txt")).action()).isEqualTo(Action.ALLOW);
        assertThat(policy.after(ALICE, touching("src/a.txt", ".github/workflows/x.yml"))
                        .action())
                .isEqualTo(Action.PROPOSE);
    }

    @Test
    void whoAllowsPathsAllowsThemOnly() {
        Policy policy = policy("allow path=docs/**,README.md", "propose because somebody looks at the rest");

        assertThat(policy.before(ALICE).action()).isEqualTo(Action.PROPOSE);
        assertThat(policy.after(ALICE, touching("docs/a.md", "README.md")).action())
                .isEqualTo(Action.ALLOW);
        assertThat(policy.after(ALICE, touching("docs/a.md", "src/a.c")).action())
                .isEqualTo(Action.PROPOSE);
        assertThat(policy.after(ALICE, new Touched(List.of(new Touched.Entry("docs", true))))
                        .action())
                .as("the folder itself became a link")
                .isEqualTo(Action.PROPOSE);
    }

    @Test
    void aRequestRuleAboveDecidesForThePathsBelow() {
        Policy policy = policy("allow principal=alice", "propose group=ci because the build server runs it");

        assertThat(policy.after(ALICE, touching("Jenkinsfile")).action()).isEqualTo(Action.ALLOW);
        assertThat(policy.after(request("bob", "ls"), touching("Jenkinsfile")).action())
                .isEqualTo(Action.PROPOSE);
    }

    @Test
    void whatSomebodyLetRunIsLookedAtByTheRulesBehindTheHold() {
        Policy policy = policy("hold principal=alice because she is new", "propose group=ci because it runs elsewhere");
        Request released = new Request("alice", Set.of("submit"), Set.of(), "shell", List.of("ls"), true);

        assertThat(policy.before(released).action()).isEqualTo(Action.ALLOW);
        assertThat(policy.after(released, touching("a.txt")).action()).isEqualTo(Action.ALLOW);
        assertThat(policy.after(released, touching("Jenkinsfile")).action()).isEqualTo(Action.PROPOSE);
    }

    @Test
    void cautiousProposesWhateverNoRuleIsAbout() {
        RuleReader reader = new RuleReader();
        reader.read("allow principal=alice");
        Policy policy = reader.policy(NamedPolicy.CAUTIOUS);

        assertThat(policy.before(ALICE).action()).isEqualTo(Action.ALLOW);
        assertThat(policy.before(request("bob", "ls")).action()).isEqualTo(Action.PROPOSE);
        assertThat(policy.before(request("bob", "ls")).words())
                .isEqualTo("in this workspace somebody looks at every change before it takes effect (policy rule 2)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".github/workflows/build.yml",
                ".GitHub/Workflows/build.yml",
                "sub/.gitlab-ci.yml",
                "Jenkinsfile",
                ".circleci/config.yml"
            })
    void theGroupCiHasTheFilesOfBuildServers(String path) {
        assertThat(policy("deny group=ci because no")
                        .after(ALICE, touching(path))
                        .action())
                .isEqualTo(Action.DENY);
    }

    @ParameterizedTest
    @CsvSource({
        "git-attributes, .gitattributes",
        "git-attributes, deep/er/.gitmodules",
        "editor-tasks, .vscode/tasks.json",
        "editor-tasks, app/.envrc",
        "editor-tasks, .idea/runConfigurations/Evil.xml",
        "lockfiles, package-lock.json",
        "lockfiles, web/pnpm-lock.yaml"
    })
    void P8_whatRunsWhenSomebodyOpensTheFolderHasAName(String group, String path) {
        Policy policy = policy("propose group=" + group + " because somebody looks at that");

        assertThat(policy.after(ALICE, touching(path)).action()).isEqualTo(Action.PROPOSE);
        assertThat(policy.after(ALICE, touching("src/" + path.replace('.', '-') + ".txt"))
                        .action())
                .isEqualTo(Action.ALLOW);
    }

    @ParameterizedTest
    @CsvSource({
        "git-executed, .husky/pre-commit",
        "git-executed, web/.husky/_/h",
        "git-executed, .githooks/pre-push",
        "git-executed, .pre-commit-config.yaml",
        "git-executed, lefthook.yml",
        "build-scripts, .npmrc",
        "build-scripts, web/.yarnrc.yml",
        "build-scripts, .cargo/config.toml",
        "build-scripts, .cargo/config",
        "build-scripts, .mvn/extensions.xml",
        "build-scripts, .mvn/wrapper/maven-wrapper.properties",
        "build-scripts, Makefile",
        "build-scripts, sub/makefile",
        "build-scripts, GNUmakefile",
        "build-scripts, rules/common.mk",
        "agent-instructions, AGENTS.md",
        "agent-instructions, sub/Claude.md",
        "agent-instructions, GEMINI.md",
        "agent-instructions, .cursor/rules/all.mdc",
        "agent-instructions, .cursorrules",
        "agent-instructions, .github/copilot-instructions.md",
        "agent-instructions, .claude/settings.json",
        "agent-instructions, .codex/config.toml"
    })
    void Y24_whatAnOwnersToolsRunOrObeyHasAName(String group, String path) {
        Policy policy = policy("deny group=" + group + " because somebody looks at that");

        assertThat(policy.after(ALICE, touching(path)).action()).isEqualTo(Action.DENY);
        assertThat(policy.after(ALICE, touching("src/" + path.replace('.', '-') + ".txt"))
                        .action())
                .isEqualTo(Action.ALLOW);
    }

    @ParameterizedTest
    @CsvSource({
        ".husky, true, PROPOSE",
        "web/.husky, true, PROPOSE",
        ".husky/_, true, PROPOSE",
        ".husky, false, PROPOSE",
        "node_modules/.bin/tsc, true, ALLOW",
        "latest, true, ALLOW",
        "docs, true, ALLOW"
    })
    void Y13_aLinkIsProposedOnlyInThePlaceOfWhatGitRuns(String path, boolean isLink, Action action) {
        Touched touched = new Touched(List.of(new Touched.Entry(path, isLink)));

        assertThat(Policy.ALLOW.after(ALICE, touched).action()).isEqualTo(action);
    }

    @Test
    void Y13_whatTheOwnersGitRunsIsProposedUnlessARuleAllowsThatPath() {
        Touched hook = new Touched(List.of(new Touched.Entry("on/pre-commit", false, true)));
        Touched more = new Touched(List.of(
                new Touched.Entry("on/pre-commit", false, true), new Touched.Entry("on/pre-push", false, true)));

        assertThat(Policy.ALLOW.after(ALICE, hook).action()).isEqualTo(Action.PROPOSE);
        assertThat(Policy.ALLOW.after(ALICE, hook).words())
                .isEqualTo(
                        "the owner's git runs or includes on/pre-commit (built-in rule; `allow group=git-executed` in"
                                + " the workspace's rules lifts it)");
        assertThat(policy("deny principal=bob because no").after(ALICE, hook).action())
                .isEqualTo(Action.PROPOSE);
        assertThat(policy("allow group=git-executed").after(ALICE, more).action())
                .isEqualTo(Action.ALLOW);
        assertThat(policy("allow path=on/pre-commit").after(ALICE, hook).action())
                .isEqualTo(Action.ALLOW);
        assertThat(policy("allow path=on/pre-commit").after(ALICE, more).action())
                .isEqualTo(Action.PROPOSE);
        assertThat(policy("deny group=git-executed because no")
                        .after(ALICE, hook)
                        .action())
                .isEqualTo(Action.DENY);
    }

    @Test
    void Y7_whatMayHaveTouchedEverythingIsUnderTheStrictestRule() {
        Touched everything = new Touched(List.of(new Touched.Entry(".git/index", false)), /* everything= */ true);

        assertThat(policy("propose path=a/** because x", "deny path=b/** because y")
                        .after(ALICE, everything)
                        .action())
                .isEqualTo(Action.DENY);
        assertThat(policy("allow path=.git/**", "propose path=a/** because x")
                        .after(ALICE, everything)
                        .action())
                .isEqualTo(Action.PROPOSE);
        assertThat(policy("allow principal=alice", "deny path=b/** because y")
                        .after(ALICE, everything)
                        .action())
                .isEqualTo(Action.ALLOW);
        assertThat(policy("deny principal=bob path=b/** because y")
                        .after(ALICE, everything)
                        .action())
                .isEqualTo(Action.ALLOW);
        assertThat(policy("allow path=**", "deny path=b/** because y")
                        .after(ALICE, everything)
                        .action())
                .isEqualTo(Action.ALLOW);
    }

    @ParameterizedTest
    @CsvSource({
        "docs/**, docs/a, true",
        "docs/**, docs/a/b/c, true",
        "docs/, docs/a, true",
        "docs/**, docsy/a, false",
        "docs/*, docs/a, true",
        "docs/*, docs/a/b, false",
        "**/Makefile, Makefile, true",
        "**/Makefile, a/b/Makefile, true",
        "**/Makefile, a/Makefile/b, false",
        "src/**/*.sql, src/x.sql, true",
        "src/**/*.sql, src/a/b/x.sql, true",
        "src/**/*.sql, src/a/b/x.sq, false",
        "a?c, abc, true",
        "a?c, a/c, false",
        "**, anything/at/all, true",
        "Docs/x, docs/x, false"
    })
    void aGlobIsAboutPathsFromTheWorkspaceDown(String glob, String path, boolean matches) {
        Touched.Entry entry = new Touched.Entry(path, false);

        assertThat(new PathGlob(glob, false).isAt(entry)).isEqualTo(matches);
        assertThat(new PathGlob(glob, false).mayBeAt(entry)).isEqualTo(matches);
    }

    @Test
    void aLinkMayHideWhatARuleIsAbout() {
        PathGlob workflows = new PathGlob(".github/workflows/**", true);

        assertThat(workflows.mayBeAt(new Touched.Entry(".github", true))).isTrue();
        assertThat(workflows.mayBeAt(new Touched.Entry(".github", false))).isFalse();
        assertThat(workflows.mayBeAt(new Touched.Entry("docs", true))).isFalse();
        assertThat(workflows.mayBeAt(new Touched.Entry(".github/workflows/", false)))
                .isTrue();
    }

    @Test
    void aHostileTextTakesNoLongerThanAnother() {
        String text = "a".repeat(100_000);

        assertThat(new Wildcard("*a*a*a*a*a*a*a*b").matches(text)).isFalse();
        assertThat(new Wildcard("*a*").matches(text)).isTrue();
        assertThat(new Wildcard("line one\n*").matches("line one\nline two")).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                                  | names no action",
                "propse group=ci because x           | begins with `propse`, not with one of allow, hold, propose, deny",
                "deny principal=bob                  | gives no reason; write `because …` at its end, for whoever it stops",
                "deny principal= because x           | has `principal=`, with an empty value",
                "deny principal=a,,b because x       | has `principal=a,,b`, with an empty value",
                "deny everybody because x            | has `everybody`, which is no CONDITION=VALUE",
                "deny user=bob because x             | asks for `user`, which is none of principal, role, document-role, format, command, path, group",
                "deny role=admin because x           | names the role `admin`, which is none of submit, view, operate",
                "deny group=docs because x           | names the group `docs`, which is none of ci, editor-tasks, agent-instructions, build-scripts, lockfiles, git-attributes, git-executed",
                "deny format=diff because x          | names the format `diff`, which is none of mutations, commands and auto, shell",
                "deny path=/etc/** because x         | `/etc/**` is no path in a workspace",
                "deny path=../x because x            | `../x` is no path in a workspace",
                "deny path=a**b because x            | in `a**b`, `**` has to stand alone between slashes",
                "deny path=a path=b because x        | has `path` twice",
                "deny command=\"x because y          | has a double quote without its other half"
            })
    void aRuleThatMeansNothingIsRefusedInWords(String rule, String complaint) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RuleReader().read(rule))
                .withMessageStartingWith(complaint);
    }

    @Test
    void aRuleThatIsNeverReachedIsRefused() {
        RuleReader reader = new RuleReader();
        reader.read("allow");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> reader.read("deny principal=bob because no"))
                .withMessage("never decides, since rule 1 decides about every patch before it");
    }

    @Test
    void aReasonIsFreeText() {
        Policy policy = policy("deny command=\"*, because \\\"x\\\" *\" because it's \"odd\", see docs=1");

        assertThat(policy.before(request("alice", "a, because \"x\" b")).words())
                .isEqualTo("it's \"odd\", see docs=1 (policy rule 1)");
    }

    private static Policy policy(String... rules) {
        RuleReader reader = new RuleReader();
        Stream.of(rules).forEach(reader::read);
        return reader.policy(NamedPolicy.ALLOW);
    }

    private static Request request(String principal, String... commands) {
        return new Request(
                principal,
                Set.of("submit"),
                Set.of("command_patch"),
                "shell",
                List.of(commands),
                /* released= */ false);
    }

    private static Touched touching(String... paths) {
        return new Touched(
                Stream.of(paths).map(path -> new Touched.Entry(path, false)).toList());
    }
}
