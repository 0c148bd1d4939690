package dev.patchferry.webhook.status;

import dev.patchferry.webhook.application.PatchActions;
import dev.patchferry.webhook.application.Result;
import dev.patchferry.webhook.view.RefusalProblems;
import jakarta.ws.rs.core.Response;

/** What an action is answered with: the patch as it then is, 200 if what was asked for is done, else 202. */
final class ActionAnswer {
    private ActionAnswer() {}

    static Response of(Result<PatchActions.Outcome> result) {
        PatchActions.Outcome outcome = result.orThrow(RefusalProblems::of);
        return Response.status(outcome.done() ? Response.Status.OK : Response.Status.ACCEPTED)
                .entity(PatchView.of(outcome.patch()))
                .build();
    }
}
