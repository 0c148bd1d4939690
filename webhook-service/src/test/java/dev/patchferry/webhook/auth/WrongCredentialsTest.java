package dev.patchferry.webhook.auth;

import static dev.patchferry.webhook.Http.asSubmitter;
import static dev.patchferry.webhook.Http.problem;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.matchesPattern;

import dev.patchferry.webhook.WithRunner;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Loopback is a trusted proxy here, as behind a tunnel on the same machine. */
@QuarkusTest
@WithTestResource(WithRunner.class)
@TestProfile(WrongCredentialsTest.BehindAProxy.class)
class WrongCredentialsTest {
    public static final class BehindAProxy implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("ferry.trusted-proxies", "127.0.0.0/8,::1");
        }
    }

    @Test
    void areSlowedPerAddressAndLockNobodyOut() {
        Response last = guess("203.0.113.7");
        int told = 0;
        while (last.statusCode() == 401 && told < 60) {
            told++;
            last = guess("203.0.113.7");
        }

        // One more is told every three seconds.
        assertThat(told).isBetween(20, 59);
        problem(last.then(), 429, "rate-limited").header("Retry-After", matchesPattern("[1-9][0-9]*"));
        problem(guess("203.0.113.8").then(), 401, "unauthenticated");
        asSubmitter()
                .header("CF-Connecting-IP", "203.0.113.7")
                .get("/patches")
                .then()
                .statusCode(200);
    }

    private static Response guess(String from) {
        return given().header("Authorization", "Bearer wrong-wrong-wrong-wrong")
                .header("CF-Connecting-IP", from)
                .get("/patches");
    }
}
