package dev.patchferry.webhook.delivery;

import io.quarkus.test.junit.QuarkusTestProfile;
import io.smallrye.faulttolerance.AsyncExecutorProvider;
import io.smallrye.faulttolerance.ExecutorHolder;
import io.smallrye.faulttolerance.core.timer.Timer;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Set;

/** The application with a timer for its fault tolerance that a test holds in its hand. */
public class HandHeldBreaker implements QuarkusTestProfile {
    static final HandTimer TIMER = new HandTimer();

    @Override
    public Set<Class<?>> getEnabledAlternatives() {
        return Set.of(Holder.class);
    }

    /** Where the strategies find their timer. */
    @Alternative
    @Singleton
    public static class Holder extends ExecutorHolder {
        @Inject
        public Holder(AsyncExecutorProvider executors) {
            super(executors);
        }

        @Override
        public Timer getTimer() {
            return TIMER;
        }
    }
}
