package dev.patchferry.foundation.http;

import java.time.Duration;

/**
 * How long a request may take to arrive, counted from its first byte.
 *
 * @param head until the end of its head
 * @param whole until its last byte; more than {@code head}
 */
record RequestTimeouts(Duration head, Duration whole) {
    RequestTimeouts {
        if (head.isNegative() || head.isZero() || whole.compareTo(head) <= 0) {
            throw new IllegalArgumentException(
                    "ferry.http.head-timeout has to be more than nothing, and ferry.http.request-timeout more than"
                            + " that");
        }
    }
}
