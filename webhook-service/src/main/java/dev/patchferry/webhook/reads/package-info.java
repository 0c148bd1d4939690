/** What can be read of a workspace over HTTP; binding of parameters only. */
@NullMarked
package dev.patchferry.webhook.reads;

import org.jspecify.annotations.NullMarked;
