/**
 * What the owner of a workspace says about who may do what in it: ordered rules, of which the first that matches decides.
 * Pure: a policy is read from text once, at the start, and refuses text that means nothing; after that it only answers
 * questions, before a patch runs about who sent it and what it asks for, before its commit about what it did. Imports no
 * other feature; the intake and the executor ask.
 */
@NullMarked
package dev.patchferry.engine.policy;

import org.jspecify.annotations.NullMarked;
