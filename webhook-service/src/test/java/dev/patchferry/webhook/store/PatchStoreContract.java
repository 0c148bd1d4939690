package dev.patchferry.webhook.store;

import static dev.patchferry.webhook.Samples.cursor;
import static dev.patchferry.webhook.Samples.event;
import static dev.patchferry.webhook.Samples.patch;
import static dev.patchferry.webhook.Samples.receipt;
import static dev.patchferry.webhook.Samples.runnerPatch;
import static org.assertj.core.api.Assertions.assertThat;

import dev.patchferry.contract.ContentHash;
import dev.patchferry.contract.EventCursor;
import dev.patchferry.contract.PatchId;
import dev.patchferry.contract.PatchStatus;
import dev.patchferry.contract.StatusChange;
import dev.patchferry.contract.WorkspaceName;
import dev.patchferry.webhook.HandClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store must do, whatever it keeps its rows in. */
abstract class PatchStoreContract {
    private static final WorkspaceName DEFAULT = WorkspaceName.DEFAULT;

    final HandClock clock = new HandClock();
    final List<StoreEvent> heard = new CopyOnWriteArrayList<>();
    PatchStore store;

    /** Opens the store under test; a second call opens the same data again. */
    abstract PatchStore open(StoreEvents storeEvents);

    @BeforeEach
    void openStore() {
        StoreEvents storeEvents = new StoreEvents();
        storeEvents.subscribe(heard::add);
        store = open(storeEvents);
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    @Test
    void keepsAPatchWithItsPlaceInTheOutboxOverARestart() {
        store.accept(patch("a"));

        store.close();
        openStore();

        assertThat(store.find(new PatchId("a")))
                .hasValueSatisfying(found -> assertThat(found.status()).isEqualTo(PatchStatus.ACCEPTED));
        assertThat(store.outbox().head(DEFAULT))
                .map(OutboxEntry::document)
                .contains(patch("a").document());
    }

    @Test
    void refusesAnotherBodyUnderTheIdOfASignedMessageAlsoAfterARestart() {
        assertThat(store.accept(signed("msg_1", "a", "echo one"))).isInstanceOf(Acceptance.Stored.class);
        assertThat(store.accept(signed("msg_1", "a", "echo one"))).isInstanceOf(Acceptance.Duplicate.class);

        store.close();
        openStore();

        assertThat(store.accept(signed("msg_1", "b", "echo two"))).isEqualTo(new Acceptance.Reused("msg_1"));
        assertThat(store.find(new PatchId("b"))).isEmpty();
        assertThat(store.accept(signed("msg_1", "a", "echo one"))).isInstanceOf(Acceptance.Duplicate.class);
        assertThat(store.accept(signed("msg_2", "b", "echo two"))).isInstanceOf(Acceptance.Stored.class);
    }

    @Test
    void keepsNoSignedMessageThatBroughtNothing() {
        store.accept(patch("a", "echo one", "default"));

        assertThat(store.accept(signed("msg_1", "a", "echo two"))).isInstanceOf(Acceptance.Conflict.class);
        assertThat(store.accept(signed("msg_1", "b", "echo two"))).isInstanceOf(Acceptance.Stored.class);
    }

    @Test
    void remembersASignedMessageThatBroughtADuplicate() {
        store.accept(patch("a", "echo one", "default"));
        assertThat(store.accept(signed("msg_1", "a", "echo one"))).isInstanceOf(Acceptance.Duplicate.class);

        assertThat(store.accept(signed("msg_1", "b", "echo two"))).isEqualTo(new Acceptance.Reused("msg_1"));
    }

    @Test
    void forgetsSignedMessagesAfterATimeAndNoPatch() {
        store.accept(signed("msg_1", "a", "echo one"));
        clock.advance(Duration.ofDays(30));
        store.accept(signed("msg_2", "b", "echo two"));

        assertThat(store.forgetMessages(clock.instant(), 10)).isEqualTo(1);

        assertThat(store.accept(signed("msg_1", "c", "echo three"))).isInstanceOf(Acceptance.Stored.class);
        assertThat(store.accept(signed("msg_2", "d", "echo four"))).isInstanceOf(Acceptance.Reused.class);
        assertThat(store.accept(signed("msg_3", "a", "echo other"))).isInstanceOf(Acceptance.Conflict.class);
    }

    private static NewPatch signed(String message, String id, String command) {
        NewPatch patch = patch(id, command, "default");
        return new NewPatch(
                patch.id(),
                patch.workspace(),
                patch.hash(),
                patch.sender(),
                patch.document(),
                Optional.of(new SignedMessage(
                        message, ContentHash.ofBytes(patch.document().bytes()))),
                RequestOrigin.UNKNOWN);
    }

    @Test
    void storesOneRowForTwentyEqualPatchesAtOnce() throws Exception {
        CyclicBarrier start = new CyclicBarrier(20);
        List<Acceptance> answers;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Acceptance> send = () -> {
                start.await();
                return store.accept(patch("same"));
            };
            answers = threads.invokeAll(Collections.nCopies(20, send)).stream()
                    .map(Future::resultNow)
                    .toList();
        }

        assertThat(answers).filteredOn(Acceptance.Stored.class::isInstance).hasSize(1);
        assertThat(answers).filteredOn(Acceptance.Duplicate.class::isInstance).hasSize(19);
        assertThat(store.outbox().depth()).isOne();
    }

