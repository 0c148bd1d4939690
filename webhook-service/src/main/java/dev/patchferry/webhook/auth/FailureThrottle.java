package dev.patchferry.webhook.auth;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Counts wrong credentials by where they come from. Asked only once a credential has proved to be wrong, so it can shut out
 * nobody who has a right one: behind a tunnel they may share an address. Remembers a bounded number of addresses, the
 * latest.
 */
final class FailureThrottle {
    private static final int AT_ONCE = 20;
    private static final int PER_MINUTE = 20;
    private static final int MOST_ADDRESSES = 10_000;
    /** Whoever has an IPv6 address usually has the 2^64 around it. */
    private static final int IPV6_NETWORK_BYTES = 8;

    private final TimeMeter time;
    private final Map<String, Culprit> culprits = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Culprit> eldest) {
            return size() > MOST_ADDRESSES;
        }
    };

    FailureThrottle(TimeMeter time) {
        this.time = time;
    }

    /** What to make of a wrong credential. */
    sealed interface Verdict {
        /** Few so far: say that it is wrong. */
        record Tell() implements Verdict {}

        /**
         * Too many.
         *
         * @param first whether it is the first of these that is too many
         */
        record TooMany(Duration pause, boolean first) implements Verdict {}
    }

    synchronized Verdict count(InetAddress address) {
        Culprit culprit = culprits.computeIfAbsent(key(address), _ -> new Culprit(bucket()));
        if (culprit.bucket.tryConsume(1)) {
            culprit.told = false;
            return new Verdict.Tell();
        }
        boolean first = !culprit.told;
        culprit.told = true;
        Duration wait =
                Duration.ofNanos(culprit.bucket.estimateAbilityToConsume(1).getNanosToWaitForRefill());
        return new Verdict.TooMany(Seconds.upTo(wait), first);
    }

    synchronized int remembered() {
        return culprits.size();
    }

    private static String key(InetAddress address) {
        byte[] bytes = address.getAddress();
        return HexFormat.of()
                .formatHex(address instanceof Inet6Address ? Arrays.copyOf(bytes, IPV6_NETWORK_BYTES) : bytes);
    }

    private Bucket bucket() {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(AT_ONCE).refillGreedy(PER_MINUTE, Duration.ofMinutes(1)))
                .withCustomTimePrecision(time)
                .build();
    }

    /** An address from which wrong credentials came. */
    private static final class Culprit {
        private final Bucket bucket;
        private boolean told;

        Culprit(Bucket bucket) {
            this.bucket = bucket;
        }
    }
}
