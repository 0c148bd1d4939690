package dev.patchferry.webhook.intake;

import dev.patchferry.webhook.store.NewPatch;
import dev.patchferry.webhook.view.Caller;

/** A valid document from somebody who proved who they are. */
record Letter(Caller caller, NewPatch patch) {}
