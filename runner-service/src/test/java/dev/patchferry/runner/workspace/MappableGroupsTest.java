package dev.patchferry.runner.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchferry.runner.workspace.fs.Owner;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which groups an unprivileged runner brings into its sandbox, and what it says where it cannot. */
class MappableGroupsTest {
    private static final Owner DEPLOY = new Owner(1_000, 1_000);
    private static final List<String> USER = List.of("deploy", "1000");

    @ParameterizedTest
    @CsvSource({
        "deploy:33:1, 33, 33, 1",
        "1000:30:9, 33, 33, 1",
        "deploy:30:20, 33;44, 33, 12",
        "deploy:100000:65536, 100007, 100007, 1"
    })
    void aGroupThatSubgidAllowsIsMapped(String line, String files, int first, int count) {
        assertThat(machine(line).mapping(survey(files), false)).isEqualTo(new GroupMapping.Range(first, count));
    }

    @Test
    void theRunnersOwnGroupNeedsNothing() {
        assertThat(machine("").mapping(survey("1000"), false)).isEqualTo(new GroupMapping.None());
    }

    @ParameterizedTest
    @CsvSource({
        "'', 33, add the line deploy:33:1 to /etc/subgid",
        "somebody:33:1, 33, add the line deploy:33:1 to /etc/subgid",
        "deploy:33:1, 33;44, add the line deploy:33:12 to /etc/subgid",
        "deploy:x:1, 33, add the line deploy:33:1 to /etc/subgid"
    })
    void aGroupThatItDoesNotIsNamedWithTheLineThatWould(String line, String files, String what) {
        assertThat(machine(line).mapping(survey(files), false))
                .isInstanceOfSatisfying(
                        GroupMapping.Impossible.class,
                        impossible -> assertThat(impossible.reason())
                                .contains("/site/of-33 belongs to group 33", what, "chgrp -R 1000"));
    }

    @Test
    void whoeverMayGainNoRightsIsToldSo() {
        MappableGroups bound = new MappableGroups(USER, DEPLOY, List.of("deploy:33:1"), false, true);
        MappableGroups bare = new MappableGroups(USER, DEPLOY, List.of("deploy:33:1"), true, false);

        assertThat(reason(bound.mapping(survey("33"), false))).contains("may gain no rights");
        assertThat(reason(bare.mapping(survey("33"), false))).contains("install newgidmap");
        assertThat(reason(machine("deploy:33:1").mapping(survey("33"), true))).contains("network=host");
    }

    @Test
    void whatBelongsToAnotherUserAndCanBeWrittenByHandIsNamed() {
        TreeSurvey survey = new TreeSurvey(Map.of(new Owner(33, 33), Path.of("/site/uploads")), 0);

        assertThat(reason(machine("deploy:33:1").mapping(survey, false)))
                .contains("/site/uploads belongs to user 33", "give it to that user");
    }

    @ParameterizedTest
    @CsvSource({
        "000001ffffffffff, 0, true",
        "0000000000000000, 0, false",
        "000001ffffffffff, 1, false",
        "0000000000000040, 0, true"
    })
    void rightsAreGainedWithoutNoNewPrivilegesAndWithinTheBounds(String bounding, int noNewPrivileges, boolean gained) {
        assertThat(MappableGroups.mayGainRights(List.of("CapBnd:\t" + bounding, "NoNewPrivs:\t" + noNewPrivileges)))
                .isEqualTo(gained);
    }

    private static MappableGroups machine(String line) {
        return new MappableGroups(USER, DEPLOY, List.of(line), true, true);
    }

    private static TreeSurvey survey(String groups) {
        return new TreeSurvey(
                List.of(groups.split(";", -1)).stream()
                        .collect(Collectors.toMap(
                                group -> new Owner(1_000, Integer.parseInt(group)),
                                group -> Path.of("/site/of-" + group))),
                0);
    }

    private static String reason(GroupMapping mapping) {
        return ((GroupMapping.Impossible) mapping).reason();
    }
}
