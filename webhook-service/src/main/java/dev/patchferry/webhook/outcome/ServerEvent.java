package dev.patchferry.webhook.outcome;

/**
 * One server-sent event.
 *
 * @param name its type; {@code message} unless it says otherwise
 * @param data its data lines, joined; empty for a heartbeat
 */
record ServerEvent(String name, String data) {}
