package dev.patchferry.runner.queue;

import static dev.patchferry.runner.journal.Documents.shell;
import static org.assertj.core.api.Assertions.assertThat;

import dev.patchferry.contract.PatchId;
import dev.patchferry.contract.PatchStatus;
import dev.patchferry.contract.Receipt;
import dev.patchferry.contract.WorkspaceName;
import dev.patchferry.engine.policy.NamedPolicy;
import dev.patchferry.engine.policy.Policies;
import dev.patchferry.engine.policy.RuleReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** After a hostile patch, the owner's everyday git commands run nothing of it. */
@Timeout(120)
class OwnersGitTest {
    @TempDir
    Path folder;

    private Optional<RunnerBench> bench = Optional.empty();

    @AfterEach
    void tearDown() {
        bench.ifPresent(RunnerBench::close);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiterString = " :: ",
            quoteCharacter = '`',
            value = {
                "exec behind a rebase :: REBASE :: echo 'exec RUN' >> .git/rebase-merge/git-rebase-todo",
                "x behind a rebase :: REBASE :: echo 'x RUN' >> .git/rebase-merge/git-rebase-todo",
                "a merge strategy of its own :: REBASE :: echo ours >> .git/rebase-merge/strategy",
                "a strategy's option :: REBASE :: echo x > .git/rebase-merge/strategy_opts",
                "the copy of the commands :: REBASE :: echo 'exec RUN' >> .git/rebase-merge/git-rebase-todo.backup",
                "a rebase from nothing :: true :: mkdir .git/rebase-merge; cd .git/rebase-merge; touch interactive; echo refs/heads/main > head-name; git rev-parse HEAD | tee onto > orig-head; echo 'exec RUN' > git-rebase-todo",
                "patches to apply :: true :: mkdir .git/rebase-apply; echo x > .git/rebase-apply/0001; echo 1 > .git/rebase-apply/next",
                "a rebase that it leaves :: true :: git rebase -q -x 'RUN; false' HEAD~1 || true",
                "a pick that it leaves :: true :: mkdir .git/sequencer; echo 'exec RUN' > .git/sequencer/todo",
                "settings of a pick :: true :: mkdir .git/sequencer; printf '[options]\\nstrategy = x\\n' > .git/sequencer/opts",
                "a bisection :: true :: touch .git/BISECT_START; echo '\";RUN;\"' > .git/BISECT_NAMES",
                "a rebase of a worktree :: git worktree add -q ../w && mkdir .git/worktrees/w/rebase-merge :: echo 'exec RUN' > .git/worktrees/w/rebase-merge/git-rebase-todo",
                "a rebase of a nested repository :: git init -q sub :: mkdir sub/.git/rebase-merge; echo 'exec RUN' > sub/.git/rebase-merge/git-rebase-todo",
                "a rebase of a submodule :: mkdir -p .git/modules/a/b/refs :: mkdir .git/modules/a/b/rebase-merge; echo 'exec RUN' > .git/modules/a/b/rebase-merge/git-rebase-todo",
                "a rebase of a bare repository :: git init -q --bare vendor/lib :: mkdir vendor/lib/rebase-merge; echo 'exec RUN' > vendor/lib/rebase-merge/git-rebase-todo",
                "objects of another repository :: true :: mkdir -p .git/objects/info; echo /home/owner/secret/.git/objects > .git/objects/info/alternates",
                "the same by http :: true :: mkdir -p .git/objects/info; echo http://example.org/objects > .git/objects/info/http-alternates",
                "the same for a submodule :: mkdir -p .git/modules/lib/objects :: mkdir -p .git/modules/lib/objects/info; echo /x > .git/modules/lib/objects/info/alternates",
                "the same for a bare repository :: git init -q --bare vendor/lib :: echo /x > vendor/lib/objects/info/alternates",
                "objects that are a link :: true :: rm -rf .git/objects/pack; ln -s /home/owner/secret/.git/objects/pack .git/objects/pack",
                "a remote of old :: true :: mkdir .git/remotes; printf 'URL: ext::RUN\\nPull: main\\n' > .git/remotes/origin",
                "a branch of old :: true :: mkdir -p .git/branches; echo 'ext::RUN#main' > .git/branches/origin",
                "a remote of git-svn :: true :: mkdir .git/svn; printf '[svn-remote \"x\"]\\nurl=file:///x\\n' > .git/svn/.metadata",
                "grafts :: true :: mkdir -p .git/info; git rev-parse HEAD > .git/info/grafts",
                "a message into a link :: true :: echo RUN > .git/MERGE_MSG; rm -f .git/COMMIT_EDITMSG; ln -s ../.profile-of-the-owner .git/COMMIT_EDITMSG",
                "a log into a link :: true :: rm .git/logs/HEAD; ln -s ../../.profile-of-the-owner .git/logs/HEAD",
                "an index through a link :: true :: mv .git/index src/index; ln -s ../src/index .git/index",
                "a ref through a link :: true :: ln -s ../../../src/a.txt .git/refs/heads/linked",
                "a link in a bare repository :: git init -q --bare vendor/lib :: ln -s ../../src/a.txt vendor/lib/FETCH_HEAD",
                "an index that writes hooks :: true :: git update-index --add --cacheinfo 100755,$(printf '#!/bin/sh\\nRUN\\n' | git hash-object -w --stdin),xgit/hooks/post-index-change; sed -i s,xgit/hooks,.git/hooks, .git/index",
                "the same with names that share a beginning :: true :: git update-index --index-version 4; git update-index --add --cacheinfo 100755,$(printf '#!/bin/sh\\nRUN\\n' | git hash-object -w --stdin),xgit/hooks/post-index-change; sed -i s,xgit/hooks,.git/hooks, .git/index",
                "an index out of the worktree :: true :: git update-index --add --cacheinfo 100755,$(git hash-object -w --stdin < src/a.txt),xx/escaped; sed -i s,xx/escaped,../escaped, .git/index",
                "a hook :: true :: printf '#!/bin/sh\\nRUN\\n' > .git/hooks/pre-commit; chmod +x .git/hooks/pre-commit",
                "hooks of a submodule with a deep name :: mkdir -p .git/modules/a/b/refs :: mkdir -p .git/modules/a/b/hooks; touch .git/modules/a/b/hooks/x",
                "an attribute with a filter :: git config filter.x.smudge RUN :: mkdir -p .git/info; echo '* filter=x' > .git/info/attributes",
                "settings for one worktree :: git config extensions.worktreeConfig true :: printf '[core]\\nfsmonitor = RUN\\n' > .git/config.worktree",
                "a harmless setting and another :: true :: git config user.name x; git config core.fsmonitor RUN",
                "a harmless setting that goes on :: true :: printf '[user]\\n\\tname = a\\\\\\n[core]\\n\\tfsmonitor = RUN\\n' >> .git/config",
                "a harmless section that is another :: true :: printf '[user] name = a\\n[core]fsmonitor = RUN\\n' >> .git/config",
                "a branch of an address :: true :: git config branch.main.remote ext::RUN; git config branch.main.merge refs/heads/main",
                "a branch of a folder :: true :: git config branch.main.remote ./src; git config branch.main.merge refs/heads/main",
                "a key to sign with :: true :: git config user.signingKey x",
                "settings without settings before :: mkdir -p sub/.git/objects sub/.git/refs; echo 'ref: refs/heads/x' > sub/.git/HEAD :: printf '[user]\\n\\tname = x\\n' > sub/.git/config",
                "another common directory :: true :: cp -r .git ../x 2>/dev/null; echo ../elsewhere > .git/commondir",
                "a bare repository that turns up :: true :: mkdir -p sub/objects sub/refs; echo 'ref: refs/heads/x' > sub/HEAD; printf '[core]\\nfsmonitor = RUN\\n' > sub/config"
            })
    void Y13_nothingOfThePatchIsRunByTheOwnersGit(String name, String before, String hostile) throws IOException {
        RunnerBench runner = under();
        OwnersShell owner = repository(runner);
        owner.run(withRebase(before));

        Receipt receipt = runner.run(shell("hostile", hostile.replace("RUN", "touch " + marker())));

        assertThat(receipt.reason()).as(receipt.logTail()).startsWith("protected_path: ");
        owner.everyday();
        assertThat(marker()).doesNotExist();
    }

