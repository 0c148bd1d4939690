package dev.patchferry.webhook.store;

import dev.patchferry.contract.ProblemType;
import dev.patchferry.foundation.files.DiskSpace;
import dev.patchferry.foundation.files.DiskSpaceGuard;
import dev.patchferry.foundation.problem.ProblemException;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.annotations.CommandLineArguments;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Opens the store when the service starts and closes it when nobody uses it any more. */
@Singleton
public final class StoreLifecycle {
    /** Observers of the start that use the store come after this priority. */
    public static final int OPENED = 100;

    private static final Logger LOG = Logger.getLogger(StoreLifecycle.class);

    private final Path file;
    private final StoreConfig.Store config;
    private final Clock clock;
    private final StoreEvents storeEvents = new StoreEvents();
    private volatile Optional<PatchStore> opened = Optional.empty();

    StoreLifecycle(StoreConfig config, Clock clock) {
        this.file = config.home().resolve("webhook").resolve("ferry.db");
        this.config = config.store();
        this.clock = clock;
    }

    /** Whether the schema is migrated and the store is open. */
    public boolean isOpen() {
        return opened.isPresent();
    }

    void open(@Observes @Priority(OPENED) StartupEvent start, @CommandLineArguments String[] arguments) {
        DiskSpaceGuard floor = new DiskSpaceGuard(
                DiskSpace.around(Objects.requireNonNull(file.getParent())),
                config.diskFloor().asLongValue());
        boolean restored = List.of(arguments).contains("--restored");
        PatchStore store = SqlitePatchStore.open(file, config.largestBatch(), restored, floor, clock, storeEvents);
        if (restored) {
            LOG.warnf("the store was restored interrupted=%d", store.outbox().interruptAll());
        }
        opened = Optional.of(store);
    }

    /** Requests that wait for an outcome must not hold up the shutdown. */
    void letGo(@Observes ShutdownDelayInitiatedEvent stop, CompletionWaiter watch) {
        watch.close();
    }

    /** The HTTP port opens before the migration is done; a request that early is told to come back. */
    @Produces
    @ApplicationScoped
    PatchStore store() {
        return opened.orElseThrow(() ->
                new ProblemException(ProblemType.NOT_READY, "The webhook is starting. Try again in a few seconds."));
    }

    void close(@Disposes PatchStore store) {
        store.close();
    }

    @Produces
    @Singleton
    StoreEvents signals() {
        return storeEvents;
    }

    @Produces
    @Singleton
    CompletionWaiter watch(PatchStore store) {
        return new CompletionWaiter(store, storeEvents);
    }
}
