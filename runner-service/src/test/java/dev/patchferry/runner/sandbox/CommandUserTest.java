package dev.patchferry.runner.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchferry.runner.workspace.fs.Owner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandUserTest {
    @TempDir
    Path etc;

    @BeforeEach
    void setUp() throws IOException {
        Files.writeString(etc.resolve("passwd"), """
                root:x:0:0:root:/root:/bin/sh
                ann:x:1000:1000:Ann:/home/ann:/bin/sh
                ben:x:1001:100:Ben:/home/ben:/bin/sh
                halt:x:7:0:halt:/sbin:/sbin/halt
                disk:x:8:6:its own group is root's:/:/bin/sh
                +::::::
                """);
        Files.writeString(etc.resolve("group"), """
                root:x:0:
                ann:x:1000:
                users:x:100:
                disk:x:6:root,ann
                web:x:33:ann
                shadow:x:42:
                +:::
                """);
    }

    @ParameterizedTest
    @CsvSource({
        "1000, 1000, 1000, the own group",
        "1000, 33, 33, a group of which the owner is a member",
        "1000, 0, 1000, root's group",
        "1000, 6, 1000, a group that root is a member of",
        "1000, 42, 1000, a group of which the owner is no member",
        "1001, 0, 100, another primary group than the number of the user",
        "7, 7, 65534, a user whose own group is root's",
        "8, 0, 65534, a user whose own group has root as a member",
        "2000, 2000, 2000, a user and a group without a name",
        "2000, 0, 65534, a user without a name and root's group",
        "2000, 42, 65534, a user without a name and a group with one",
        "0, 0, 0, root"
    })
    void Y14_commandsGetAGroupOfTheOwners(int uid, int gid, int expected, String because) {
        assertThat(new CommandUser(etc).of(new Owner(uid, gid))).as(because).isEqualTo(new Owner(uid, expected));
    }

    /** Ann is in disk, which is root's, too, and in web; shadow is another's. */
    @ParameterizedTest
    @CsvSource({
        "1000, 1000, 33;6;42, 33",
        "1000, 1000, 6;42, ''",
        "1000, 33, 33;1000, 1000",
        "1001, 100, 33, ''",
        "0, 0, 33, ''"
    })
    void Y14_itsOtherGroupsAreThoseOfTheOwnersThatFilesBelongTo(int uid, int gid, String files, String expected)
            throws IOException {
        Set<Integer> groups =
                Stream.of(files.split(";", -1)).map(Integer::valueOf).collect(Collectors.toSet());

        assertThat(new CommandUser(etc).supplementary(new Owner(uid, gid), groups))
                .map(String::valueOf)
                .isEqualTo(expected.isEmpty() ? List.of() : List.of(expected));
    }

    @Test
    void Y14_withoutTheMachinesFilesRootsGroupIsNobodys() {
        assertThat(new CommandUser(etc.resolve("none")).of(new Owner(1000, 0)))
                .isEqualTo(new Owner(1000, CommandUser.NO_GROUP));
    }
}
