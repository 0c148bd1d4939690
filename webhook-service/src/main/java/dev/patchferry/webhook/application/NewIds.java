package dev.patchferry.webhook.application;

import dev.patchferry.contract.PatchId;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.random.RandomGenerator;

/** Makes ids for patches whose senders gave them none: the time to the second, and chance. */
@Singleton
class NewIds {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

    private final Clock clock;
    private final RandomGenerator chance;

    NewIds(Clock clock, RandomGenerator chance) {
        this.clock = clock;
        this.chance = chance;
    }

    PatchId next() {
        return new PatchId("p-%s-%08x".formatted(TIME.format(clock.instant()), chance.nextInt()));
    }
}
