/**
 * What git makes of the files of a repository, read without running git: which of them decide what program or which other
 * repository the owner's next git command uses, which paths of a workspace the owner's configuration names, and what a
 * change to refs and index means. Parsers are bounded and expect hostile bytes. The workspace's guard and the policy's gate
 * ask; nothing here changes a file.
 */
@NullMarked
package dev.patchferry.runner.git;

import org.jspecify.annotations.NullMarked;
