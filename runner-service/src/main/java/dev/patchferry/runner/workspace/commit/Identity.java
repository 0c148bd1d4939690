package dev.patchferry.runner.workspace.commit;

import dev.patchferry.runner.workspace.fs.FileStat;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Optional;

/**
 * By what a file or folder is told from another one that stands at its path later, whatever is in it: a rename changes
 * none of this. The inode's number alone is given again at once on some file systems; its time of birth is not. Without
 * one, the file system's own number has to do, which a restart of the machine may change.
 *
 * @param device where it was when this was written down
 */
public record Identity(long inode, Optional<Instant> born, long device) {
    public static Identity of(FileStat kind) {
        return new Identity(kind.inode(), kind.born().map(FileTime::toInstant), kind.device());
    }

    boolean isOf(FileStat kind) {
        Identity other = of(kind);
        if (kind.isAbsent() || inode != other.inode) {
            return false;
        }
        boolean births = born.isPresent() && other.born.isPresent();
        return births ? born.equals(other.born) : device == other.device;
    }
}
