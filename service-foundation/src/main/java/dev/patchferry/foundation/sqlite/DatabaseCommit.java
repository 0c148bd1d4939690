package dev.patchferry.foundation.sqlite;

import jdk.jfr.Category;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** For the JDK's flight recorder: a transaction on its way to the disk, from its beginning until it is there. */
@Name("dev.patchferry.DatabaseCommit")
@Label("Database Commit")
@Category("Patch Ferry")
@StackTrace(false)
final class DatabaseCommit extends Event {
    @Label("Works")
    int works;
}
