package dev.patchferry.system.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchferry.system.support.Checkout;
import dev.patchferry.system.support.Command;
import dev.patchferry.system.support.Environment;
import dev.patchferry.system.support.Ferry;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Secrets in files that every command of a patch can read. */
@Tag("launcher")
class ReadableSecretsTest {
    @ParameterizedTest
    @CsvSource({
        "webhook, FERRY_SUBMIT_TOKEN_FILE",
        "webhook, FERRY_GITHUB_SECRET_FILE",
        "runner, FERRY_RUNNER_TOKEN_FILE",
        "runner, FERRY_WEBHOOK_SECRET_FILE",
    })
    void Y2_aServiceDoesNotStartWithASecretInAFileThatPatchesRead(String service, String variable) throws Exception {
        Checkout checkout = Checkout.underTest();
        try (Ferry ferry = Ferry.of(checkout)) {
            Environment environment = ferry.launcher().environment().with(variable, "/etc/passwd");

            Command.Result ended =
                    BareService.of(checkout, environment, service).run();

            assertThat(ended.exitCode()).isEqualTo(78);
            assertThat(ended.out() + ended.err())
                    .contains(variable + " names /etc/passwd, which patches can read", "Move the file");
        }
    }
}
