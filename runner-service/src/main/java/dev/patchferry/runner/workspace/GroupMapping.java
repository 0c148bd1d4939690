package dev.patchferry.runner.workspace;

import dev.patchferry.runner.workspace.fs.Owner;

/**
 * Which groups beside its own an unprivileged runner has to bring into the user namespace in which a workspace is mounted.
 * Overlayfs copies no file there whose owner or group that namespace does not know (EOVERFLOW). The kernel lets a process map
 * its own group alone; every other one takes newgidmap(1), which {@code /etc/subgid} has to allow.
 *
 * @see <a href="https://man7.org/linux/man-pages/man5/subgid.5.html">subgid(5)</a>
 */
public sealed interface GroupMapping {
    /** None: all that the commands could change by hand is the runner's own, or the runner is root. */
    record None() implements GroupMapping {}

    /** These. */
    record Range(int first, int count) implements GroupMapping {}

    /**
     * Some that cannot be had.
     *
     * @param reason what is the matter, and what to do
     */
    record Impossible(String reason) implements GroupMapping {}

    /** What a workspace needs of this process. */
    static GroupMapping of(TreeSurvey survey, boolean hostNetwork) {
        Owner process = Owner.ofThisProcess();
        boolean isOwn = survey.examples().keySet().stream().allMatch(process::equals);
        return process.isRoot() || isOwn
                ? new None()
                : MappableGroups.ofThisProcess().mapping(survey, hostNetwork);
    }
}
