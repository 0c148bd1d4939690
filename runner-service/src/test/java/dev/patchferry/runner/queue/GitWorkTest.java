package dev.patchferry.runner.queue;

import static dev.patchferry.runner.journal.Documents.shell;
import static org.assertj.core.api.Assertions.assertThat;

import dev.patchferry.contract.PatchId;
import dev.patchferry.contract.PatchStatus;
import dev.patchferry.contract.Receipt;
import dev.patchferry.runner.undo.Undos;
import dev.patchferry.runner.workspace.ExactListing;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What git does every day works in the sandbox as in a shell, or is refused with what to do instead. */
@Timeout(240)
class GitWorkTest {
    private static final PatchId WORK = new PatchId("work");

    @TempDir
    Path folder;

    private RunnerBench bench;
    private OwnersShell owner;

    @BeforeEach
    void setUp() throws IOException {
        bench = new RunnerBench(folder.resolve("bench")).start();
        owner = OwnersShell.in(bench.workspace.root(), folder);
    }

    @AfterEach
    void tearDown() {
        bench.close();
    }

    /** Each is taken back and brought back as well: both are asked what the patch is asked. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiterString = " :: ",
            quoteCharacter = '`',
            value = {
                "a repository in a new folder :: true :: git init -q new :: git -C new status",
                "the same with a commit :: true :: git init -q new && cd new && echo a > a && git add a && git commit -qm a :: git -C new log --oneline",
                "in an empty folder :: mkdir empty :: git init -q empty :: git -C empty status",
                "as libgit2 makes it :: true :: mkdir -p new/.git/hooks new/.git/objects new/.git/refs && cd new/.git && echo 'ref: refs/heads/main' > HEAD && printf '[core]\\n    bare = false\\n    repositoryformatversion = 0\\n    filemode = true\\n    logallrefupdates = true\\n' > config && touch hooks/README.sample :: git -C new status",
                "with other object names :: true :: git init -q --object-format=sha256 new :: git -C new status",
                "with a name :: true :: git init -q new && git -C new config user.name x && git -C new config user.email x@example.org :: git -C new config user.name",
                "a clone :: git clone -q --bare --no-hardlinks . vendor.git :: git clone -q --no-hardlinks vendor.git copy && git -C copy checkout -q -b t && git -C copy branch -q u --track origin/main :: git -C copy fetch && git -C copy status",
                "a clone by its whole path :: git clone -q --bare --no-hardlinks . vendor.git :: git clone -q file://$PWD/vendor.git copy :: git -C copy fetch",
                "a plain clone that is collected :: git clone -q . copy :: git gc -q && git -C copy gc -q :: git fsck && git -C copy fsck",
                "a clone of one branch :: git clone -q --bare --no-hardlinks . vendor.git :: git clone -q --no-hardlinks --no-tags --single-branch vendor.git copy :: git -C copy fetch",
                "a clone with submodules :: git clone -q --bare --no-hardlinks . lib.git && git clone -q . x && git -C x -c protocol.file.allow=always submodule --quiet add ../lib.git sub && git -C x commit -qam sub && git clone -q --bare --no-hardlinks x vendor.git && rm -rf x :: git -c protocol.file.allow=always clone -q --recurse-submodules file://$PWD/vendor.git copy :: git -C copy submodule status && git -C copy/sub log",
                "a submodule :: git clone -q --bare --no-hardlinks . lib.git :: git -c protocol.file.allow=always submodule --quiet add file://$PWD/lib.git sub && git commit -qm sub :: git submodule status && git -C sub log && git status",
                "a submodule with a deep name :: git clone -q --bare --no-hardlinks . lib.git :: git -c protocol.file.allow=always submodule --quiet add file://$PWD/lib.git third/party/sub :: git -C third/party/sub status",
                "a submodule that goes :: git clone -q --bare --no-hardlinks . lib.git && git -c protocol.file.allow=always submodule --quiet add ./lib.git sub && git commit -qm sub :: git submodule --quiet deinit -f sub :: git status",
                "a worktree :: true :: git worktree add -q -b t other :: git -C other status && git worktree list",
                "a worktree that works :: git worktree add -q -b t other :: cd other && echo n > n && git add n && git commit -qm n :: git -C other log",
                "a worktree that goes :: git worktree add -q -b t other :: git worktree remove other :: git worktree list",
                "a worktree that is forgotten :: git worktree add -q -b t other && rm -rf other :: git worktree prune :: git worktree list",
                "who commits :: true :: git config user.name 'Some Body' && git config user.email some@example.org :: git config user.name",
                "large files :: true :: git config lfs.repositoryformatversion 0 && echo '*.bin filter=lfs' > .gitattributes :: git config lfs.repositoryformatversion",
                "settings of all kinds stay :: git config alias.x '!f() { echo \"a # b\"; }; f' && git config core.editor 'a \\ b' && git config branch.main.mergeOptions --no-ff :: git config user.name x && git branch -q -m main trunk :: git config branch.trunk.mergeOptions",
                "a branch that follows :: git remote add origin https://example.org/x.git && git update-ref refs/remotes/origin/fix/#1 HEAD :: git checkout -q --track origin/fix/#1 :: git rev-parse --abbrev-ref @{u}",
                "a branch that rebases :: git config branch.autoSetupRebase always && git remote add origin https://example.org/x.git && git update-ref refs/remotes/origin/t HEAD :: git checkout -q --track origin/t :: git config branch.t.rebase",
                "a branch that goes :: git branch -q t && git config branch.t.remote . && git config branch.t.merge refs/heads/main && git config branch.t.vscode-merge-base main :: git branch -q -D t :: ! git config branch.t.remote",
                "a push that is followed :: git clone -q --bare --no-hardlinks . vendor.git && git remote add origin ./vendor.git :: git checkout -q -b t && git commit -q --allow-empty -m t && git push -q -u origin t :: git rev-parse --abbrev-ref @{u} && git -C vendor.git log t",
                "a branch that is described :: git remote add up https://example.org/x.git :: GIT_EDITOR='printf \"one\\ntwo\\n\" >' git branch --edit-description && git config branch.main.pushRemote up :: git config branch.main.description",
                "an index in two files :: for i in $(seq 30); do echo $i > src/$i; done && git add -A && git commit -qm many && git config core.splitIndex true && git update-index --split-index :: for i in 1 2 3; do echo c >> src/$i && git commit -qam $i; done && git rm -q src/9 && git commit -qm rm :: git fsck && test -z \"$(git status --porcelain)\"",
                "an index without folders that are not wanted :: mkdir docs && echo d > docs/d && git add -A && git commit -qm docs && git sparse-checkout init --cone --sparse-index && git sparse-checkout set src :: echo c >> src/a.txt && git commit -qam c :: git ls-files --sparse | grep docs/ && git diff-index --quiet HEAD",
                "a submodule that is taken away :: git clone -q --bare --no-hardlinks . lib.git && git -c protocol.file.allow=always submodule --quiet add ./lib.git sub && git commit -qm sub :: git submodule --quiet deinit -f sub && git rm -q sub && git commit -qm gone :: git status",
                "branches of a submodule that are called like its settings :: git clone -q --bare --no-hardlinks . lib.git && git -c protocol.file.allow=always submodule --quiet add ./lib.git sub && git commit -qm sub :: cd sub && git checkout -q -b config && git commit -q --allow-empty -m one && git checkout -q -b fix/hooks/config-2 && git commit -q --allow-empty -m two && git tag commondir :: git -C sub log config",
                "a stash :: true :: echo c >> src/a.txt && git stash -q && git stash pop -q && git stash -q :: git stash list",
                "a commit that collects :: git config gc.auto 1 && git config maintenance.auto true && mkdir many && for i in $(seq 1500); do echo $i > many/$i; done && git add many :: git commit -q -m many && test $(git count-objects | sed 's/ .*//') -lt 100 :: git fsck",
                "a rebase that goes on :: GIT_SEQUENCE_EDITOR='sed -i s/^pick/edit/' git rebase -q -i HEAD~1 :: GIT_EDITOR=true git rebase --continue :: git log",
                "a folder that is renamed, as the reason for git mv says :: true :: mv src lib && git add -A src lib && git commit -qm lib :: git log --follow lib/a.txt && git diff-index --quiet HEAD",
                "a rebase within one patch :: true :: git rebase -q -x true HEAD~1 :: git log"
            })
    void Y13_ordinaryWorkWithGitTakesEffectAndIsTakenBack(String name, String before, String work, String after)
            throws IOException {
        owner.repository().run(before);

        Receipt receipt = bench.run(shell("work", work));

        assertThat(receipt.outcome()).as(receipt.reason() + receipt.logTail()).isEqualTo(PatchStatus.SUCCEEDED);
        List<String> applied = listing();
        assertThat(bench.undo(WORK, PatchStatus.UNDONE)).isInstanceOf(Undos.Answer.Done.class);
        assertThat(bench.undo(WORK, PatchStatus.SUCCEEDED)).isInstanceOf(Undos.Answer.Done.class);
        assertThat(listing()).isEqualTo(applied);
        owner.run(after);
    }

    /** Without indexes, which have the times of the files that are moved. */
    private List<String> listing() throws IOException {
        return ExactListing.of(bench.workspace.root()).stream()
                .filter(line -> !line.matches("(?s)(\\S*/)?\\.git(/\\S+)*/index .*"))
                .toList();
    }

    @Test
    void aRepositoryIsMadeInAWorkspaceThatIsNone() throws IOException {
        bench.workspace.file("a.txt", "a");

        Receipt receipt = bench.run(shell("work", "git init -q && git add -A && git commit -qm one"));

        assertThat(receipt.outcome()).as(receipt.reason()).isEqualTo(PatchStatus.SUCCEEDED);
        owner.run("git log && git status");
        assertThat(bench.undo(WORK, PatchStatus.UNDONE)).isInstanceOf(Undos.Answer.Done.class);
        assertThat(bench.workspace.root().resolve(".git")).doesNotExist();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiterString = " :: ",
            quoteCharacter = '^',
            value = {
                "husky :: true :: git config core.hooksPath .husky/_ :: .git/config: it would change `core.hooksPath`, :: HUSKY=0 npm install",
                "a remote :: true :: git remote add x https://example.org/x.git :: .git/config: it would change `remote.x.url`, :: name the address in the command",
                "an alias :: true :: git config alias.st status :: .git/config: it would change `alias.st`, :: with `git -c`, or set it with `git config --global`",
                "a key :: true :: git config user.signingKey x :: `user.signingKey` :: git config --global",
                "a command for a submodule :: true :: git config submodule.x.update '!touch x' :: `submodule.x.update` :: and no command",
                "a helper for a submodule :: true :: git config submodule.x.url ext::sh :: `submodule.x.url` :: use an address of https or ssh",
                "a folder for a submodule behind a link :: mkdir ../elsewhere && ln -s ../elsewhere out :: git config submodule.x.url ./out/lib :: `submodule.x.url` :: use an address of https or ssh",
                "a submodule that goes at once :: git clone -q --bare --no-hardlinks . lib.git && git -c protocol.file.allow=always submodule --quiet add ./lib.git sub && git commit -qm sub :: git rm -q sub :: sub/.git: :: after `git submodule deinit -f`",
                "an option for a submodule :: true :: git config submodule.x.url -u./x :: `submodule.x.url` :: use an address of https or ssh",
                "an address for a branch :: true :: git config branch.main.remote https://example.org/x.git :: `branch.main.remote` :: git push origin BRANCH",
                "hooks in a template :: mkdir -p t/hooks && touch t/hooks/pre-commit :: git init -q --template=$PWD/t new :: new/.git/hooks/pre-commit :: run what a hook would do",
                "settings in a template :: mkdir -p t && git config -f t/config core.fsmonitor x :: git init -q --template=$PWD/t new :: new/.git/config: a new repository may not come with `core.fsmonitor`, :: git config --global",
                "borrowed objects :: true :: git clone -q --shared . copy :: copy/.git/objects/info/alternates :: clone without --shared",
                "a partial clone :: git clone -q --bare --no-hardlinks . v.git && git -C v.git config uploadpack.allowFilter true :: git clone -q --filter=blob:none file://$PWD/v.git copy :: copy/.git/config: a new repository may not come with `remote.origin.promisor` :: name the address",
                "a clone from elsewhere :: true :: cp -r . /tmp/x && git clone -q /tmp/x copy :: `remote.origin.url` :: name the address",
                "a repository without files :: true :: git init -q --bare new.git :: new.git/ :: a part of a new repository",
                "a repository around files of another :: true :: git init -q src :: src/.git/ :: in a new or an empty folder",
                "a repository spelled otherwise :: true :: git init -q new && mv new/.git new/.Git :: new/.Git/ :: decides what git runs",
                "a worktree around files :: true :: git worktree add -q -f -b t other && rm -r other && mkdir -p src && echo gitdir: $PWD/.git/worktrees/other > src/.git && echo $PWD/src/.git > .git/worktrees/other/gitdir :: src/.git: :: in a new or an empty folder",
                "a link in place of a submodule :: git clone -q --bare --no-hardlinks . lib.git && git -c protocol.file.allow=always submodule --quiet add ./lib.git sub && git commit -qm sub :: rm -rf sub && ln -s /tmp sub :: sub/.git: :: `git submodule add` do",
                "a worktree with settings :: git config extensions.worktreeConfig true :: git worktree add -q -b t other && git -C other config --worktree core.fsmonitor x :: .git/worktrees/other/config.worktree :: holds settings"
            })
    void Y13_whatMayRunOrRedirectIsRefusedWithItsNameAndAWayRound(
            String name, String before, String work, String names, String wayRound) throws IOException {
        owner.repository().run(before);

        Receipt receipt = bench.run(shell("work", work));

        assertThat(receipt.reason())
                .as(receipt.logTail())
                .startsWith("protected_path: a patch may not change ")
                .contains(names)
                .contains(wayRound);
    }
}
