package dev.patchferry.system.guides;

import dev.patchferry.system.support.Checkout;
import dev.patchferry.system.support.Command;
import dev.patchferry.system.support.Environment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A repository whose only commit has what {@code ./ferry up} needs, and the build that it would make. */
final class BuiltRepository {
    private static final String COMMIT = "git init -q . && git add --all --force . "
            + "&& git -c user.name=a -c user.email=a@example.com commit -q -m everything";

    private BuiltRepository() {}

    static void create(Path folder) throws IOException {
        Checkout checkout = Checkout.underTest();
        checkout.copyWithBuild(Files.createDirectory(folder));
        checkout.copy(folder, List.of("cloudflared", "docker-compose.yml"));
        Command.Result commit =
                Command.of(Environment.plain(), folder, "sh", "-c", COMMIT).run();
        if (commit.exitCode() != 0) {
            throw new IOException(commit.err());
        }
    }
}
