package dev.patchferry.system.launcher;

import dev.patchferry.system.support.Checkout;
import dev.patchferry.system.support.Command;
import dev.patchferry.system.support.Environment;
import dev.patchferry.system.support.Ferry;
import java.nio.file.Path;
import java.util.List;

/** A packaged service that is started without the launcher. */
final class BareService {
    private BareService() {}

    static Command of(Checkout checkout, Ferry ferry, String service) {
        return of(checkout, ferry.launcher().environment(), service);
    }

    static Command of(Checkout checkout, Environment environment, String service) {
        return new Command(
                List.of(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:TieredStopAtLevel=1",
                        "-jar",
                        checkout.root()
                                .resolve(service + "-service/target/quarkus-app/quarkus-run.jar")
                                .toString()),
                environment,
                Path.of("/"));
    }
}
