package dev.patchferry.webhook.intake;

import dev.patchferry.webhook.application.Caller;
import dev.patchferry.webhook.application.SubmitPatch;

/** What came from somebody who proved who they are. */
sealed interface Submission {
    /** A valid document. */
    record Patch(Caller caller, SubmitPatch.Request request) implements Submission {}

    /** GitHub asks whether anybody is here. */
    record Ping() implements Submission {}
}
