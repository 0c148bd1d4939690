package dev.patchferry.webhook.delivery;

import io.smallrye.faulttolerance.core.timer.Timer;
import io.smallrye.faulttolerance.core.timer.TimerTask;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/** A timer whose time a test moves on by hand; what comes due runs on the thread that does. */
final class HandTimer implements Timer {
    private final List<Task> tasks = new ArrayList<>();
    private long now;

    void advance(Duration time) {
        List<Task> due;
        synchronized (this) {
            now += time.toMillis();
            due = tasks.stream().filter(task -> task.at <= now).toList();
            tasks.removeAll(due);
        }
        due.forEach(task -> task.action.run());
    }

    @Override
    public int getId() {
        return 1;
    }

    @Override
    public synchronized TimerTask schedule(long delayInMillis, Runnable action) {
        Task task = new Task(now + delayInMillis, action);
        tasks.add(task);
        return task;
    }

    @Override
    public TimerTask schedule(long delayInMillis, Runnable action, Executor executor) {
        return schedule(delayInMillis, () -> executor.execute(action));
    }

    @Override
    public synchronized int countScheduledTasks() {
        return tasks.size();
    }

    @Override
    public void shutdown() {
        // nothing runs by itself
    }

    private final class Task implements TimerTask {
        private final long at;
        private final Runnable action;

        Task(long at, Runnable action) {
            this.at = at;
            this.action = action;
        }

        @Override
        public boolean isDone() {
            synchronized (HandTimer.this) {
                return !tasks.contains(this);
            }
        }

        @Override
        public boolean cancel() {
            synchronized (HandTimer.this) {
                return tasks.remove(this);
            }
        }
    }
}
