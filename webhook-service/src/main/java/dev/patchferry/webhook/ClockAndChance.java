package dev.patchferry.webhook;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.random.RandomGenerator;

/** The two things that tests hold in their hands. */
final class ClockAndChance {
    private ClockAndChance() {}

    @Produces
    @Singleton
    static Clock clock() {
        return Clock.systemUTC();
    }

    @Produces
    @Singleton
    static RandomGenerator chance() {
        return RandomGenerator.of("L64X128MixRandom");
    }
}
