package io.syslet.kernel.sim.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.kernel.sim.Plant;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Random programs under random faults do what was promised, and known bugs are found. */
class SoakTest {
  private static final int SEEDS = 200;
  private static final int MANY = 10_000;

  @TempDir private Path directory;

  private static void clean(int seeds) {
    long pending = 0;
    for (long seed = 0; seed < seeds; seed++) {
      SoakResult result = Soak.run(SoakOptions.of(seed));
      assertThat(result.problem()).as("seed %d", seed).isNull();
      pending += result.pending();
    }
    assertThat(pending).as("calls that were handed over").isGreaterThan(10L * seeds);
  }

  @Test
  void twoHundredSeedsAreClean() {
    clean(SEEDS);
  }

  @Test
  @EnabledIfSystemProperty(named = "syslet.long", matches = "true")
  void tenThousandSeedsAreClean() {
    clean(MANY);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void aPlantedBugIsFoundWithinTwoHundredSeeds(Plant bug) {
    boolean found =
        LongStream.range(0, SEEDS)
            .anyMatch(seed -> !Soak.run(SoakOptions.of(seed).plant(bug)).isClean());
    assertThat(found).isTrue();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 2, 3, 4, 5, 6, 7, -1, Long.MIN_VALUE})
  void theSameSeedIsTheSameRun(long seed) {
    SoakResult first = Soak.run(SoakOptions.of(seed));
    assertThat(Soak.run(SoakOptions.of(seed))).isEqualTo(first);
  }

  @Test
  void aFailingSeedFailsAgainWithATrace() throws Exception {
    SoakOptions options = SoakOptions.of(1).plant(Plant.LEAKED_RESERVATION);
    SoakResult first = Soak.run(options);
    assertThat(first.problem()).isNotNull();
    Path trace = directory.resolve("trace");
    assertThat(Soak.run(options.trace(trace))).isEqualTo(first);
    assertThat(Files.readString(trace)).contains(" pend ", " done ");
  }
}
