package dev.patchferry.webhook.mcp;

import dev.patchferry.webhook.application.Caller;
import dev.patchferry.webhook.store.RequestOrigin;

/**
 * A call of a tool.
 *
 * @param from where it was sent from
 */
record McpCall(Caller caller, RequestOrigin from, Arguments arguments) {}
