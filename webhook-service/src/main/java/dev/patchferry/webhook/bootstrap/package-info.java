/** Where the webhook's process begins. Nothing of the service depends on it. */
@NullMarked
package dev.patchferry.webhook.bootstrap;

import org.jspecify.annotations.NullMarked;
