package dev.patchferry.system.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator.SplittableGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Kills under load. The property {@code ferry.crash.seed} makes the choices of an earlier run again. */
@Tag("crash")
@Execution(ExecutionMode.CONCURRENT)
class RandomKillsTest {
    private static final int FEW = 15;
    private static final int MANY = 300;

    @Test
    @Timeout(value = 2, unit = TimeUnit.HOURS)
    void S3_nothingIsLostAndNothingHappensTwiceWhateverIsKilledWhen() throws Exception {
        assertThat(run(Integer.getInteger("ferry.crash.kills", FEW))).matches(Report::isClean, "nothing is found");
    }

    @Tag("long")
    @Test
    @Timeout(value = 2, unit = TimeUnit.HOURS)
    void S3_norAfterHundredsOfKills() throws Exception {
        assertThat(run(MANY)).matches(Report::isClean, "nothing is found");
    }

    private static Report run(int kills) throws Exception {
        long seed = Long.getLong("ferry.crash.seed", System.nanoTime() % 1_000_000);
        System.out.println("crash: " + kills + " kills, seed " + seed);
        SplittableGenerator random = RandomGeneratorFactory.<SplittableGenerator>of("L64X128MixRandom")
                .create(seed);
        long began = System.nanoTime();
        try (Pair pair = Pair.create()) {
            pair.startBoth();
            try (Load load = new Load(pair, random.split());
                    Kills killer = new Kills(pair, random.split())) {
                killer.make(kills);
                List<Client.Log> logs = load.end();
                Accounts accounts = new Accounts(pair);
                accounts.settle(logs, killer.ofRunner());
                Report report = new Report(
                        seed,
                        killer.byVictim(),
                        logs.stream().mapToInt(log -> log.accepted().size()).sum(),
                        logs.stream().mapToInt(Client.Log::sentAgain).sum(),
                        accounts.ends(),
                        accounts.lost(),
                        accounts.twice(),
                        accounts.disagreeing(),
                        TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began));
                System.out.print(report);
                return report;
            }
        }
    }
}
