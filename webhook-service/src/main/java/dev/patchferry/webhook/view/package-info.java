/**
 * How the REST interface words what it answers about patches: refusals as problems, links, advice on what to call next,
 * and bounds. Used by every feature that answers about patches over REST; reads records of the store and stores nothing.
 */
@NullMarked
package dev.patchferry.webhook.view;

import org.jspecify.annotations.NullMarked;