    @Test
    void withoutAnIdTheSameContentIsThePatchThatHasNotEnded() {
        assertThat(store.acceptUnlessUnderWay(patch("first"))).isInstanceOf(Acceptance.Stored.class);
        store.close();
        openStore();

        assertThat(store.acceptUnlessUnderWay(patch("second")))
                .isInstanceOfSatisfying(
                        Acceptance.Duplicate.class,
                        known -> assertThat(known.patch().id()).isEqualTo(new PatchId("first")));
        assertThat(store.acceptUnlessUnderWay(patch("other", "echo other", "default")))
                .isInstanceOf(Acceptance.Stored.class);
        assertThat(store.acceptUnlessUnderWay(patch("elsewhere", "echo hi", "elsewhere")))
                .isInstanceOf(Acceptance.Stored.class);

        store.cancelUnsent(new PatchId("first"), "cancelled: for the test");
        assertThat(store.acceptUnlessUnderWay(patch("third"))).isInstanceOf(Acceptance.Stored.class);
    }

    @Test
    void withoutAnIdTwentyOfOneContentAtOnceAreOnePatch() throws Exception {
        CyclicBarrier start = new CyclicBarrier(20);
        List<Acceptance> answers;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Acceptance>> sends = IntStream.range(0, 20)
                    .<Callable<Acceptance>>mapToObj(number -> () -> {
                        start.await();
                        return store.acceptUnlessUnderWay(patch("made-" + number));
                    })
                    .toList();
            answers = threads.invokeAll(sends).stream().map(Future::resultNow).toList();
        }

