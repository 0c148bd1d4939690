package dev.patchferry.webhook.intake;

import dev.patchferry.webhook.store.NewPatch;
import dev.patchferry.webhook.view.Caller;

/** What came from somebody who proved who they are. */
sealed interface Submission {
    /** A valid document. */
    record Patch(Caller caller, NewPatch patch) implements Submission {}

    /** GitHub asks whether anybody is here. */
    record Ping() implements Submission {}
}
