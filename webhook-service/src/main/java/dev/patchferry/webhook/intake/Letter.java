package dev.patchferry.webhook.intake;

import dev.patchferry.webhook.store.NewPatch;
import dev.patchferry.webhook.view.Caller;

/** What came from somebody who proved who they are. */
sealed interface Letter {
    /** A valid document. */
    record Patch(Caller caller, NewPatch patch) implements Letter {}

    /** GitHub asks whether anybody is here. */
    record Ping() implements Letter {}
}