        assertThat(answers).filteredOn(Acceptance.Stored.class::isInstance).hasSize(1);
        assertThat(store.outbox().depth()).isOne();
    }

    @Test
    void refusesOtherContentUnderAKnownIdAndSuggestsAFreeOne() {
        store.accept(patch("fix-1"));
        store.accept(patch("fix-1-2"));

        Acceptance second = store.accept(patch("fix-1", "echo other", "default"));

        assertThat(second)
                .isInstanceOfSatisfying(
                        Acceptance.Conflict.class,
                        conflict -> assertThat(conflict.free()).isEqualTo(new PatchId("fix-1-3")));
        assertThat(store.find(new PatchId("fix-1")).orElseThrow().hash())
                .isEqualTo(patch("fix-1").hash());
    }

    @Test
    void suggestsAnIdThatIsNotTooLong() {
        String longest = "x".repeat(128);
        store.accept(patch(longest));

        Acceptance second = store.accept(patch(longest, "echo other", "default"));

        assertThat(((Acceptance.Conflict) second).free().value()).hasSize(128).endsWith("-2");
    }

    @Test
    void listsNewestFirstByStatusWorkspaceAndPrincipalInPages() {
        store.accept(patch("a", "x", "one"));
        store.accept(patch("b", "x", "two"));
        store.accept(patch("c", "x", "one"));
        store.runnerEvents().apply(List.of(event(1, patch("a", "x", "one"), PatchStatus.QUEUED, Optional.empty())));

        assertThat(ids(query(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty())))
                .containsExactly("c", "b", "a");
        assertThat(ids(query(Optional.of(PatchStatus.QUEUED), Optional.empty(), Optional.empty(), Optional.empty())))
                .containsExactly("a");
        assertThat(ids(query(
                        Optional.empty(), Optional.of(new WorkspaceName("one")), Optional.empty(), Optional.empty())))
                .containsExactly("c", "a");
        assertThat(ids(query(Optional.empty(), Optional.empty(), Optional.of("nobody"), Optional.empty())))
                .isEmpty();
        long b = store.find(new PatchId("b")).orElseThrow().seq();
        assertThat(ids(query(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(b))))
                .containsExactly("a");
    }

    @Test
    void handsOutEachLaneInTheOrderOfAcceptance() {
        store.accept(patch("a1", "x", "one"));
        store.accept(patch("b1", "x", "two"));
        store.accept(patch("a2", "x", "one"));

        assertThat(store.outbox().lanes()).map(WorkspaceName::value).containsExactlyInAnyOrder("one", "two");
        assertThat(head("one")).isEqualTo("a1");
        assertThat(head("two")).isEqualTo("b1");

        settle("one", new DeliveryDecision.Refused("no"));

        assertThat(head("one")).isEqualTo("a2");
    }

    @Test
    void takesAForwardedPatchOutOfTheOutboxInTheStateTheRunnerTold() {
        store.accept(patch("a"));

        settle(
                "default",
                new DeliveryDecision.Forwarded(runnerPatch(patch("a"), PatchStatus.QUEUED, PatchStatus.RUNNING)));

        StoredPatch stored = store.find(new PatchId("a")).orElseThrow();
        assertThat(stored.status()).isEqualTo(PatchStatus.RUNNING);
        assertThat(stored.forwarded()).isTrue();
        assertThat(store.outbox().depth()).isZero();
        assertThat(store.history(new PatchId("a")))
                .map(StatusChange::status)
                .containsExactly(PatchStatus.ACCEPTED, PatchStatus.QUEUED, PatchStatus.RUNNING);
    }

    @Test
    void plansTheNextAttemptAndRemembersWhetherOneMayHaveArrived() {
        store.accept(patch("a"));
        OutboxEntry first = store.outbox().head(DEFAULT).orElseThrow();
        store.outbox().sending(first);
        store.outbox()
                .settle(
                        first,
                        attempt(),
                        new DeliveryDecision.Later(clock.instant().plusSeconds(5), false));
        OutboxEntry second = store.outbox().head(DEFAULT).orElseThrow();

        assertThat(second.sentBefore()).isFalse();
        assertThat(second.failures()).isOne();
        assertThat(second.dueAt()).isEqualTo(clock.instant().plusSeconds(5));
        assertThat(store.outbox().nextAttemptAt(new PatchId("a"))).contains(second.dueAt());

        store.outbox().sending(second);
        store.outbox()
                .settle(
                        second,
                        attempt(),
                        new DeliveryDecision.Later(clock.instant().plusSeconds(9), true));

        assertThat(store.outbox().head(DEFAULT).orElseThrow().sentBefore()).isTrue();
        assertThat(store.outbox().attempts(new PatchId("a"))).hasSize(2).contains(attempt());
    }

    @Test
    void givesUpWithAReasonAndDeliversAgainWhenAsked() {
        store.accept(patch("a"));
        settle("default", new DeliveryDecision.GivenUp("not_delivered"));
        assertThat(status("a")).isEqualTo(PatchStatus.UNDELIVERABLE);
        assertThat(store.outbox().depth()).isZero();

        clock.advance(Duration.ofHours(30));
        assertThat(store.redeliver(new PatchId("a"))).isTrue();

        assertThat(status("a")).isEqualTo(PatchStatus.ACCEPTED);
        assertThat(store.outbox().head(DEFAULT))
                .hasValueSatisfying(
                        outboxEntry -> assertThat(outboxEntry.enqueuedAt()).isEqualTo(clock.instant()));
        assertThat(store.redeliver(new PatchId("a"))).isFalse();
    }

    @Test
    void X20_cancelsWhatNeverLeftAndNothingElse() {
        store.accept(patch("unsent"));
        store.accept(patch("sent", "x", "two"));
        OutboxEntry unsent = store.outbox().head(DEFAULT).orElseThrow();
        assertThat(store.outbox()
                        .sending(store.outbox().head(new WorkspaceName("two")).orElseThrow()))
                .isTrue();

        assertThat(store.cancelUnsent(new PatchId("unsent"), "cancelled: by a test"))
                .isTrue();
        assertThat(store.cancelUnsent(new PatchId("unsent"), "cancelled: by a test"))
                .isFalse();
        assertThat(store.cancelUnsent(new PatchId("sent"), "cancelled: by a test"))
                .isFalse();
        assertThat(store.cancelUnsent(new PatchId("nobody"), "cancelled: by a test"))
                .isFalse();

        assertThat(status("unsent")).isEqualTo(PatchStatus.CANCELLED);
        assertThat(store.find(new PatchId("unsent"))
                        .orElseThrow()
                        .receipt()
                        .orElseThrow()
                        .reason())
                .isEqualTo("cancelled: by a test");
        assertThat(store.outbox().head(DEFAULT)).isEmpty();
        assertThat(store.outbox().sending(unsent)).isFalse();
        assertThat(status("sent")).isEqualTo(PatchStatus.ACCEPTED);
    }

    @Test
    void believesTheRunnerEvenAfterGivingUp() {
        store.accept(patch("a"));
        settle("default", new DeliveryDecision.GivenUp("outcome_unknown"));

        apply(1, "a", PatchStatus.RUNNING);

        assertThat(status("a")).isEqualTo(PatchStatus.RUNNING);
    }

    @Test
    void needsNoSecondDeliveryWhenAnEventShowsThatTheRunnerHasIt() {
        store.accept(patch("a"));

        apply(1, "a", PatchStatus.QUEUED);

        assertThat(store.outbox().depth()).isZero();
        assertThat(store.find(new PatchId("a")).orElseThrow().forwarded()).isTrue();
    }

    @Test
    void appliesAnEventOnceHoweverOftenItComes() {
        store.accept(patch("a"));
        apply(1, "a", PatchStatus.QUEUED);
        apply(2, "a", PatchStatus.RUNNING);
        apply(3, "a", PatchStatus.INTERRUPTED);
        List<StatusChange> history = store.history(new PatchId("a"));

        assertThat(apply(1, "a", PatchStatus.QUEUED)).isEqualTo(RunnerEventStore.Applied.KNOWN);
        assertThat(apply(2, "a", PatchStatus.RUNNING)).isEqualTo(RunnerEventStore.Applied.KNOWN);
        assertThat(apply(3, "a", PatchStatus.INTERRUPTED)).isEqualTo(RunnerEventStore.Applied.KNOWN);

        assertThat(store.history(new PatchId("a"))).isEqualTo(history);
    }

    @Test
    void keepsTheCursorWithTheEventAndTheReceiptWithTheEnd() {
        assertThat(store.runnerEvents().cursor()).isEqualTo(EventCursor.START);
        store.accept(patch("a"));
        apply(1, "a", PatchStatus.QUEUED);
        apply(2, "a", PatchStatus.RUNNING);
        store.runnerEvents()
                .apply(List.of(
                        event(3, patch("a"), PatchStatus.SUCCEEDED, Optional.of(receipt(PatchStatus.SUCCEEDED)))));

        store.close();
        openStore();

        assertThat(store.runnerEvents().cursor()).isEqualTo(cursor(3));
        assertThat(store.find(new PatchId("a")).orElseThrow().receipt()).contains(receipt(PatchStatus.SUCCEEDED));
    }

    @Test
    void appliesManyEventsInTheirOrderAndTellsOfEach() {
        store.accept(patch("a"));
        store.accept(patch("b", "x", "one"));

        List<RunnerEventStore.Applied> applied = store.runnerEvents()
                .apply(List.of(
                        event(1, patch("a"), PatchStatus.QUEUED, Optional.empty()),
                        event(2, patch("a"), PatchStatus.RUNNING, Optional.empty()),
                        event(3, patch("b", "x", "one"), PatchStatus.QUEUED, Optional.empty()),
                        event(4, patch("stranger"), PatchStatus.QUEUED, Optional.empty())));

        assertThat(applied)
                .containsExactly(
                        RunnerEventStore.Applied.CHANGED,
                        RunnerEventStore.Applied.CHANGED,
                        RunnerEventStore.Applied.CHANGED,
                        RunnerEventStore.Applied.UNKNOWN_PATCH);
        assertThat(status("a")).isEqualTo(PatchStatus.RUNNING);
        assertThat(status("b")).isEqualTo(PatchStatus.QUEUED);
        assertThat(store.runnerEvents().cursor()).isEqualTo(cursor(4));
    }

    @Test
    void ignoresAnEventAboutOtherContentButMovesPastIt() {
        store.accept(patch("a"));

        List<RunnerEventStore.Applied> applied = store.runnerEvents()
                .apply(List.of(event(7, patch("a", "echo other", "default"), PatchStatus.QUEUED, Optional.empty())));

        assertThat(applied).containsExactly(RunnerEventStore.Applied.OTHER_CONTENT);
        assertThat(status("a")).isEqualTo(PatchStatus.ACCEPTED);
        assertThat(store.runnerEvents().cursor()).isEqualTo(cursor(7));
    }

    @Test
    void movesPastAnEventAboutAPatchItNeverHad() {
        assertThat(apply(4, "stranger", PatchStatus.QUEUED)).isEqualTo(RunnerEventStore.Applied.UNKNOWN_PATCH);
        assertThat(store.runnerEvents().cursor()).isEqualTo(cursor(4));
    }

    @Test
    void neverMovesAgainstTheTransitionsOfTheContract() {
        store.accept(patch("a"));
        apply(1, "a", PatchStatus.QUEUED);
        apply(2, "a", PatchStatus.CANCELLED);

        assertThat(apply(3, "a", PatchStatus.RUNNING)).isEqualTo(RunnerEventStore.Applied.KNOWN);
        assertThat(status("a")).isEqualTo(PatchStatus.CANCELLED);
    }

    @Test
    void interruptsWhatTheRunnerLostAndNeverSendsItAgain() {
        store.accept(patch("unsent"));
        store.accept(patch("forwarded", "x", "one"));
        store.accept(patch("perhaps", "x", "two"));
        settle("one", new DeliveryDecision.Forwarded(runnerPatch(patch("forwarded", "x", "one"), PatchStatus.QUEUED)));
        store.outbox().sending(store.outbox().head(new WorkspaceName("two")).orElseThrow());

        assertThat(store.runnerEvents().underway()).map(PatchId::value).containsExactly("forwarded", "perhaps");
        store.runnerEvents().underway().forEach(store.runnerEvents()::lost);
        store.runnerEvents().resumeAt(cursor(9));

        assertThat(status("forwarded")).isEqualTo(PatchStatus.INTERRUPTED);
        assertThat(status("perhaps")).isEqualTo(PatchStatus.INTERRUPTED);
        assertThat(status("unsent")).isEqualTo(PatchStatus.ACCEPTED);
        assertThat(store.find(new PatchId("forwarded")).orElseThrow().reason()).startsWith("runner_state_lost");
        assertThat(store.outbox().lanes()).containsExactly(DEFAULT);
        assertThat(store.find(new PatchId("perhaps"))
                        .orElseThrow()
                        .receipt()
                        .orElseThrow()
                        .summary())
                .startsWith("Interrupted; whether it took effect is not known.");
        assertThat(store.runnerEvents().cursor()).isEqualTo(cursor(9));
    }

    @Test
    void asksForWhatWasGivenUpAlthoughTheRunnerMayHaveIt() {
        store.accept(patch("unsent"));
        store.accept(patch("perhaps", "x", "one"));
        OutboxEntry perhaps = store.outbox().head(new WorkspaceName("one")).orElseThrow();
        store.outbox().sending(perhaps);
        store.outbox().settle(perhaps, attempt(), new DeliveryDecision.GivenUp("outcome_unknown"));

        assertThat(store.runnerEvents().underway()).map(PatchId::value).containsExactly("perhaps");
    }

    @Test
    void afterARestoreWhatWaitedIsInterruptedUnlessTheRunnerKnowsBetter() {
        store.accept(patch("ran"));
        store.accept(patch("unknown", "x", "one"));

        assertThat(store.outbox().interruptAll()).isEqualTo(2);
        apply(1, "ran", PatchStatus.QUEUED);
        apply(2, "ran", PatchStatus.RUNNING);
        apply(3, "ran", PatchStatus.SUCCEEDED);

        assertThat(store.outbox().depth()).isZero();
        assertThat(status("unknown")).isEqualTo(PatchStatus.INTERRUPTED);
        assertThat(store.find(new PatchId("unknown")).orElseThrow().reason()).startsWith("webhook_restored: ");
        assertThat(status("ran")).isEqualTo(PatchStatus.SUCCEEDED);
    }

    @Test
    void beginsToFollowWhereItIsToldOnlyOnce() {
        store.runnerEvents().beginAt(cursor(3));
        store.runnerEvents().beginAt(cursor(1));

        assertThat(store.runnerEvents().cursor()).isEqualTo(cursor(3));
    }

    @Test
    void tellsWhatItCommittedAndOnlyThat() {
        store.accept(patch("a"));
        store.accept(patch("a"));
        apply(1, "a", PatchStatus.QUEUED);
        apply(1, "a", PatchStatus.QUEUED);

        assertThat(heard)
                .containsExactly(
                        new StoreEvent.Enqueued(DEFAULT),
                        new StoreEvent.Changed(store.find(new PatchId("a")).orElseThrow()));
    }

    @Test
    void dropsTheResultsOfWhatEndedLongAgoAndKeepsThatItWas() {
        store.accept(patch("old"));
        settle("default", new DeliveryDecision.Refused("no such workspace"));
        clock.advance(Duration.ofDays(30));
        store.accept(patch("new"));
        settle("default", new DeliveryDecision.Refused("no such workspace"));
        store.accept(patch("waits"));

        assertThat(store.dropResults(clock.instant().minus(Duration.ofDays(29)), 10))
                .isOne();

        StoredPatch old = store.find(new PatchId("old")).orElseThrow();
        assertThat(old.droppedAt()).contains(clock.instant());
        assertThat(old.receipt()).isEmpty();
        assertThat(store.outbox().attempts(old.id())).isEmpty();
        assertThat(store.history(old.id()))
                .map(StatusChange::status)
                .containsExactly(PatchStatus.ACCEPTED, PatchStatus.REJECTED);
        assertThat(store.find(new PatchId("new")).orElseThrow().receipt()).isPresent();
        assertThat(store.outbox().head(DEFAULT).orElseThrow().document())
                .isEqualTo(patch("waits").document());
        assertThat(store.dropResults(clock.instant().minus(Duration.ofDays(29)), 10))
                .isZero();
    }

    @Test
    void knowsTheContentOfAPatchWhoseDocumentWasDropped() {
        store.accept(patch("old"));
        settle("default", new DeliveryDecision.Refused("no such workspace"));
        clock.advance(Duration.ofDays(31));
        store.dropResults(clock.instant().minus(Duration.ofDays(30)), 10);

        assertThat(store.accept(patch("old"))).isInstanceOf(Acceptance.Duplicate.class);
        assertThat(store.accept(patch("old", "echo other", "default"))).isInstanceOf(Acceptance.Conflict.class);
        assertThat(store.outbox().depth()).isZero();
    }

    @Test
    void dropsAFewAtATimeLongestEndedFirst() {
        for (int i = 0; i < 5; i++) {
            store.accept(patch("p" + i));
            settle("default", new DeliveryDecision.Refused("no"));
            clock.advance(Duration.ofSeconds(1));
        }
        clock.advance(Duration.ofDays(31));
        Instant before = clock.instant().minus(Duration.ofDays(30));

        assertThat(store.dropResults(before, 2)).isEqualTo(2);

        assertThat(ids(query(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty())))
                .hasSize(5);
        assertThat(store.find(new PatchId("p1")).orElseThrow().droppedAt()).isPresent();
        assertThat(store.find(new PatchId("p2")).orElseThrow().droppedAt()).isEmpty();
        assertThat(store.dropResults(before, 10)).isEqualTo(3);
    }

    @Test
    void doesNotDeliverAgainWhatItNoLongerHolds() {
        store.accept(patch("gone"));
        settle("default", new DeliveryDecision.GivenUp("not_delivered"));
        clock.advance(Duration.ofDays(31));
        store.dropResults(clock.instant().minus(Duration.ofDays(30)), 10);

        assertThat(store.redeliver(new PatchId("gone"))).isFalse();
        assertThat(status("gone")).isEqualTo(PatchStatus.UNDELIVERABLE);
    }

    @Test
    void keepsTheReceiptOfWhatHappensToAPatchAfterItsResultsWereDropped() {
        store.accept(patch("a"));
        settle("default", new DeliveryDecision.GivenUp("outcome_unknown"));
        clock.advance(Duration.ofDays(31));
        store.dropResults(clock.instant().minus(Duration.ofDays(30)), 10);

        store.runnerEvents()
                .apply(List.of(event(1, patch("a"), PatchStatus.FAILED, Optional.of(receipt(PatchStatus.FAILED)))));

        StoredPatch known = store.find(new PatchId("a")).orElseThrow();
        assertThat(known.receipt()).contains(receipt(PatchStatus.FAILED));
        assertThat(known.droppedAt()).isEmpty();
    }

    private PatchQuery query(
            Optional<PatchStatus> status,
            Optional<WorkspaceName> workspace,
            Optional<String> principal,
            Optional<Long> before) {
        return new PatchQuery(
                status.map(Set::of).orElse(Set.of()),
                workspace,
                principal,
                Optional.empty(),
                PatchQuery.Order.NEWEST,
                before,
                10);
    }

    private List<String> ids(PatchQuery query) {
        return store.list(query).stream().map(patch -> patch.id().value()).toList();
    }

    private String head(String lane) {
        return store.outbox().head(new WorkspaceName(lane)).orElseThrow().id().value();
    }

    private void settle(String lane, DeliveryDecision deliveryDecision) {
        OutboxEntry outboxEntry = store.outbox().head(new WorkspaceName(lane)).orElseThrow();
        store.outbox().sending(outboxEntry);
        store.outbox().settle(outboxEntry, attempt(), deliveryDecision);
    }

    private DeliveryAttempt attempt() {
        return new DeliveryAttempt(clock.instant(), "failed: no connection", Optional.empty(), 12);
    }

    private RunnerEventStore.Applied apply(long number, String id, PatchStatus status) {
        return store.runnerEvents()
                .apply(List.of(event(number, patch(id), status, Optional.empty())))
                .getFirst();
    }

    private PatchStatus status(String id) {
        return store.find(new PatchId(id)).orElseThrow().status();
    }

    @Test
    void theChronicleTellsEveryStateOfEveryPatchInOrderAndGoesOnFromAnyPlace() {
        store.accept(patch("a"));
        store.accept(patch("b"));
        store.runnerEvents().apply(List.of(event(1, patch("b"), PatchStatus.QUEUED, Optional.empty())));
        store.runnerEvents().apply(List.of(event(2, patch("a"), PatchStatus.QUEUED, Optional.empty())));
        store.activityLog().note(List.of(note("b", 1)));
        store.runnerEvents().apply(List.of(event(3, patch("a"), PatchStatus.RUNNING, Optional.empty())));

        List<ActivityLog.PositionedEvent> all =
                store.activityLog().after(FeedCursor.START, 100).events();

        assertThat(all)
                .extracting(placed -> told(placed.event()))
                .containsExactlyInAnyOrder(
                        "a accepted", "b accepted", "b queued", "a queued", "asked for b", "a running")
                .containsSubsequence("a accepted", "a queued", "a running")
                .containsSubsequence("b accepted", "b queued", "asked for b", "a running");
        assertThat(all.getLast().after()).isEqualTo(store.activityLog().end());
        for (int i = 0; i < all.size(); i++) {
            assertThat(store.activityLog().after(all.get(i).after(), 100).events())
                    .isEqualTo(all.subList(i + 1, all.size()));
        }
    }

    @Test
    void theChronicleIsReadInStretchesOfAnySize() {
        for (int i = 0; i < 20; i++) {
            store.accept(patch("p" + i));
            store.runnerEvents().apply(List.of(event(i + 1, patch("p" + i), PatchStatus.QUEUED, Optional.empty())));
        }
        List<ActivityLog.PositionedEvent> all =
                store.activityLog().after(FeedCursor.START, 100).events();

        for (int most : new int[] {1, 2, 7}) {
            List<ActivityLog.PositionedEvent> read = new ArrayList<>();
            ActivityLog.Stretch stretch = store.activityLog().after(FeedCursor.START, most);
            while (!stretch.events().isEmpty()) {
                read.addAll(stretch.events());
                stretch = store.activityLog().after(read.getLast().after(), most);
            }
            assertThat(read)
                    .as("in stretches of " + most)
                    .hasSameElementsAs(all)
                    .hasSize(40);
        }
    }

    @Test
    void theChronicleTellsWhereAPatchWasSentFromAlsoAfterARestart() {
        RequestOrigin tunnel = new RequestOrigin(Optional.of("127.0.0.1"), Optional.of("203.0.113.9"));
        store.accept(sentFrom(tunnel, "a"));
        store.runnerEvents().apply(List.of(event(1, patch("a"), PatchStatus.QUEUED, Optional.empty())));

        store.close();
        openStore();

        assertThat(store.activityLog().about(new PatchId("a")))
                .map(activityEvent -> ((ActivityEvent.Changed) activityEvent).from())
                .containsExactly(tunnel, RequestOrigin.UNKNOWN);
        assertThat(store.activityLog().after(FeedCursor.START, 1).events())
                .map(placed -> ((ActivityEvent.Changed) placed.event()).from())
                .containsExactly(tunnel);
    }

    private static NewPatch sentFrom(RequestOrigin requestOrigin, String id) {
        NewPatch patch = patch(id);
        return new NewPatch(
                patch.id(),
                patch.workspace(),
                patch.hash(),
                patch.sender(),
                patch.document(),
                patch.message(),
                requestOrigin);
    }

    @Test
    void theChronicleOfOnePatchHoldsWhatWasNotedAboutIt() {
        store.accept(patch("a"));
        store.accept(patch("b"));
        store.activityLog().note(List.of(note("a", 1), note("b", 3)));

        assertThat(store.activityLog().about(new PatchId("b")))
                .extracting(PatchStoreContract::told)
                .containsExactly("b accepted", "asked for b");
    }

    private AuditEntry note(String patch, int count) {
        return new AuditEntry(
                clock.instant(),
                AuditEntry.Kind.ACTION,
                "undo",
                Optional.of("me"),
                new RequestOrigin(Optional.of("127.0.0.1"), Optional.empty()),
                Optional.of(patch),
                Optional.empty(),
                "done",
                count);
    }

    private static String told(ActivityEvent activityEvent) {
        return switch (activityEvent) {
            case ActivityEvent.Changed changed ->
                changed.id() + " " + changed.change().status();
            case ActivityEvent.Noted noted ->
                "asked for " + noted.note().patchId().orElse("");
        };
    }
}