    /** Without this, the tests above and below would not show that anything is guarded. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiterString = " :: ",
            quoteCharacter = '`',
            value = {
                "exec behind a rebase :: REBASE :: echo 'exec RUN' >> .git/rebase-merge/git-rebase-todo",
                "an index that writes hooks :: true :: git update-index --add --cacheinfo 100755,$(printf '#!/bin/sh\\nRUN\\n' | git hash-object -w --stdin),xgit/hooks/post-index-change; sed -i s,xgit/hooks,.git/hooks, .git/index",
                "hooks of the workspace :: git config core.hooksPath .githooks :: mkdir .githooks; printf '#!/bin/sh\\nRUN\\n' > .githooks/pre-commit; chmod +x .githooks/pre-commit; touch b.txt"
            })
    void Y13_theSameByHandRuns(String name, String before, String hostile) throws IOException {
        RunnerBench runner = under();
        OwnersShell owner = repository(runner);
        owner.run(withRebase(before));

        owner.run(hostile.replace("RUN", "touch " + marker()));

        owner.everyday();
        assertThat(marker()).exists();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiterString = " :: ",
            quoteCharacter = '`',
            value = {
                "a hook :: git config core.hooksPath .githooks :: .githooks/pre-commit",
                "a folder for hooks of any name :: git config core.hooksPath tools/on :: tools/on/pre-push",
                "named by its whole path :: git config core.hooksPath \"$PWD/tools/on\" :: tools/on/post-checkout",
                "in capitals :: printf '[CORE]\\n\\tHooksPath = \"tools/on\" ; c\\n' >> .git/config :: tools/on/pre-commit",
                "in one line :: printf '[core] hookspath=tools\\\\\\n/on\\n' >> .git/config :: tools/on/pre-commit",
                "the workspace itself :: git config core.hooksPath . :: pre-commit",
                "through a link :: mkdir tools/real && ln -s tools/real on && git config core.hooksPath on :: tools/real/pre-commit",
                "a hook that is a link :: mkdir on scripts && ln -s ../scripts/check on/pre-commit && git config core.hooksPath on :: scripts/check",
                "a folder of hooks that is a link :: rm -rf .git/hooks && mkdir on && ln -s ../on .git/hooks :: on/pre-commit",
                "one hook of git's own that is a link :: mkdir -p scripts .git/hooks && ln -s ../../scripts/check .git/hooks/pre-commit :: scripts/check",
                "settings that are a link :: mv .git/config tools/config && ln -s ../tools/config .git/config :: tools/config",
                "of husky :: git config core.hooksPath web/hooks/_ :: web/hooks/pre-commit",
                "settings :: git config include.path ../tools/gitconfig :: tools/gitconfig",
                "settings by a condition :: git config includeIf.onbranch:main.path ../tools/gitconfig :: tools/gitconfig",
                "settings from settings :: git config include.path ../tools/a && printf '[include]\\npath=b\\n' > tools/a :: tools/b",
                "settings that name hooks :: git config include.path ../tools/a && printf '[core]\\nhooksPath=tools/on\\n' > tools/a :: tools/on/pre-commit",
                "settings of one worktree :: git config extensions.worktreeConfig true && git config --worktree core.hooksPath on :: on/pre-commit",
                "a monitor :: git config core.fsmonitor tools/monitor :: tools/monitor",
                "a monitor in the top folder :: git config core.fsmonitor ./monitor :: monitor",
                "attributes :: git config core.attributesFile tools/attributes :: tools/attributes",
                "a filter :: git config filter.x.clean 'tools/clean.sh %f' :: tools/clean.sh",
                "a filter by a language :: git config filter.x.process 'python3 filter.py' :: filter.py",
                "a way to show differences :: git config diff.x.textconv ./tools/show :: tools/show",
                "a way to compare :: git config diff.external 'sh tools/diff.sh' :: tools/diff.sh",
                "a way to merge :: git config merge.x.driver 'tools/merge %O %A %B' :: tools/merge",
                "an alias :: git config alias.st '!sh -c \"tools/st $@\"' :: tools/st",
                "an alias from the top :: git config alias.st '!$(git rev-parse --show-toplevel)/tools/t.txt' :: tools/t.txt",
                "an alias with settings :: git config alias.st '-c core.hooksPath=tools/on status' :: tools/on/pre-commit",
                "an alias that is called like another setting :: git config alias.active '!tools/st' :: tools/st",
                "what is asked when objects are collected :: git config gc.recentObjectsHook tools/recent :: tools/recent",
                "an option and its value in one :: git config core.sshCommand 'ssh -Ftools/ssh.cfg' :: tools/ssh.cfg",
                "an editor :: git config core.editor 'sh tools/edit' :: tools/edit",
                "a credential helper :: git config credential.helper '!tools/helper' :: tools/helper",
                "a template :: git config init.templateDir tools/template :: tools/template/hooks/pre-commit",
                "a local remote :: git config remote.origin.url ./tools/mirror.git :: tools/mirror.git/HEAD",
                "of a nested repository :: git init -q sub && git -C sub config core.hooksPath on :: sub/on/pre-commit",
                "of a submodule :: mkdir -p .git/modules/lib && printf '[core]\\nworktree=../../../lib\\nhooksPath=on\\n' > .git/modules/lib/config :: lib/on/pre-commit",
                "known by its name :: true :: .husky/pre-commit",
                "known by its name, too :: true :: .pre-commit-config.yaml"
            })
    void Y13_whatTheOwnersGitRunsIsProposedWithoutAnyRule(String name, String before, String path) throws IOException {
        RunnerBench runner = under();
        OwnersShell owner = repository(runner);
        owner.run(before);
        String hostile = "mkdir -p $(dirname %1$s); printf '#!/bin/sh\\ntouch %2$s\\n' > %1$s; chmod +x %1$s"
                .formatted(path, marker());

        PatchId patch = runner.offer(shell("hostile", hostile));
        Awaiting.until(() -> runner.entry(patch).status() == PatchStatus.PROPOSED
                || runner.entry(patch).status().isTerminal());

        Receipt receipt = runner.events.receipt(runner.entry(patch)).orElseThrow();
        assertThat(receipt.outcome()).as(receipt.reason()).isEqualTo(PatchStatus.PROPOSED);
        assertThat(receipt.reason()).contains("the owner's git runs or includes " + path + " (built-in rule;");
        assertThat(receipt.enforced().policy()).get().asString().startsWith("propose: the owner's git runs");
        owner.everyday();
        assertThat(marker()).doesNotExist();
    }

    @Test
    void Y13_aLinkInPlaceOfTheFolderWithHooksIsProposed() throws IOException {
        RunnerBench runner = under();
        repository(runner)
                .run("git config core.hooksPath on/hooks && mkdir -p on/hooks && touch on/hooks/x && git add -A");

        PatchId patch = runner.offer(shell("sly", "mkdir -p src/hooks; rm -r on; ln -s src on"));

        runner.await(patch, PatchStatus.PROPOSED);
    }

    @Test
    void Y13_aHookThatIsOnlyInTheIndexIsProposed() throws IOException {
        RunnerBench runner = under();
        repository(runner).run("git config core.hooksPath on");

        PatchId patch = runner.offer(shell(
                "sly", "git update-index --add --cacheinfo 100755,$(git hash-object -w src/a.txt),on/pre-commit"));

        runner.await(patch, PatchStatus.PROPOSED);
    }

    @Test
    void Y13_aRuleOfTheOwnersLiftsIt() throws IOException {
        RunnerBench runner = under("allow group=git-executed");
        repository(runner).run("git config core.hooksPath on");

        Receipt receipt = runner.run(shell("fix", "mkdir on; touch on/pre-commit; echo c >> src/a.txt"));

        assertThat(receipt.outcome()).as(receipt.reason()).isEqualTo(PatchStatus.SUCCEEDED);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " :: ",
            value = {
                "true :: git add -A && git commit -qm three --allow-empty",
                "true :: git checkout -qb topic && git commit -qm three --allow-empty && git checkout -q main",
                "true :: git tag v1 && git gc -q",
                "true :: git stash -q",
                "REBASE :: GIT_EDITOR=true git rebase --continue",
                "REBASE :: git rebase --abort",
                "true :: git rebase -q HEAD~1",
                "git config core.autocrlf input :: mkdir input true; echo x > input/a; echo y > true/b",
                "true :: git config user.name 'Some Body' && git config user.email some@example.org",
                "git remote add origin https://example.org/x.git && git update-ref refs/remotes/origin/t HEAD :: git checkout -q -b t --track origin/t",
                "git branch -q t && git config branch.t.remote . && git config branch.t.merge refs/heads/main :: git branch -q -D t",
                "git config user.email src/a.txt@example.org :: echo z >> src/a.txt"
            })
    void Y13_ordinaryWorkWithGitGoesOn(String before, String command) throws IOException {
        RunnerBench runner = under();
        repository(runner).run(withRebase(before));

        Receipt receipt = runner.run(shell("work", command));

        assertThat(receipt.outcome()).as(receipt.reason() + receipt.logTail()).isEqualTo(PatchStatus.SUCCEEDED);
    }

    private OwnersShell repository(RunnerBench runner) throws IOException {
        return OwnersShell.in(runner.workspace.root(), folder).repository();
    }

    /** Stopped at the last commit, to be edited. */
    private static String withRebase(String command) {
        return command.replace("REBASE", "GIT_SEQUENCE_EDITOR='sed -i s/^pick/edit/' git rebase -q -i HEAD~1");
    }

    private Path marker() {
        return folder.resolve("ran");
    }

    private RunnerBench under(String... rules) throws IOException {
        RuleReader reader = new RuleReader();
        Stream.of(rules).forEach(reader::read);
        Policies policies = new Policies(Map.of(WorkspaceName.DEFAULT, reader.policy(NamedPolicy.ALLOW)));
        RunnerBench runner = new RunnerBench(Files.createDirectories(folder.resolve("bench")), policies).start();
        bench = Optional.of(runner);
        return runner;
    }
}
