package dev.patchferry.webhook.auth;

import io.github.bucket4j.TimeMeter;
import java.time.Duration;

/** Time that passes when it is told to. */
final class HandMeter implements TimeMeter {
    private long nanos;

    void advance(Duration by) {
        nanos += by.toNanos();
    }

    @Override
    public long currentTimeNanos() {
        return nanos;
    }

    @Override
    public boolean isWallClockBased() {
        return false;
    }
}
