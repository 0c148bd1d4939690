package dev.patchferry.webhook.auth;

import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.NotificationOptions;
import jakarta.enterprise.util.TypeLiteral;
import java.lang.annotation.Annotation;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/** Hears every event that is fired at it. */
final class Heard implements Event<AuthEvent> {
    private final List<AuthEvent> events = new CopyOnWriteArrayList<>();

    List<AuthEvent> events() {
        return events;
    }

    @Override
    public void fire(AuthEvent event) {
        events.add(event);
    }

    @Override
    public <U extends AuthEvent> CompletionStage<U> fireAsync(U event) {
        fire(event);
        return CompletableFuture.completedStage(event);
    }

    @Override
    public <U extends AuthEvent> CompletionStage<U> fireAsync(U event, NotificationOptions options) {
        return fireAsync(event);
    }

    @Override
    public Event<AuthEvent> select(Annotation... qualifiers) {
        return this;
    }

    @Override
    public <U extends AuthEvent> Event<U> select(Class<U> subtype, Annotation... qualifiers) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <U extends AuthEvent> Event<U> select(TypeLiteral<U> subtype, Annotation... qualifiers) {
        throw new UnsupportedOperationException();
    }
}
