package dev.patchferry.engine.policy;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Paths that decide what runs later, or what is fetched, without anybody looking; by a name that a rule can use. */
enum PathGroup {
    /** What a build server does with the repository. */
    CI(
            ".github/workflows/**",
            ".github/actions/**",
            "**/action.yml",
            "**/action.yaml",
            "**/.gitlab-ci.yml",
            ".gitlab/**",
            "**/Jenkinsfile",
            "**/Jenkinsfile.*",
            ".circleci/**",
            "**/azure-pipelines.yml",
            "**/azure-pipelines.yaml",
            ".azure-pipelines/**",
            "bitbucket-pipelines.yml",
            ".travis.yml",
            ".drone.yml",
            ".woodpecker.yml",
            ".woodpecker.yaml",
            ".woodpecker/**",
            ".buildkite/**",
            ".gitea/workflows/**",
            ".forgejo/workflows/**",
            ".teamcity/**",
            "appveyor.yml",
            ".appveyor.yml",
            "cloudbuild.yaml",
            "cloudbuild.yml",
            ".pre-commit-config.yaml"),
    /** What an editor, a shell or an agent does when somebody opens the folder. */
    EDITOR_TASKS(
            "**/.vscode/**",
            "**/*.code-workspace",
            "**/.idea/runConfigurations/**",
            "**/.idea/workspace.xml",
            "**/.idea/externalTools.xml",
            "**/.idea/watcherTasks.xml",
            "**/*.run.xml",
            "**/.envrc",
            "**/.devcontainer/**",
            "**/.devcontainer.json",
            "**/.zed/**",
            "**/.fleet/**",
            "**/.exrc",
            "**/.nvimrc",
            "**/.nvim.lua",
            "**/.vimrc",
            "**/.dir-locals.el",
            "**/.vim/**",
            "**/.helix/**",
            "**/mise.toml",
            "**/.mise.toml",
            "**/.tool-versions",
            "**/.cursor/**",
            "**/.claude/**",
            "**/.mcp.json"),
    /** What an agent takes for its instructions, or starts by itself. */
    AGENT_INSTRUCTIONS(
            "**/AGENTS.md",
            "**/AGENTS.override.md",
            "**/AGENT.md",
            "**/CLAUDE.md",
            "**/CLAUDE.local.md",
            "**/GEMINI.md",
            "**/QWEN.md",
            "**/CONVENTIONS.md",
            "**/.claude/**",
            "**/.codex/**",
            "**/.gemini/**",
            "**/.qwen/**",
            "**/.agents/**",
            "**/.cursor/**",
            "**/.cursorrules",
            "**/.cursorignore",
            "**/.windsurf/**",
            "**/.windsurfrules",
            "**/.cline/**",
            "**/.clinerules",
            "**/.clinerules/**",
            "**/.roo/**",
            "**/.roorules",
            "**/.continue/**",
            "**/.continuerules",
            "**/.aider*",
            "**/.junie/**",
            "**/.kiro/**",
            "**/.amazonq/**",
            "**/.opencode/**",
            "**/opencode.json",
            "**/opencode.jsonc",
            "**/.goosehints",
            "**/.github/copilot-instructions.md",
            "**/.github/instructions/**",
            "**/.github/prompts/**",
            "**/.github/chatmodes/**",
            "**/.github/agents/**",
            "**/.mcp.json",
            "**/mcp.json"),
    /** What the owner's next build, install or test runs, or where it fetches from. */
    BUILD_SCRIPTS(
            "**/Makefile",
            "**/GNUmakefile",
            "**/*.mk",
            "**/justfile",
            "**/.justfile",
            "**/Taskfile.y*ml",
            "**/Rakefile",
            "**/.npmrc",
            "**/.yarnrc",
            "**/.yarnrc.yml",
            "**/.yarn/plugins/**",
            "**/.yarn/releases/**",
            "**/.pnpmfile.cjs",
            "**/.pnp.*js",
            "**/bunfig.toml",
            "**/.cargo/config",
            "**/.cargo/config.toml",
            "**/build.rs",
            "**/rust-toolchain",
            "**/rust-toolchain.toml",
            "**/.mvn/**",
            "**/mvnw",
            "**/mvnw.cmd",
            "**/gradlew",
            "**/gradlew.bat",
            "**/gradle/wrapper/**",
            "**/gradle.properties",
            "**/init.gradle",
            "**/pip.conf",
            "**/.pypirc",
            "**/setup.py",
            "**/conftest.py",
            "**/sitecustomize.py",
            "**/.bazelrc",
            "**/.bundle/config",
            "**/nuget.config",
            "**/Directory.Build.props",
            "**/Directory.Build.targets"),
    /** Which versions of which packages are fetched, from where. */
    LOCKFILES(
            "**/package-lock.json",
            "**/npm-shrinkwrap.json",
            "**/yarn.lock",
            "**/pnpm-lock.yaml",
            "**/bun.lock",
            "**/bun.lockb",
            "**/deno.lock",
            "**/Cargo.lock",
            "**/poetry.lock",
            "**/Pipfile.lock",
            "**/uv.lock",
            "**/pdm.lock",
            "**/Gemfile.lock",
            "**/composer.lock",
            "**/go.sum",
            "**/go.work.sum",
            "**/gradle.lockfile",
            "**/buildscript-gradle.lockfile",
            "**/gradle/verification-metadata.xml",
            "**/packages.lock.json",
            "**/Package.resolved",
            "**/Podfile.lock",
            "**/pubspec.lock",
            "**/mix.lock",
            "**/flake.lock"),
    /** What git runs or fetches for a file of the repository. */
    GIT_ATTRIBUTES("**/.gitattributes", "**/.gitmodules", "**/.lfsconfig"),
    /**
     * What the owner's git runs or includes: these, which tools for hooks run, and whatever its configuration names. Proposed
     * unless a rule says otherwise.
     */
    GIT_EXECUTED(
            "**/.husky/**",
            "**/.githooks/**",
            "**/.git-hooks/**",
            "**/.pre-commit-config.yaml",
            "**/.pre-commit-config.yml",
            "**/lefthook.y*ml",
            "**/.lefthook.y*ml",
            "**/lefthook-local.y*ml",
            "**/.lefthook-local.y*ml",
            "**/lefthook.json",
            "**/lefthook.toml",
            "**/.lefthook/**",
            "**/.overcommit.yml",
            "**/.huskyrc",
            "**/.huskyrc.*",
            "**/.lintstagedrc",
            "**/.lintstagedrc.*");

    @SuppressWarnings("ImmutableEnumChecker") // a copy of its own
    private final List<PathGlob> globs;

    PathGroup(String... patterns) {
        this.globs = Stream.of(patterns)
                .map(pattern -> new PathGlob(pattern, /* anyCase= */ true))
                .toList();
    }

    List<PathGlob> globs() {
        return globs;
    }

    static Optional<PathGroup> named(String name) {
        return Arrays.stream(values())
                .filter(group -> group.wireName().equals(name))
                .findFirst();
    }

    static String names() {
        return Arrays.stream(values()).map(PathGroup::wireName).collect(Collectors.joining(", "));
    }

    String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
